"""Projects, learners and sessions for the tests of the wing `study`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from ft_cards.cache import Cache
from ft_cards.compile import Project, open_projects
from ft_cards.memory.day import Calendar
from ft_cards.memory.records import StudyDay, UtcMillis
from ft_cards.memory.store import Store
from ft_cards.study.cards import Item, Library, library
from ft_cards.study.desk import Desk
from ft_cards.study.settings import Settings
from tests.builders import card_text, deck_text

UTC = Calendar(ZoneInfo("UTC"))
NOON = UtcMillis(1_777_636_800_000)
"""2026-05-01 12:00 UTC."""
TODAY = UTC.day_of(NOON)

CARDS = (
    card_text("recall", "what", question="What?", answer="That.", level="easy", tags=["a::b"], reverse=True),
    card_text("choice", "which", question="Which?", answer="this", distractors=["that"], level="hard", shuffle=False),
    card_text("code", "step", code="loss.backward()\noptimizer.step()\n", blanks=["backward", "step"]),
    card_text("cloze", "lora", text="It {{c1::freezes}} and {{c2::factors}}."),
    card_text("explain", "say", question="Say it.", concepts=["one", "two", "three", "four"], tags=["a"]),
    card_text("story", "why", question="Why?", takeaways=["so", "thus"]),
)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: UtcMillis = NOON) -> None:
        self.at = at

    def __call__(self) -> UtcMillis:
        return self.at

    def forward(self, *, seconds: float = 0, days: float = 0) -> None:
        self.at = UtcMillis(self.at + round(1000 * seconds + 86_400_000 * days))


def write(folder: Path, *cards: str, id: str = "sample", name: str = "Sample") -> Path:
    """Write a deck file of its own into a folder."""
    path = folder / f"{id}.yaml"
    path.write_text(deck_text(*(cards or CARDS), id=id, deck=name), encoding="utf-8")
    return path


def projects(*paths: Path) -> list[Project]:
    """Read what lies at the paths; it must be free of errors."""
    found, problems = open_projects(paths, paths[0].parent, Cache(None))
    assert [*problems, *(each for project in found for each in project.problems if each.level == "error")] == []
    return found


def shelf(folder: Path, *cards: str) -> Library:
    """The items of a deck with these cards."""
    return library(projects(write(folder, *cards)))


def item(folder: Path, *cards: str) -> Item:
    """The first item of a deck with these cards."""
    return shelf(folder, *cards).items[0]


@dataclass
class Room:
    """A store, a deck and a clock."""

    store: Store
    path: Path
    clock: Clock

    def desk(self, *, settings: Settings | None = None, limit: int | None = None, cramming: bool = False) -> Desk:
        """Begin a session."""
        return Desk(
            self.store,
            lambda: library(projects(self.path)),
            settings or Settings(),
            self.clock,
            calendar=UTC,
            seed="1",
            limit=limit,
            cramming=cramming,
        )

    def names(self, keys: Sequence[object]) -> list[str]:
        """What the keys are called."""
        by_key = library(projects(self.path)).by_key
        return [by_key[key].name for key in keys]  # type: ignore[index]


def room(folder: Path, *cards: str, today: StudyDay = TODAY) -> Room:
    """A room whose store is empty. Close the store."""
    return Room(Store(folder / "reviews.sqlite3", today), write(folder, *cards), Clock())
