"""What the preview's pages cost: the site of 2,000 cards against the packages of the same, cold, in one run."""

import os
import sys
import tempfile
from pathlib import Path

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

    build = run.seconds([*run.TOOL, "build", str(project)], env, before=cold)
    pages = run.seconds([*run.TOOL, "preview", str(project)], env, before=cold)
    fine = run.show("preview, 2,000 cards, cold", pages, "build", build, 2)
    again = run.seconds([*run.TOOL, "preview", str(project)], env)
    return 0 if run.show("preview, nothing changed", again, "build", build, 0.5) and fine else 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        sys.exit(main(Path(name)))
