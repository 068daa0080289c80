"""Clocks, learners and histories for the tests of the wing `memory`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from ft_cards.memory.day import Calendar, Moment
from ft_cards.memory.parameters import Parameters
from ft_cards.memory.queue import Queue, QueueSettings, order
from ft_cards.memory.records import ActionId, CardKey, EventKind, Grade, Millis, StudyDay, UtcMillis
from ft_cards.memory.statistics import due_counts
from ft_cards.memory.store import Answered, Store

BERLIN = Calendar(ZoneInfo("Europe/Berlin"))
NOON = "2026-05-01 12:00"
AGAIN, HARD, GOOD, EASY = Grade
DAY_MS = 86_400_000


def at(wall: str, zone: str = "Europe/Berlin", fold: int = 0) -> UtcMillis:
    """The instant of a wall clock reading like `2026-05-01 12:00`."""
    wall_time = datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return UtcMillis(int(wall_time.timestamp() * 1000))


def moment(wall: str = NOON) -> Moment:
    """A reading of the clock in Berlin."""
    return BERLIN.moment(at(wall))


def later(days: float = 0, minutes: float = 0, start: str = NOON) -> Moment:
    """The moment so long after a wall clock reading, by real time."""
    shift = timedelta(days=days, minutes=minutes)
    return BERLIN.moment(UtcMillis(at(start) + int(shift.total_seconds() * 1000)))


def keys(*guids: str, blanks: int = 1) -> list[CardKey]:
    """The cards of notes with so many blanks each."""
    return [CardKey(guid, number) for guid in guids for number in range(blanks)]


def answer(store: Store, key: CardKey, grade: Grade, when: Moment, parameters: Parameters | None = None) -> Answered:
    """Show a card and answer it after five seconds."""
    shown = store.show(key, parameters or Parameters(), when)
    return store.answer(shown, grade, UtcMillis(when.at + 5000), Millis(5000), "typed")


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """What another program reads in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def view(store: Store, cards: Iterable[CardKey], when: Moment) -> tuple[Any, ...]:
    """All that a learner can see of a store: statuses, actions that count, queue, counters, forecast."""
    cards = list(cards)
    queue: Queue = order(cards, store.situation(when), QueueSettings())
    waiting = store.waiting(StudyDay(when.day + 30))
    return (
        [store.status(key) for key in cards],
        list(store.actions()),
        queue,
        store.situation(when),
        due_counts(waiting, set(cards), when.day, BERLIN),
        store.last_action(),
        store.today(when.day),
    )


def random_action(store: Store, cards: list[CardKey], when: Moment, dice: Random) -> ActionId:
    """Answer a card, or now and then do something else to it."""
    key = dice.choice(cards)
    roll = dice.random()
    if roll < 0.7:
        parameters = Parameters(desired_retention=dice.choice((0.85, 0.9)))
        return answer(store, key, dice.choice(list(Grade)), when, parameters).review.id
    kind = dice.choice(list(EventKind))
    if kind == EventKind.SET_DUE:
        target = StudyDay(store.today(when.day) + dice.randint(0, 9))
        return store.mark(key, kind, when, target=target, parameters=Parameters()).id
    return store.mark(key, kind, when).id
