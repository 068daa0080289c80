"""An open store → what the queue has to know of it, read in one view of the file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from .day import Moment
from .records import CardKey, CardStatus, New, State, StudyDay, UtcMillis


class InSteps(NamedTuple):
    """A card in the learning steps that is due before the study day ends."""

    key: CardKey
    due_at: UtcMillis
    last_day: StudyDay


class Due(NamedTuple):
    """A card that is due on this study day or was before. `stability` is in days."""

    key: CardKey
    last_day: StudyDay
    stability: float


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand on a study day. The sets hold keys as plain tuples, equal to `CardKey`s.

    `hidden` are suspended or buried, `studied` are past being new, `answered` are today's answers in order,
    each with the state in which the card was.
    """

    at: UtcMillis
    today: StudyDay
    learning: tuple[InSteps, ...]
    due: tuple[Due, ...]
    hidden: frozenset[tuple[str, int]]
    studied: frozenset[tuple[str, int]]
    answered: tuple[tuple[CardKey, State], ...]


_SHOWN = "suspended = 0 AND (buried_until IS NULL OR buried_until <= :today)"
_LEARNING = f"""SELECT guid, number, due_at, last_day FROM memories
WHERE due_at IS NOT NULL AND due_at < :end AND {_SHOWN} ORDER BY due_at, guid, number"""
_DUE = f"""SELECT guid, number, last_day, stability FROM memories
WHERE state = 'review' AND due_day <= :today AND {_SHOWN}"""
_HIDDEN = """SELECT guid, number FROM memories
WHERE (suspended = 1 OR buried_until IS NOT NULL) AND (suspended = 1 OR buried_until > :today)"""
_STUDIED = "SELECT guid, number FROM memories WHERE state <> 'new'"
_ANSWERED = """SELECT guid, number, state FROM reviews
WHERE study_day = :today AND undone_at IS NULL ORDER BY id"""


class Studied:
    """The cards that are past being new: read once, then kept up, as they are most of a learner's cards."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, int]] | None = None
        self._writes_of_others = 0

    def note(self, status: CardStatus) -> None:
        """Take up a status that was just written."""
        if self._keys is not None:
            (self._keys.discard if isinstance(status.memory, New) else self._keys.add)(status.key)

    def forget(self) -> None:
        """What was written was rolled back: read anew next time."""
        self._keys = None

    def read(self, connection: sqlite3.Connection) -> frozenset[tuple[str, int]]:
        """The keys as they are now; call it inside a transaction."""
        others = int(connection.execute("PRAGMA data_version").fetchone()[0])
        if self._keys is None or others != self._writes_of_others:
            self._keys, self._writes_of_others = set(connection.execute(_STUDIED)), others
        return frozenset(self._keys)


def read_situation(connection: sqlite3.Connection, moment: Moment, today: StudyDay, studied: Studied) -> Situation:
    """The situation at a moment; `today` is the store's day, the later one if the clock went back."""
    values = {"today": today, "end": moment.ends_at}
    connection.execute("BEGIN")
    try:
        return Situation(
            moment.at,
            today,
            tuple(InSteps(CardKey(*row[:2]), *row[2:]) for row in connection.execute(_LEARNING, values)),
            tuple(Due(CardKey(*row[:2]), *row[2:]) for row in connection.execute(_DUE, values)),
            frozenset(connection.execute(_HIDDEN, values)),
            studied.read(connection),
            tuple((CardKey(*row[:2]), row[2]) for row in connection.execute(_ANSWERED, values)),
        )
    finally:
        connection.execute("ROLLBACK")


class Waiting(NamedTuple):
    """When a card comes back: its day, or the instant for one in the steps; not before `buried_until`."""

    key: CardKey
    due_day: StudyDay | None
    due_at: UtcMillis | None
    buried_until: StudyDay | None


def read_waiting(connection: sqlite3.Connection, until: StudyDay) -> list[Waiting]:
    """The cards in the steps and those due up to and with a study day, without the suspended ones."""
    rows = connection.execute(
        "SELECT guid, number, due_day, NULL, buried_until FROM memories "
        "WHERE state = 'review' AND suspended = 0 AND due_day <= :until UNION ALL "
        "SELECT guid, number, NULL, due_at, buried_until FROM memories "
        "WHERE due_at IS NOT NULL AND suspended = 0",
        {"until": until},
    )
    return [Waiting(CardKey(*row[:2]), *row[2:]) for row in rows]
