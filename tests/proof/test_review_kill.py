"""Two hundred scripted sessions of `review --plain`, each killed at a random moment."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from ft_cards.memory.store import Store
from tests.builders import card_text, deck_text
from tests.study.desks import TODAY

KILLS = 200
SAVED = re.compile(r"^saved: (\S+) (Again|Hard|Good|Easy), back in .+$", re.MULTILINE)
SET_ASIDE = re.compile(r"^saved: \S+ is left out", re.MULTILINE)
TAKEN_BACK = re.compile(r"^taken back: ", re.MULTILINE)


def deck() -> str:
    """Sixty cards of three kinds."""
    cards = [card_text("recall", f"recall-{n}", question=f"What is {n}?") for n in range(20)]
    cards += [card_text("choice", f"choice-{n}", question=f"Which is {n}?") for n in range(20)]
    cards += [card_text("code", f"code-{n}", code=f"loss_{n}.backward()\n") for n in range(20)]
    return deck_text(*cards)


def lines(dice: random.Random) -> str:
    """A learner's lines: mostly answers, now and then something else."""
    kinds = [
        "\n{}\n",
        "\n{}\n",
        "\n{}\n",
        "\n\n",
        "b\n{}\n",
        "backward\n\n",
        "x\n",
        "u\n",
        ":s\n",
        ":b\n",
        "?\n",
        "h\n",
    ]
    return "".join(dice.choice(kinds).format(dice.choice("1234")) for _ in range(400))


def killed(folder: Path, dice: random.Random, day: int) -> str:
    """Run a session, kill it somewhere, and return what it had acknowledged."""
    environment = os.environ | {
        "FT_CARDS_STORE": str(folder / "reviews.sqlite3"),
        "FT_CARDS_CONFIG": str(folder / "none.toml"),
        "FT_CARDS_CACHE": str(folder / "cache"),
        "FT_CARDS_NOW": f"2026-{1 + day // 28:02}-{1 + day % 28:02}T12:00:00Z",
        "TZ": "UTC",
    }
    script = folder / "lines.txt"
    script.write_text(lines(dice))
    command = [sys.executable, "-m", "ft_cards", "review", "--plain", str(folder / "deck.yaml")]
    with script.open() as typed:
        session = subprocess.Popen(
            command, stdin=typed, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=folder
        )
        assert session.stdout is not None and session.stderr is not None
        first = b""
        if dice.random() < 0.9:  # else while it starts
            first = session.stdout.readline()
            time.sleep(dice.random() * 0.15)
        else:
            time.sleep(dice.random() * 0.4)
        os.kill(session.pid, signal.SIGKILL)
        said, errors = first + session.stdout.read(), session.stderr.read()
        session.stdout.close()
        session.stderr.close()
        assert session.wait() in (-signal.SIGKILL, 0)
        assert errors == b""
    return said.decode("utf-8", "ignore").rpartition("\n")[0] + "\n"


def counts(path: Path) -> tuple[int, int, int]:
    """Answers and other actions in a store, and how many of both were taken back."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        query = """SELECT (SELECT count(*) FROM reviews), (SELECT count(*) FROM events),
            (SELECT count(*) FROM reviews WHERE undone_at IS NOT NULL)
            + (SELECT count(*) FROM events WHERE undone_at IS NOT NULL)"""
        answers, events, undone = connection.execute(query).fetchone()
        return answers, events, undone


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_no_acknowledged_answer_of_a_session_is_lost_or_kept_twice() -> None:
    dice = random.Random(int(os.environ.get("FT_CARDS_SEED", "1")))
    acknowledged = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "reviews.sqlite3"
        (folder / "deck.yaml").write_text(deck())
        before = (0, 0, 0)
        for turn in range(KILLS):
            said = killed(folder, dice, turn)
            told = tuple(len(pattern.findall(said)) for pattern in (SAVED, SET_ASIDE, TAKEN_BACK))
            if not path.exists():
                assert told == (0, 0, 0)
                continue
            with Store(path, TODAY) as store:
                assert store.differences() == []
                grades = [
                    (store.names()[action.key.guid], action.grade.name.title())  # type: ignore[union-attr]
                    for action in sorted(store.actions(), key=lambda action: action.id)
                    if hasattr(action, "grade")
                ]
            after = counts(path)
            grown = tuple(now - then for now, then in zip(after, before, strict=True))
            more = [stored - said for stored, said in zip(grown, told, strict=True)]
            assert min(more) >= 0, (turn, grown, told)
            assert sum(more) <= 1, (turn, grown, told)  # what was on the disk when the power went, before it was said
            if not told[2] and not grown[2]:
                new = grades[len(grades) - grown[0] :]
                assert new[: told[0]] == [(card.partition(":")[0], grade) for card, grade in SAVED.findall(said)]
            acknowledged += sum(told)
            before = after
    assert acknowledged > KILLS
