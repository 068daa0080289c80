"""The answers in a store → rows for people and programs, each with the memory after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from ft_cards.memory.day import Calendar
from ft_cards.memory.records import Action, CardKey, CardStatus, Learning, New, Review, Reviewed, UtcMillis
from ft_cards.memory.replay import advance
from ft_cards.study.words import instant_text


@dataclass(frozen=True, slots=True)
class Row:
    """One answer that counts, and the card after it."""

    review: Review
    after: CardStatus


def rows(actions: Iterable[Action]) -> list[Row]:
    """The answers in the order in which they were given; `actions` come card by card."""
    found: list[Row] = []
    for key, of_card in groupby(actions, key=lambda action: action.key):
        found += _of_card(key, of_card)
    return sorted(found, key=lambda row: row.review.id)


def _of_card(key: CardKey, actions: Iterable[Action]) -> Iterator[Row]:
    status = CardStatus(key)
    past: list[Action] = []
    for action in actions:
        status = advance(status, action, lambda: past)
        past.append(action)
        if isinstance(action, Review):
            yield Row(action, status)


def due_of(status: CardStatus, calendar: Calendar) -> UtcMillis | None:
    """The instant from which a card is due: its step, or the beginning of its study day; None for a new card."""
    match status.memory:
        case Learning() as memory:
            return memory.due_at
        case Reviewed() as memory:
            return calendar.start_of(memory.due_day)
        case New():
            return None


def record(row: Row, names: Mapping[str, str], calendar: Calendar) -> dict[str, str | int | float | None]:
    """A row for programs. `names` gives the ids of cards by guid; one that is in no deck goes by its guid."""
    review, memory = row.review, row.after.memory
    assert not isinstance(memory, New)
    due = due_of(row.after, calendar)
    return {
        "card": names.get(review.key.guid, review.key.guid),
        "blank": review.key.number or None,
        "at": instant_text(review.at),
        "study_day": review.day,
        "grade": int(review.grade),
        "duration_ms": review.duration,
        "state": review.state,
        "stability": memory.stability,
        "difficulty": memory.difficulty,
        "due": None if due is None else instant_text(due),
    }
