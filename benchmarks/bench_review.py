"""What a session costs: the first card against the start of Textual, and an answer, both sides in one run.

python benchmarks/bench_review.py                    # 10,000 cards; the store holds 100,000
python benchmarks/bench_review.py --store-cards 1000
"""

from __future__ import annotations

import argparse
import os
import select
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from statistics import median
from time import perf_counter

import bench_memory
import sample
from ft_cards.memory.records import StudyDay, UtcMillis
from ft_cards.memory.store import Store

TOOL = [sys.executable, "-m", "ft_cards", "review"]
FIRST_BUDGET, ROUNDS = 2.5, 7
NOW = "2026-05-01T12:00:00Z"


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """How long a whole process takes."""
    start = perf_counter()
    subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def to_first_line(command: list[str], environment: dict[str, str]) -> float:
    """How long until line mode has written the first card."""
    start = perf_counter()
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as session:
        assert session.stdout is not None
        while b"Enter" not in session.stdout.readline():
            pass
        took = perf_counter() - start
        session.kill()
    return took


def to_first_screen(command: list[str], environment: dict[str, str], sign: bytes) -> float:
    """How long until the full screen, in a terminal of 100 by 30, shows `sign`: a word of the first card."""
    import fcntl
    import pty
    import struct
    import termios

    start = perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    seen = b""
    while sign not in seen:
        if not select.select([terminal], [], [], 20)[0]:
            raise SystemExit(f"no card in 20 seconds; the screen says {seen[-2000:]!r}")
        seen += os.read(terminal, 65536)
    took = perf_counter() - start
    with suppress(OSError):
        os.kill(process, 9)
    os.waitpid(process, 0)
    os.close(terminal)
    return took


def answers(folder: Path, project: Path, cards: int) -> tuple[float, float]:
    """The time from a grade to the next card, and the bare INSERT and commit beside it; medians in ms."""
    from ft_cards.cache import Cache
    from ft_cards.compile import open_projects
    from ft_cards.study.cards import library
    from ft_cards.study.desk import Desk
    from ft_cards.study.messages import Enter
    from ft_cards.study.settings import Settings

    path = folder / "big.sqlite3"
    bench_memory.fill(path, cards, cards)
    bare = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL").close()
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE reviews (id INTEGER PRIMARY KEY, guid TEXT, at INTEGER, grade INTEGER) STRICT")
    found = library(open_projects([project], project, Cache(folder / "cache"))[0])
    ours, theirs = [], []
    with Store(path, StudyDay(bench_memory.NOW.day)) as store:
        store.rebuild()
        desk = Desk(store, lambda: found, Settings(), lambda: UtcMillis(bench_memory.NOW.at))
        for number in range(15):
            desk.press(Enter())
            start = perf_counter()
            desk.press(Enter())
            ours.append(1000 * (perf_counter() - start))
            row = (f"guid-{number}", bench_memory.NOW.at, 3)
            start = perf_counter()
            bare.execute("INSERT INTO reviews (guid, at, grade) VALUES (?, ?, ?)", row)
            theirs.append(1000 * (perf_counter() - start))
    bare.close()
    return median(ours), median(theirs)


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser(description="Measure a session.")
    parser.add_argument("--cards", type=int, default=10_000)
    parser.add_argument("--store-cards", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = folder / "project"
        sample.project(project, options.cards, 20)
        environment = os.environ | {
            "FT_CARDS_STORE": str(folder / "reviews.sqlite3"),
            "FT_CARDS_CACHE": str(folder / "cache"),
            "FT_CARDS_CONFIG": str(folder / "config.toml"),
            "FT_CARDS_NOW": NOW,
            "TERM": "xterm-256color",
        }
        subprocess.run([*TOOL[:-1], "build", str(project)], env=environment, check=True, capture_output=True)
        seconds([*TOOL, "--plain", str(project)], environment)
        textual = [sys.executable, "-c", "import textual.app"]
        rounds = [
            (
                seconds(textual, environment),
                to_first_line([*TOOL, "--plain", str(project)], environment),
                to_first_screen([*TOOL, str(project)], environment, b"new"),
            )
            for _ in range(ROUNDS)
        ]
        theirs, plain, screen = (median(each) for each in zip(*rounds, strict=True))
        print(f"import textual.app                  {1000 * theirs:8.0f} ms   median of {ROUNDS}")
        for what, ours in (("first card, line mode", plain), ("first card, full screen", screen)):
            ratio = ours / theirs
            verdict = "kept" if ratio <= FIRST_BUDGET else "BROKEN"
            print(f"{what:<35} {1000 * ours:8.0f} ms   ratio {ratio:.2f}, budget {FIRST_BUDGET}: {verdict}")
        took, bare = answers(folder, project, options.store_cards)
        print(f"an answer and the next card         {took:8.2f} ms   {options.store_cards:,} cards in the store")
        print(f"a bare INSERT and commit            {bare:8.2f} ms")


if __name__ == "__main__":
    main()
