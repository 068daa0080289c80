"""Random histories, in many zones and across both changes of the clocks, against fsrs-rs and Anki itself."""

import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import fsrs_rs_python
import pytest

from anki.collection import Collection

sys.path.insert(0, str(Path(__file__).parents[1] / "memory"))

from memory_builders import DAY_MS

from ft_cards.memory.day import Calendar
from ft_cards.memory.parameters import DEFAULT_WEIGHTS, Parameters
from ft_cards.memory.records import CardKey, Grade, Interval, Millis, New, UtcMillis
from ft_cards.memory.store import Store

ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Sydney", "Australia/Lord_Howe",
    "Asia/Kolkata", "Pacific/Chatham", "America/St_Johns", "Africa/Casablanca",
]  # fmt: skip
CHANGES = ["2025-03-28", "2025-10-23", "2026-03-06", "2026-04-03"]
KEY = CardKey("guid", 1)
HOUR_MS = 3_600_000
COUNT = 500


def random_history(dice):
    """A calendar, and answers as (instant, grade): minutes, about a day, or weeks apart."""
    calendar = Calendar(ZoneInfo(dice.choice(ZONES)), dice.randrange(24))
    start = datetime.fromisoformat(dice.choice(CHANGES)).replace(tzinfo=UTC)
    instant = int(start.timestamp() * 1000) + dice.randrange(4 * DAY_MS)
    history = []
    for _ in range(dice.randint(1, 12)):
        history.append((UtcMillis(instant), dice.choices(list(Grade), (2, 1, 6, 1))[0]))
        instant += dice.choice((
            dice.randrange(60_000, HOUR_MS),
            dice.randrange(20 * HOUR_MS, 28 * HOUR_MS),
            dice.randrange(DAY_MS, 40 * DAY_MS),
        ))  # fmt: skip
    return calendar, history


def reviewed(path, calendar, history):
    """The status and the reviews after the answers were really given."""
    with Store(path, calendar.day_of(history[0][0])) as store:
        for instant, grade in history:
            moment = calendar.moment(instant)
            shown = store.show(KEY, Parameters(), moment)
            kept = store.answer(shown, grade, instant, Millis(4000))
            wait = shown.outcomes[grade - 1].wait
            assert kept.review.interval == (wait.days if isinstance(wait, Interval) else None)
            assert kept.review.day == moment.day
        assert store.differences() == []
        return store.status(KEY), list(store.actions())


def by_fsrs_rs(reviews):
    """Stability and difficulty from the study days."""
    days = [reviews[0].day, *(review.day for review in reviews)]
    item = fsrs_rs_python.FSRSItem(
        [
            fsrs_rs_python.FSRSReview(int(review.grade), review.day - before)
            for review, before in zip(reviews, days, strict=False)
        ]
    )
    state = fsrs_rs_python.FSRS(list(DEFAULT_WEIGHTS)).memory_state(item)
    return state.stability, state.difficulty


def by_anki(collection, calendar, reviews):
    """Stability and difficulty from Anki's backend, with each answer at its hour of the same study day.

    Anki counts days back from today in steps of 24 hours, so the days are moved to end yesterday.
    """
    note = collection.new_note(collection.models.by_name("Basic"))
    note["Front"] = "?"
    collection.add_note(note, 1)
    card = note.cards()[0]
    start = (collection.sched.day_cutoff - 86400) * 1000
    taken = set()
    for review in reviews:
        hour = min(review.at - calendar.start_of(review.day), DAY_MS - 60_000)
        instant = start - (reviews[-1].day + 1 - review.day) * DAY_MS + hour
        while instant in taken or collection.db.scalar("SELECT 1 FROM revlog WHERE id = ?", instant):
            instant += 1
        taken.add(instant)
        sort = {"new": 0, "learning": 0, "review": 1, "relearning": 2}[review.state]
        row = (instant, card.id, int(review.grade), review.interval or -600, 1, 2500, 4000, sort)
        collection.db.execute("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", *row)
    collection.db.execute("UPDATE cards SET type = 2, queue = 2, ivl = 1, reps = 1 WHERE id = ?", card.id)
    state = collection.compute_memory_state(card.id)
    return state.stability, state.difficulty


@pytest.mark.proof
def test_strengths_equal_those_of_fsrs_rs_and_of_anki(tmp_path):
    dice, crossed = Random(20260501), set()
    collection = Collection(str(tmp_path / "collection.anki2"))
    collection.set_config("fsrs", True)
    for number in range(COUNT):
        calendar, history = random_history(dice)
        status, reviews = reviewed(tmp_path / f"{number}.sqlite3", calendar, history)
        assert not isinstance(status.memory, New)
        ours = pytest.approx((status.memory.stability, status.memory.difficulty), rel=1e-3)
        assert by_fsrs_rs(reviews) == ours, (number, calendar, history)
        assert by_anki(collection, calendar, reviews) == ours, (number, calendar, history)
        offsets = [datetime.fromtimestamp(at / 1000, calendar.zone).utcoffset() for at, _ in history]
        crossed |= {(after > before) - (after < before) for before, after in pairwise(offsets)}
    collection.close()
    assert crossed == {-1, 0, 1}
