"""Rows of SQLite ↔ records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from .parameters import Parameters
from .records import (
    Action,
    CardKey,
    CardStatus,
    Event,
    EventKind,
    Grade,
    Learning,
    Memory,
    New,
    Review,
    Reviewed,
)

_ACTIONS = """
SELECT id, guid, number, at, study_day, parameters, grade, state, interval_days, duration_ms, response,
       NULL AS kind, NULL AS target_day
FROM reviews WHERE undone_at IS NULL {where}
UNION ALL
SELECT id, guid, number, at, study_day, parameters, NULL, NULL, NULL, NULL, NULL, kind, target_day
FROM events WHERE undone_at IS NULL {where}
ORDER BY {order}
"""
LAST_ID = "SELECT max(coalesce((SELECT max(id) FROM reviews), 0), coalesce((SELECT max(id) FROM events), 0))"
LAST_DAY = """SELECT max(:day,
    coalesce((SELECT max(study_day) FROM reviews WHERE undone_at IS NULL), :day),
    coalesce((SELECT max(study_day) FROM events WHERE undone_at IS NULL), :day))"""
LAST_LIVE = """SELECT max(
    coalesce((SELECT id FROM reviews WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1), 0),
    coalesce((SELECT id FROM events WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1), 0))"""
"""The newest action of all, the study day that counts, the newest action that was not taken back."""

_WRITE_STATUS = f"INSERT OR REPLACE INTO memories VALUES ({', '.join('?' * 15)})"


class Interned:
    """The parameters of a store, read and written once each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._by_id: dict[int, Parameters] = {}
        self._ids: dict[Parameters, int] = {}

    def get(self, number: int) -> Parameters:
        """The parameters with this id."""
        if number not in self._by_id:
            row = self._connection.execute("SELECT body FROM parameters WHERE id = ?", (number,)).fetchone()
            self._by_id[number] = Parameters.from_json(row[0])
            self._ids[self._by_id[number]] = number
        return self._by_id[number]

    def id_of(self, parameters: Parameters | None) -> int | None:
        """The id of these parameters, written now if they are new to the store."""
        if parameters is None:
            return None
        if parameters in self._ids:
            return self._ids[parameters]
        body = (parameters.to_json(),)
        self._connection.execute("INSERT INTO parameters (body) VALUES (?) ON CONFLICT DO NOTHING", body)
        found = self._connection.execute("SELECT id FROM parameters WHERE body = ?", body).fetchone()
        return int(found[0])  # not remembered: the transaction may still be rolled back


def read_actions(connection: sqlite3.Connection, interned: Interned, key: CardKey | None) -> Iterator[Action]:
    """The actions that count: of one card in order, or of all cards, card by card."""
    where = "" if key is None else "AND guid = :guid AND number = :number"
    order = "guid, number, id" if key is None else "id"
    wanted = {} if key is None else key._asdict()
    for row in connection.execute(_ACTIONS.format(where=where, order=order), wanted):
        yield _action(row, interned)


def _action(row: tuple[Any, ...], interned: Interned) -> Action:
    number, guid, blank, at, day, parameters, grade, state, interval, duration, response, kind, target = row
    key = CardKey(guid, blank)
    used = None if parameters is None else interned.get(parameters)
    if kind is not None:
        return Event(number, key, at, day, EventKind(kind), target, used)
    assert used is not None
    return Review(number, key, at, day, Grade(grade), state, interval, duration, response, used)


def read_status(connection: sqlite3.Connection, interned: Interned, key: CardKey) -> CardStatus:
    """The stored status of a card; a blank one if nothing was ever done to it."""
    row = connection.execute("SELECT * FROM memories WHERE guid = ? AND number = ?", key).fetchone()
    return CardStatus(key) if row is None else status_of(row, interned)


def status_of(row: tuple[Any, ...], interned: Interned) -> CardStatus:
    """A row of `memories` as a status."""
    version, reviews, lapses, suspended, buried, parameters = row[2], *row[10:15]
    used = None if parameters is None else interned.get(parameters)
    return CardStatus(CardKey(row[0], row[1]), version, _memory(row), reviews, lapses, bool(suspended), buried, used)


def _memory(row: tuple[Any, ...]) -> Memory:
    state, stability, difficulty, last_day, due_at, step, due_day = row[3:10]
    match state:
        case "new":
            return New()
        case "review":
            return Reviewed(stability, difficulty, last_day, due_day)
    return Learning(stability, difficulty, last_day, due_at, step, state == "relearning")


def write_status(connection: sqlite3.Connection, interned: Interned, status: CardStatus) -> None:
    """Store a status; a card to which nothing was done (any more) has no row."""
    if status.version == 0:
        connection.execute("DELETE FROM memories WHERE guid = ? AND number = ?", status.key)
        return
    memory, due_at, step, due_day = status.memory, None, None, None
    strength: tuple[float | None, float | None, int | None] = (None, None, None)
    if not isinstance(memory, New):
        strength = (memory.stability, memory.difficulty, memory.last_day)
    if isinstance(memory, Learning):
        due_at, step = memory.due_at, memory.step
    elif isinstance(memory, Reviewed):
        due_day = memory.due_day
    connection.execute(
        _WRITE_STATUS,
        (*status.key, status.version, memory.state, *strength, due_at, step, due_day, status.reviews,
         status.lapses, status.suspended, status.buried_until, interned.id_of(status.parameters)),
    )  # fmt: skip


def write_review(connection: sqlite3.Connection, interned: Interned, review: Review) -> None:
    """Store an answer, for good."""
    connection.execute(
        "INSERT INTO reviews VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (review.id, *review.key, review.at, review.day, int(review.grade), review.state, review.interval,
         review.duration, review.response, interned.id_of(review.parameters)),
    )  # fmt: skip


def write_event(connection: sqlite3.Connection, interned: Interned, event: Event) -> None:
    """Store what was done by hand, for good."""
    connection.execute(
        "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        (event.id, *event.key, event.at, event.day, event.kind.value, event.target, interned.id_of(event.parameters)),
    )


def write_name(connection: sqlite3.Connection, key: CardKey, name: str | None) -> None:
    """Store what a note is called, if it is said and not stored yet."""
    if name is not None:
        connection.execute(
            "INSERT INTO names VALUES (?, ?) ON CONFLICT DO UPDATE SET id = excluded.id WHERE id <> excluded.id",
            (key.guid, name),
        )
