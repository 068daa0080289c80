"""Checked projects → what is in their decks: how many cards of which kind and level, and the works they rest on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ft_cards.compile import Project
from ft_cards.render.contract import keys_of
from ft_cards.source.citations import Work, works
from ft_cards.source.deck import Card


@dataclass(frozen=True, slots=True)
class Entry:
    """What is in one deck. `kinds` and `levels` count notes; `proven` counts those whose program `check --run` runs."""

    id: str
    name: str
    path: Path
    description: str
    notes: int
    cards: int
    kinds: dict[str, int]
    levels: dict[str, int]
    proven: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in some decks together. `citing` counts the notes that name a source."""

    title: str
    entries: tuple[Entry, ...]
    works: tuple[Work, ...]
    citing: int


def contents(projects: Sequence[Project]) -> Contents:
    """Look through the correct decks that were asked for."""
    entries = []
    citations = []
    for project in projects:
        for source, deck in project.decks(picked=True):
            fields = [card.fields for card in deck.cards]
            citations += [each["source"] for each in fields if each.get("source")]
            notes, cards = numbers(deck.cards)
            kinds, levels = tally(deck.cards)
            proven = sum(each.get("verify") is not None for each in fields)
            description = " ".join(deck.description.split())
            entries.append(
                Entry(deck.id, deck.name, source.path, description, notes, cards, dict(kinds), dict(levels), proven)
            )
    titles = {project.settings.title for project in projects}
    title = titles.pop() if len(titles) == 1 else ""
    return Contents(title or "Decks", tuple(entries), tuple(works(citations)), len(citations))


def tally(cards: Iterable[Card]) -> tuple[Counter[str], Counter[str]]:
    """Count the notes of some cards by kind, and by level: "" is that of cards without one."""
    kinds, levels = Counter[str](), Counter[str]()
    for card in cards:
        kinds[card.kind] += len(keys_of(card))
        levels[card.fields.get("level") or ""] += len(keys_of(card))
    return kinds, levels


def numbers(cards: Iterable[Card]) -> tuple[int, int]:
    """Return how many notes and how many cards of Anki's some cards of a deck file make."""
    notes = blanks = 0
    for card in cards:
        notes += len(keys_of(card))
        blanks += max(len(card.asked) - 1, 0)
    return notes, notes + blanks
