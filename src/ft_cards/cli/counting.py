"""How much there is in the decks that were asked for."""

from collections.abc import Iterable

from ft_cards.compile import Project
from ft_cards.contents import numbers


def counts(projects: Iterable[Project]) -> dict[str, int]:
    """Return how many decks, notes and cards of Anki's the correct decks hold."""
    decks = [deck for project in projects for _, deck in project.decks(picked=True)]
    notes, cards = numbers(card for deck in decks for card in deck.cards)
    return {"decks": len(decks), "notes": notes, "cards": cards}
