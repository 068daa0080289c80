"""A build killed at any moment: every package is whole, and the next build is as if nothing had been."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.anki.collection import Health, Learner
from tests.anki.project import DAY, FIRST, Author, contents, deck, recall
from tests.package.test_failures import clean

pytestmark = pytest.mark.proof

KILLS = 30
PACKAGES = ("a.apkg", "b.apkg", "tests.apkg")


def start(author: Author, cache: Path, day: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"FT_CARDS_CACHE": str(cache), "SOURCE_DATE_EPOCH": str(FIRST + day * DAY)}
    command = [sys.executable, "-m", "ft_cards", "build", "--jobs", "2"]
    with (author.root / "complaints").open("wb") as complaints:
        return subprocess.Popen(
            command,
            cwd=author.root,
            env=environment,
            start_new_session=True,
            stdout=complaints,
            stderr=complaints,
        )


def finish(author: Author, process: subprocess.Popen[bytes]) -> None:
    assert process.wait() == 0, (author.root / "complaints").read_text()


def write(author: Author, turn: int) -> None:
    """Change most cards, so that every file of `dist` has to be written anew."""
    for name in ("a", "b"):
        cards = [recall(f"{name}-{n}", f"In turn {turn}, what is {name}-{n}?") for n in range(300)]
        picture = recall(f"{name}-picture", answer="'![Loss](media/loss.png)'")
        author.write(name, deck(*cards, picture, id_=name, name=f"Tests::{name}"))
    (author.root / "decks" / "media" / "loss.png").write_bytes(random.Random(turn).randbytes(2_000_000))


def test_a_build_that_is_killed_leaves_whole_packages(tmp_path: Path):
    author = Author(tmp_path / "author")
    (author.root / "decks" / "media").mkdir()
    cache = tmp_path / "cache"
    write(author, 0)
    began = time.monotonic()
    finish(author, start(author, cache, 0))
    lasts = time.monotonic() - began
    dice = random.Random(3)
    killed = 0
    for turn in range(1, KILLS + 1):
        write(author, turn)
        process = start(author, cache, turn)
        time.sleep(dice.uniform(0.3, 1.0) * lasts)
        killed += process.poll() is None
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for name in PACKAGES:
            assert contents(author.dist / name)["collection.anki2"][:6] == b"SQLite"
        if turn % 10 == 0:
            learner = Learner(tmp_path / f"learner-{turn}")
            for name in PACKAGES:
                learner.take(author.dist / name)
            health = learner.health()
            assert health == Health(media_unused=health.media_unused)
            learner.close()
        if turn % 3 == 0:
            finish(author, start(author, cache, turn))
            left = {path.name for path in author.dist.iterdir() if path.name.startswith(".")}
            mended = {name: sha for name, sha in author.files().items() if name not in left}
            elsewhere = tmp_path / f"turn-{turn}"
            assert mended == clean(author, elsewhere)
    assert killed > KILLS / 2
