"""A disk that is really full: a tiny file system in memory, where the test may mount one."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "memory"))

from memory_builders import GOOD, answer, keys, later, moment, rows

from ft_cards.memory.errors import StoreError, StoreFull
from ft_cards.memory.store import Store


def until_full(store, day):
    """How many answers the disk took, and what it said then."""
    for number, key in enumerate(keys(*(f"{day}-{number}" for number in range(5000)))):
        try:
            answer(store, key, GOOD, later(days=day))
        except StoreError as error:
            return number, error
    raise AssertionError("the disk never filled")


@pytest.mark.proof
def test_a_full_disk_loses_no_answer_and_goes_on_when_there_is_room(tiny):
    path = tiny / "reviews.sqlite3"
    ballast = tiny / "ballast"
    ballast.write_bytes(bytes(300_000))
    with Store(path, moment().day) as store:
        count, error = until_full(store, 0)
        assert isinstance(error, StoreFull)
        assert str(error) == (
            f"no room left on the disk of {path}; free some and try again, what was answered before is saved"
        )
        assert len(list(store.actions())) == count > 20
        ballast.unlink()
        answer(store, keys("more")[0], GOOD, moment())
        assert len(list(store.actions())) == count + 1
        assert store.differences() == []
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.proof
def test_no_room_for_the_backup_is_said_and_leaves_no_half_of_one(tiny):
    path = tiny / "reviews.sqlite3"
    with Store(path, moment().day) as store:
        count, _ = until_full(store, 0)
    with pytest.raises(StoreFull) as error:
        Store(path, later(days=1).day)
    assert str(path) in str(error.value)
    assert list((tiny / "reviews-backups").iterdir()) == []
    assert rows(path, "SELECT count(*) FROM reviews") == [(count,)]
