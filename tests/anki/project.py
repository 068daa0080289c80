"""A project in a folder, whose author edits it and releases it, each time at a clock of the test's."""

import hashlib
from pathlib import Path
from zipfile import ZipFile

from ft_cards.build import Outcome, build
from ft_cards.cache import Cache
from ft_cards.compile import Project, open_projects
from ft_cards.parallel import Workers
from ft_cards.plan import next_lock, plan

DAY = 86_400
FIRST = 1_700_000_000
"""When the first release is made, in seconds since 1970."""


class Author:
    """Writes deck files below `root` and builds them."""

    def __init__(self, root: Path, **decks: str) -> None:
        self.root = root
        (root / "decks").mkdir(parents=True, exist_ok=True)
        if not (root / "ft-cards.yaml").exists():
            (root / "ft-cards.yaml").write_text("namespace: tests\n", encoding="utf-8")
        for name, text in decks.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        (self.root / "decks" / f"{name}.yaml").write_bytes(text.encode())

    def read(self, name: str) -> str:
        return (self.root / "decks" / f"{name}.yaml").read_bytes().decode()

    def change(self, name: str, *pairs: tuple[str, str]) -> None:
        """Replace texts of a deck file; each must be there once."""
        text = self.read(name)
        for old, new in pairs:
            assert text.count(old) == 1, (old, text)
            text = text.replace(old, new)
        self.write(name, text)

    def look(self, cache: Cache | None = None) -> Project:
        """Open the project, whatever is wrong in it."""
        (project,), problems = open_projects([self.root], self.root, cache or Cache(None))
        assert not problems
        return project

    def project(self, cache: Cache | None = None) -> Project:
        """Open the project; there must be no error in it."""
        project = self.look(cache)
        assert not project.errors, project.problems
        return project

    def build(self, day: int = 0, *, cache: Cache | None = None, jobs: int = 1) -> Outcome:
        """Build on a day after the first release."""
        project = self.project(cache)
        planned = plan(project)
        lock = next_lock(project, planned, FIRST + day * DAY)
        with Workers(jobs) as workers:
            return build(project, self.dist, lock, planned, cache or Cache(None), workers, lambda done, total: None)

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    @property
    def lock(self) -> str:
        return (self.root / "ft-cards.lock").read_text(encoding="utf-8")

    def package(self, name: str = "a") -> Path:
        return self.dist / f"{name}.apkg"

    def files(self) -> dict[str, str]:
        """Return the sha256 of all that a build writes, the lock included."""
        made = [*self.dist.iterdir(), self.root / "ft-cards.lock"]
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(made)}


def deck(*cards: str, id_: str = "a", name: str = "Tests", head: str = "") -> str:
    """Return the text of a deck file that holds these cards, each written without indentation."""
    blocks = ["  - " + card.strip("\n").replace("\n", "\n    ") for card in cards]
    return "\n".join([f"deck: {name}", f"id: {id_}", *([head] if head else []), "cards:", *blocks]) + "\n"


def recall(id_: str, question: str = "", answer: str = "An answer.", more: str = "") -> str:
    """Return a recall card."""
    asked = question or f"What is {id_}?"
    return f"id: {id_}\nkind: recall\nquestion: {asked}\nanswer: {answer}\n{more}"


def contents(package: Path) -> dict[str, bytes]:
    """Return what is in a package, which must be a sound zip."""
    with ZipFile(package) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
