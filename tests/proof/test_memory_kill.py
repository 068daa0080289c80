"""Two reviewers at once on one store, killed with SIGKILL two hundred times."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "memory"))

from memory_builders import moment, rows

from ft_cards.memory.store import Store

KILLS = 200
HERE = str(Path(__file__).parents[1] / "memory")
REVIEWER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from random import Random
from memory_builders import GOOD, keys, later
from ft_cards.memory.errors import AnsweredElsewhere
from ft_cards.memory.parameters import Parameters
from ft_cards.memory.records import Grade, Millis
from ft_cards.memory.store import Store

name, dice = sys.argv[3], Random(sys.argv[3])
cards = keys(*(f"card-{number}" for number in range(40)))
with Store(Path(sys.argv[1]), later(days=int(sys.argv[4])).day, busy=30) as store:
    for turn in range(10**6):
        when = later(days=int(sys.argv[4]), minutes=turn / 100)
        try:
            shown = store.show(dice.choice(cards), Parameters(), when)
            kept = store.answer(shown, dice.choice(list(Grade)), when.at, Millis(1), f"{name}-{turn}")
            print("kept", kept.review.id, kept.review.response, flush=True)
            if turn % 5 == 4:
                store.undo(kept.review.id, when.at)
                print("undone", kept.review.id, kept.review.response, flush=True)
        except AnsweredElsewhere:
            continue
"""


def start(path, name, day):
    command = [sys.executable, "-c", REVIEWER, str(path), HERE, name, str(day)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def kill(reviewer, dice):
    """Kill at some moment: mostly while it answers, now and then while it starts; what it acknowledged."""
    assert reviewer.stdout is not None and reviewer.stderr is not None
    first = b""
    if dice.random() < 0.85:
        first = reviewer.stdout.readline()
    else:
        time.sleep(dice.random() * 0.5)
    time.sleep(dice.random() * 0.02)
    os.kill(reviewer.pid, signal.SIGKILL)
    lines = (first + reviewer.stdout.read()).decode().split("\n")[:-1]  # the last one may be cut
    errors = reviewer.stderr.read().decode()
    reviewer.stdout.close()
    reviewer.stderr.close()
    assert (reviewer.wait(), errors) == (-signal.SIGKILL, "")
    return [tuple(line.split(" ")) for line in lines]


@pytest.mark.proof
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_no_acknowledged_answer_is_lost_or_kept_twice():
    seed = int(os.environ.get("FT_CARDS_SEED", "1"))
    dice, acknowledged = random.Random(seed), []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reviews.sqlite3"
        for turn in range(KILLS // 2):
            pair = [start(path, f"{turn}{name}", turn) for name in "ab"]
            for reviewer in pair:
                acknowledged += kill(reviewer, dice)
            with Store(path, moment().day) as store:
                assert store.differences() == []
            assert rows(path, "PRAGMA integrity_check") == [("ok",)]
        stored = rows(path, "SELECT id, response, undone_at IS NOT NULL FROM reviews")
    by_response = {response: (number, undone) for number, response, undone in stored}
    assert len(by_response) == len(stored)
    kept = [(int(number), response) for word, number, response in acknowledged if word == "kept"]
    undone = [response for word, _, response in acknowledged if word == "undone"]
    assert len(kept) > KILLS
    assert [(by_response[response][0], response) for _, response in kept] == kept
    assert all(by_response[response][1] for response in undone)
    assert 0 <= len(stored) - len(kept) <= KILLS
    assert 0 <= sum(was_undone for _, _, was_undone in stored) - len(undone) <= KILLS
