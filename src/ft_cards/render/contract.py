"""What is agreed with every learner's Anki: which note type holds which kind, and when a rendering is resent."""

from ft_cards.source.deck import Card

NOTE_TYPE_OF = {
    "recall": "recall",
    "explain": "recall",
    "story": "recall",
    "cloze": "cloze",
    "code": "cloze",
    "choice": "choice",
}

RENDERING = {"recall": 1, "explain": 1, "story": 1, "cloze": 1, "code": 1, "choice": 1}
"""The version of each kind's rendering. Raise one on purpose, when a better rendering is worth sending to
every learner: all notes of that kind are updated then, and learners' own edits to them are replaced."""

REVERSE = "~reverse"
"""What is added to a card's id to name the note that asks it the other way round."""


def keys_of(card: Card) -> tuple[str, ...]:
    """Return the keys of the notes that a card becomes."""
    return (card.id, card.id + REVERSE) if card.reverse else (card.id,)
