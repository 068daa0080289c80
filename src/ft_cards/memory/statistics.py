"""When cards come back → how many on each of the coming days."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from .day import Calendar
from .records import CardKey, StudyDay
from .situation import Waiting


def due_counts(
    waiting: Iterable[Waiting],
    cards: Collection[CardKey],
    today: StudyDay,
    calendar: Calendar,
    *,
    days: int = 30,
) -> tuple[int, ...]:
    """The number of the chosen cards that come back on each study day from `today` on.

    The first number counts the overdue ones too. A buried card counts on the day it is shown again.
    Give a set of cards: each is looked up.
    """
    counts = [0] * days
    for card in waiting:
        if card.key not in cards:
            continue
        day = card.due_day if card.due_at is None else calendar.day_of(card.due_at)
        place = max(day or today, card.buried_until or today, today) - today
        if place < days:
            counts[place] += 1
    return tuple(counts)
