"""What the preview's pages cost: the site of 2,000 cards against the packages of the same, cold, and a save."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import run
import sample

NOTES, DECKS = 1_200, 4
"""A third of the notes have three cards: 2,000 cards in all."""


def main(work: Path) -> int:
    env = {**os.environ, "FT_CARDS_CACHE": str(work / "cache")}
    project = work / "project"
    sample.project(project, NOTES, DECKS)

    def cold() -> None:
        for path in (work / "cache", project / "dist"):
            run.clear(path)
        (project / "ft-cards.lock").unlink(missing_ok=True)

    build = pages = float("inf")
    for _ in range(5):  # in turns, so that a busy moment meets both
        build = min(build, run.seconds([*run.TOOL, "build", str(project)], env, rounds=1, before=cold))
        pages = min(pages, run.seconds([*run.TOOL, "preview", str(project)], env, rounds=1, before=cold))
    fine = run.show("preview, 2,000 cards, cold", pages, "build", build, 2)
    again = run.seconds([*run.TOOL, "preview", str(project)], env)
    fine &= run.show("preview, nothing changed", again, "build", build, 0.5)
    fine &= run.show("a save, until pages are told", told_after(project, env), "one second", 1.0, 1)
    return 0 if fine else 1


def told_after(project: Path, env: dict[str, str]) -> float:
    """Return the median of some times between a save and the word of it to an open page, in seconds."""
    command = [*run.TOOL, "preview", str(project), "--serve", "--port", "0"]
    deck = project / "decks" / "deck-001.yaml"
    times = []
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        port = int(server.stdout.readline().split()[0].strip("/").rpartition(":")[2])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/events")
        stream = connection.getresponse()
        next_word(stream)
        for number in range(5):
            time.sleep(1)
            text = deck.read_text(encoding="utf-8")
            start = time.perf_counter()
            deck.write_text(text.replace("to blame the", f"to blame, {number}, the", 1), encoding="utf-8")
            next_word(stream)
            times.append(time.perf_counter() - start)
        server.kill()
    return median(times)


def next_word(stream: http.client.HTTPResponse) -> None:
    """Read on until the server tells of a state."""
    while not stream.readline().startswith(b"data:"):
        pass


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        sys.exit(main(Path(name)))
