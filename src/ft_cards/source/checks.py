"""Rules that need the whole project: what is given twice, what is asked twice."""

from collections.abc import Iterator, Sequence

from ft_cards.source.deck import Card, Deck
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem

Placed = tuple[str, Deck]
"""A deck and the name of its file in reports."""


def check_together(decks: Sequence[Placed], namespace: str | None) -> Iterator[Problem]:
    """Yield what is wrong between cards and decks that are each right alone, in file order."""
    yield from _deck_ids(decks, namespace)
    ids: dict[str, tuple[str, Card]] = {}
    asked: dict[str, tuple[str, Card]] = {}
    for path, deck in decks:
        for card in deck.cards:
            if first := ids.get(card.id):
                message = f'the id "{card.id}" is taken: {first[0]}:{first[1].line}'
                hint = "an id names one card of the whole project"
                yield Problem(card.at(path), "duplicate-id", message, hint)
                continue
            ids[card.id] = path, card
            if before := asked.get(card.asks):
                message = f'it asks the same as "{before[1].id}" ({before[0]}:{before[1].line})'
                hint = "keep one of the two, or ask for different things"
                yield Problem(card.at(path), "same-question", message, hint)
            else:
                asked[card.asks] = path, card


def _deck_ids(decks: Sequence[Placed], namespace: str | None) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, deck in decks:
        place = Location(path, deck.line, deck.column, len(deck.id))
        if first := seen.get(deck.id):
            message = f'the deck id "{deck.id}" is taken: {first}'
            yield Problem(place, "duplicate-id", message, "give this deck an id of its own")
        elif deck.id == namespace and len(decks) > 1:
            message = f'the deck id "{deck.id}" is the project\'s namespace: their packages would have one name'
            yield Problem(place, "duplicate-id", message, f'call the deck "{deck.id}-basics", say')
        seen.setdefault(deck.id, path)
