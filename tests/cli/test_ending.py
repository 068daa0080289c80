"""However a command ends, it says so plainly, and its exit code tells."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders import card_text, deck_text

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full and /proc")

CHECK = [sys.executable, "-m", "ft_cards", "check", "deck.yaml"]
FULL = "Error: the output could not be written: No space left on device\n"
USAGE = [sys.executable, "-m", "ft_cards", "chekc"]


@pytest.mark.parametrize("command", [CHECK, [*CHECK[:-2], "contents", "deck.yaml"], [*CHECK[:-2], "--help"]])
@pytest.mark.parametrize("buffered", ["", "1"])
def test_an_output_that_takes_no_more(here: Path, command: list[str], buffered: str):
    (here / "deck.yaml").write_text(deck_text(), encoding="utf-8")
    env = os.environ | {"PYTHONUNBUFFERED": buffered}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, env=env, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, FULL)


@pytest.mark.parametrize(("command", "code"), [(CHECK, 0), (USAGE, 2)])
@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_streams_that_were_closed(here: Path, command: list[str], code: int, closed: tuple[int, ...]):
    (here / "deck.yaml").write_text(deck_text(), encoding="utf-8")
    shut = " ".join({0: "<&-", 1: ">&-", 2: "2>&-"}[each] for each in closed)
    done = subprocess.run(
        ["sh", "-c", f'"$@" {shut}', "sh", *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    out = "1 deck, 1 note, 1 card: no problems\n" if command == CHECK and 1 not in closed else ""
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (code, out, False)


def test_a_process_at_work_that_is_ended_from_outside(here: Path):
    for name in "abcd":
        text = deck_text(*(card_text(id=f"{name}-{number}") for number in range(4_000)), id=name)
        (here / f"{name}.yaml").write_text(text, encoding="utf-8")
    command = [*CHECK[:-2], "build", *(f"{name}.yaml" for name in "abcd"), "--jobs", "2"]
    env = os.environ | {"FT_CARDS_CACHE": ""}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as build:
        children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
        end = time.monotonic() + 30
        while not (workers := children.read_text().split()) and time.monotonic() < end:
            time.sleep(0.005)
        os.kill(int(workers[0]), signal.SIGKILL)
        out, err = build.communicate(timeout=60)
    told = "Error: one of the processes at work was ended from outside, perhaps for want of memory; try --jobs 1\n"
    assert (build.returncode, out, err) == (1, "", told)
