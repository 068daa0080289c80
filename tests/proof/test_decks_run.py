"""The programs on the repository's own cards: what can be run holds, and what can't is counted and named.

What they need besides Python is installed by `make prove-decks`, which wants all of them.
"""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from ft_cards.cache import Cache
from ft_cards.compile import open_projects

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.proof


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ft_cards", "check", "--strict", "--run", *options, "decks"]
    return subprocess.run(
        command, cwd=ROOT, env=dict(os.environ), capture_output=True, encoding="utf-8", timeout=600, check=False
    )  # fmt: skip


def test_programs_hold_and_those_without_their_libraries_are_named() -> None:
    (project,), _ = open_projects([], ROOT, Cache(None))
    proven = 0
    skipped = []
    for source, deck in project.decks():
        for card in deck.cards:
            verify = card.fields.get("verify")
            needs = verify.get("needs", []) if isinstance(verify, dict) else []
            missing = [name for name in needs if find_spec(name) is None]
            proven += verify is not None and not missing
            if missing:
                skipped.append(f"{source.shown_as}:{card.line}: skipped {card.id}: it needs {' and '.join(missing)}")
    paths = {source.path.as_posix(): source.path.relative_to(ROOT).as_posix() for source, _ in project.decks()}
    expected = [re.sub(r"^[^:]+", lambda path: paths.get(path[0], path[0]), line) for line in skipped]
    said = f", {len(skipped)} skipped" if skipped else ""

    done = run()
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(rf"proof: {proven} cards proven by \d+ runs{said}\n.*: no problems\n", done.stdout), done.stdout
    assert [line for line in done.stderr.splitlines() if ": skipped " in line] == expected

    strict = run("--require-all")
    assert strict.returncode == (1 if skipped else 0)
    assert strict.stdout.count("(proof-skipped)\n") == len(skipped)
