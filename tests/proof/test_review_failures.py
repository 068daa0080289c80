"""Sessions in a world that fails: a disk that fills, a store that may not be written."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import card_text, deck_text

SAVED = re.compile(r"^saved: \S+ Easy, back in", re.MULTILINE)


def review(store: Path, folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Hold a session over lines, in a process of its own."""
    environment = os.environ | {
        "FT_CARDS_STORE": str(store),
        "FT_CARDS_CONFIG": str(folder / "config.toml"),
        "FT_CARDS_CACHE": "",
    }
    command = [sys.executable, "-m", "ft_cards", "review", "--plain", str(folder / "deck.yaml")]
    return subprocess.run(command, input=text, capture_output=True, text=True, env=environment, cwd=folder, check=False)


def deck(folder: Path, number: int) -> None:
    cards = [card_text("recall", f"card-{n}", question=f"What is {n}?") for n in range(number)]
    (folder / "deck.yaml").write_text(deck_text(*cards))
    (folder / "config.toml").write_text(f"[review]\nnew-per-day = {min(number, 9999)}\n")


def stored(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        number: int = connection.execute("SELECT count(*) FROM reviews WHERE undone_at IS NULL").fetchone()[0]
        return number


@pytest.mark.proof
def test_a_disk_that_fills_ends_the_session_with_all_that_was_said_to_be_saved(tiny: Path, tmp_path: Path) -> None:
    deck(tmp_path, 3000)
    store = tiny / "reviews.sqlite3"
    ended = review(store, tmp_path, "\n4\n" * 3000)
    assert ended.returncode == 1
    assert ended.stderr == (
        f"Error: no room left on the disk of {store}; free some and try again, what was answered before is saved\n"
    )
    assert 10 < len(SAVED.findall(ended.stdout)) == stored(store)


@pytest.mark.proof
def test_a_store_that_may_not_be_written_is_refused_before_the_first_card(tiny: Path, tmp_path: Path) -> None:
    deck(tmp_path, 3)
    store = tiny / "reviews.sqlite3"
    assert review(store, tmp_path, "\n4\n").returncode == 0
    subprocess.run(["mount", "-o", "remount,ro", str(tiny)], check=True)
    ended = review(store, tmp_path, "\n4\n")
    subprocess.run(["mount", "-o", "remount,rw", str(tiny)], check=True)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "can't be opened" in ended.stderr or "give yourself write permission" in ended.stderr
    assert stored(store) == 1
