"""Projects → the items to study: each card of each note, with the identity under which it is remembered.

Ten thousand items are made in a moment, because a deck's cards are read only when one of them is shown.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ft_cards.memory.records import CardKey
from ft_cards.render.contract import REVERSE
from ft_cards.source.deck import Card, Deck

if TYPE_CHECKING:
    from ft_cards.compile import Project
    from ft_cards.source.kinds.common import Card as AnyCard


class StudyDeck:
    """A deck as it is studied: its id, its name, its file, and its cards, which are read when they are asked for."""

    def __init__(self, id: str, name: str, path: Path, read: Callable[[], Sequence[Card]]) -> None:
        self.id = id
        self.name = name
        self.path = path
        self._read = read

    @cached_property
    def cards(self) -> Sequence[Card]:
        """The cards in the order of the file."""
        return self._read()


class Item(NamedTuple):
    """One thing that a learner can be asked: a plain card, or one blank of a card with blanks.

    `place` is the card's in its deck; `asked` is that of the blank among the card's, None for a plain card. A tuple,
    because there are tens of thousands.
    """

    key: CardKey
    deck: StudyDeck
    place: int
    card_id: str
    reverse: bool = False
    asked: int | None = None

    @property
    def card(self) -> Card:
        """The card, as the source has it."""
        return self.deck.cards[self.place]

    @property
    def path(self) -> Path:
        """The deck file."""
        return self.deck.path

    @property
    def id(self) -> str:
        """The card's id as learners see it: with `~reverse` where it is asked the other way round."""
        return self.card_id + REVERSE if self.reverse else self.card_id

    @property
    def blank(self) -> int | None:
        """The number of the blank that is asked; None for a plain card."""
        return self.key.number or None

    @property
    def name(self) -> str:
        """The id, with the blank's number after a colon where there is one: `training-step:2`."""
        return f"{self.id}:{self.key.number}" if self.key.number else self.id

    @property
    def level(self) -> str:
        """How hard the author says it is: `easy`, `medium`, `hard` or nothing."""
        level: str | None = json.loads(self.card.content).get("level")
        return level or ""

    @property
    def tags(self) -> tuple[str, ...]:
        """The author's tags."""
        return tuple(json.loads(self.card.content).get("tags", ()))

    def model(self) -> AnyCard:
        """The card as its kind's model."""
        from ft_cards.source.kinds import KINDS

        return KINDS[self.card.kind].model_validate(self.card.fields)


@dataclass(frozen=True, slots=True)
class Library:
    """The items of one or more projects in the order of the source, and what errors kept out."""

    items: tuple[Item, ...]
    decks: tuple[StudyDeck, ...]
    broken: tuple[str, ...] = ()
    by_key: dict[CardKey, Item] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.by_key.update((item.key, item) for item in self.items)


def library(projects: Sequence[Project]) -> Library:
    """The items of the decks that were asked for. Decks with errors are left out and named in `broken`.

    A project whose lock can't be used has no identities, so its decks count as broken.
    """
    items: dict[CardKey, Item] = {}
    decks: list[StudyDeck] = []
    broken: list[str] = []
    for project in projects:
        broken += [source.shown_as for source in project.picked if source.deck is None or project.lock is None]
        if project.lock is None:
            continue
        for source, deck in project.decks(picked=True):
            decks.append(StudyDeck(deck.id, deck.name, source.path, lambda cards=deck.cards: cards))  # type: ignore[misc]
            for item in _items(project, deck, decks[-1]):
                items.setdefault(item.key, item)
    return Library(tuple(items.values()), tuple(decks), tuple(broken))


def _items(project: Project, deck: Deck, studied: StudyDeck) -> Iterator[Item]:
    for place, card in enumerate(deck.cards):
        for reverse in (False, True) if card.reverse else (False,):
            guid, numbers = project.identity(card, deck, card.id + REVERSE if reverse else card.id)
            if not numbers:
                yield Item(CardKey(guid, 0), studied, place, card.id, reverse)
            for asked, number in enumerate(numbers):
                yield Item(CardKey(guid, number), studied, place, card.id, reverse, asked)


def keys_of(items: Iterable[Item]) -> list[CardKey]:
    """The keys of items, in their order."""
    return [item.key for item in items]
