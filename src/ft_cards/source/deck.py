"""What a correct project is: frozen values, free of YAML, that can be written to JSON and read again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

from ft_cards.source.location import Location

LEVELS = ("easy", "medium", "hard")
"""How hard a card may be said to be, in order."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a card that a later stage must look into, and the places (line, column) in it that may matter."""

    text: str
    places: tuple[tuple[int, int], ...]


class Card(NamedTuple):
    """One correct card.

    `content` is JSON of all that a learner sees (defaults merged in, values left at their default left out), and
    `digest` its hash; `unseen` is JSON of the rest but for the id. `asks` is what its front says, folded for
    comparing; `asked` names what each card of its note asks for (blanks of a program, numbers of a cloze; empty
    for a plain card). `pictures` are the texts that show media; `language` is where its program's is named.
    """

    id: str
    kind: str
    line: int
    column: int
    content: str
    unseen: str
    asks: str
    asked: tuple[str, ...]
    digest: str
    reverse: bool = False
    pictures: tuple[Passage, ...] = ()
    language: Passage | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The card as its kind's model takes it."""
        return {"id": self.id, **json.loads(self.content), **(json.loads(self.unseen) if self.unseen else {})}

    def at(self, path: str) -> Location:
        """Return the place of the card's id in the file `path`."""
        return Location(path, self.line, self.column, len(self.id))


@dataclass(frozen=True, slots=True)
class Deck:
    """One correct deck file. `line` and `column` are those of its id."""

    id: str
    name: str
    line: int
    column: int
    description: str = ""
    language: str = ""
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the project file says.

    `html` is "trusted" where raw HTML in decks is let through; `runners` are commands that run programs, by language.
    """

    namespace: str
    title: str = ""
    author: str = ""
    url: str = ""
    license: str = ""
    version: str = ""
    report: str = ""
    html: str = ""
    runners: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Home:
    """Where a project lies. A deck file without a project around it is a project of its own (`file` None)."""

    root: Path
    file: Path | None
    lock: Path
    decks: tuple[Path, ...] = field(default=())


def to_data(deck: Deck) -> list[Any]:
    """Return the deck as plain data for a cache."""
    cards = [
        [
            card.id,
            card.kind,
            card.line,
            card.column,
            card.content,
            card.unseen,
            card.asks,
            card.asked,
            card.digest,
            card.reverse,
            [_passage_data(each) for each in card.pictures],
            _passage_data(card.language) if card.language else None,
        ]
        for card in deck.cards
    ]
    return [deck.id, deck.name, deck.line, deck.column, deck.description, deck.language, cards]


def from_data(data: Any) -> Deck:
    """Return the deck that `to_data` wrote. Raises what wrong data raises: TypeError, ValueError, IndexError."""
    *head, rows = data
    card, deck = cast(Any, Card), cast(Any, Deck)

    def passage(row: Any) -> Passage:
        text, places = row
        return Passage(text, tuple((line, column) for line, column in places))

    cards = tuple(
        card(*row[:7], tuple(row[7]), *row[8:10], tuple(map(passage, row[10])), row[11] and passage(row[11]))
        for row in rows
    )
    made: Deck = deck(*head, cards)
    return made


def _passage_data(passage: Passage) -> list[Any]:
    return [passage.text, passage.places]
