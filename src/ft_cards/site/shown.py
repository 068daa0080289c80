"""What the pages show, as values: decks, their cards, and the packages one can take along."""

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownCard:
    """One card of Anki's, both sides as HTML, as Anki makes them.

    `anchor` names it on its page; `part` and `parts` count the cards of its note from 1; `number` is that
    of its blank, 1 where there is none; `place` is its file and
    line, or empty; `type` the key of its note type; `body` the classes of its page in Anki.
    """

    anchor: str
    id: str
    part: int
    parts: int
    number: int
    kind: str
    level: str
    tags: tuple[str, ...]
    place: str
    type: str
    body: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class Download:
    """A package that lies in the site: its file there, its size in bytes, its hash."""

    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ShownDeck:
    """A deck as the index tells of it. `page` is its file in the site; `description` is HTML."""

    name: str
    page: str
    language: str
    description: str
    notes: int
    cards: int
    kinds: Counter[str]
    levels: Counter[str]
    download: Download | None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around all pages: the facts of the project, and whether the pages are served as the decks change."""

    title: str = ""
    author: str = ""
    url: str = ""
    license: str = ""
    live: bool = False
