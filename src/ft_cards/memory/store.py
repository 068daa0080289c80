"""Answers and what is done by hand → SQLite; one action is one transaction.

`reviews` and `events` only grow and are the truth; `memories` is what `replay` makes of them. Both share one
sequence of ids, so their order does not hang on the clock. docs/review-database.md explains every column.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from types import TracebackType

from . import rows
from .backup import back_up_to
from .database import BUSY_SECONDS, connect, transaction
from .day import Moment
from .errors import AnsweredElsewhere, clear_errors
from .fuzz import luck_of
from .parameters import Parameters
from .records import (
    Action,
    ActionId,
    Answered,
    CardKey,
    CardStatus,
    Event,
    EventKind,
    Grade,
    Interval,
    Millis,
    Review,
    Shown,
    StudyDay,
    UtcMillis,
)
from .replay import advance, replay, weighed
from .scheduler import scheduler_for
from .situation import Situation, Studied, Waiting, read_situation, read_waiting


class Store:
    """An open review database. Every method raises a child of `StoreError` when the world fails."""

    def __init__(self, path: Path, today: StudyDay, *, busy: float = BUSY_SECONDS) -> None:
        """Open or make the file; `today` dates the backups, `busy` is how many seconds to wait for others."""
        self.path = path
        self._connection = connect(path, today, busy=busy)
        self._interned = rows.Interned(self._connection)
        self._studied = Studied()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; every answer is already in it."""
        with clear_errors(self.path):
            self._connection.close()

    def today(self, day: StudyDay) -> StudyDay:
        """The study day that counts: the clock's `day`, or that of the last action if the clock went back."""
        with clear_errors(self.path):
            return StudyDay(self._one(rows.LAST_DAY, {"day": day}))

    def status(self, key: CardKey) -> CardStatus:
        """What is known of a card."""
        with clear_errors(self.path):
            return rows.read_status(self._connection, self._interned, key)

    def show(self, key: CardKey, parameters: Parameters, moment: Moment) -> Shown:
        """The card with what each grade would give. Writes nothing."""
        with clear_errors(self.path):
            stored = rows.read_status(self._connection, self._interned, key)
            status = weighed(stored, parameters, lambda: self._past(key))
            day = self.today(moment.day)
        luck = luck_of(key, status.reviews)
        return Shown(status, day, parameters, scheduler_for(parameters).preview(status.memory, day, luck))

    def answer(
        self,
        shown: Shown,
        grade: Grade,
        at: UtcMillis,
        duration: Millis,
        response: str | None = None,
        name: str | None = None,
    ) -> Answered:
        """Keep an answer: when this returns, it is on the disk, with the interval that was shown.

        `duration` is how long the learner took, `response` what was typed or picked, `name` what the note is called.
        Raises `AnsweredElsewhere` if the card is not as it was shown.
        """
        key, wait = shown.status.key, shown.outcomes[grade - 1].wait
        if response is not None:  # a terminal can hand over half a surrogate pair
            response = response.encode("utf-8", "replace").decode("utf-8")
        with self._transaction():
            status = rows.read_status(self._connection, self._interned, key)
            if status.version != shown.status.version:
                raise AnsweredElsewhere(
                    "this card was answered or changed in another window since it was shown; "
                    "this answer was not kept, go on with the next card"
                )
            review = Review(
                self._next_id(), key, at, self.today(shown.day), grade, status.memory.state,
                wait.days if isinstance(wait, Interval) else None, duration, response, shown.parameters,
            )  # fmt: skip
            after = advance(status, review, lambda: self._past(key))
            rows.write_review(self._connection, self._interned, review)
            rows.write_name(self._connection, key, name)
            self._keep(after)
        return Answered(review, after)

    def mark(
        self,
        key: CardKey,
        kind: EventKind,
        moment: Moment,
        *,
        target: StudyDay | None = None,
        parameters: Parameters | None = None,
        name: str | None = None,
    ) -> Event:
        """Do something to a card by hand.

        `target` is the study day for SET_DUE (which needs `parameters` too) and BURY, where the default is
        tomorrow. Raises ValueError for a target that is wanting, in the past, or not wanted.
        """
        with self._transaction():
            today = self.today(moment.day)
            if kind == EventKind.BURY and target is None:
                target = StudyDay(today + 1)
            if (target is not None) != (kind in (EventKind.BURY, EventKind.SET_DUE)):
                raise ValueError(f"a target day belongs to bury and set-due, not to {kind}")
            if target is not None and target < today + (kind == EventKind.BURY):
                raise ValueError(f"{kind} needs a day that is still to come, and {target} is not")
            if (parameters is not None) != (kind == EventKind.SET_DUE):
                raise ValueError(f"parameters belong to set-due and to nothing else, not to {kind}")
            event = Event(self._next_id(), key, moment.at, today, kind, target, parameters)
            status = rows.read_status(self._connection, self._interned, key)
            after = advance(status, event, lambda: self._past(key))
            rows.write_event(self._connection, self._interned, event)
            rows.write_name(self._connection, key, name)
            self._keep(after)
        return event

    def back_up_to(self, copy: Path) -> None:
        """Copy all that is stored to a file, which is replaced if it is there."""
        back_up_to(self._connection, copy, self.path)

    def names(self) -> dict[str, str]:
        """The ids of the notes by guid, as they were when something was last done to them."""
        with clear_errors(self.path):
            return dict(self._connection.execute("SELECT guid, id FROM names"))

    def last_action(self) -> ActionId | None:
        """The newest action that counts, or None: what an undo without a session takes back."""
        with clear_errors(self.path):
            return ActionId(self._one(rows.LAST_LIVE)) or None

    def undo(self, action: ActionId, at: UtcMillis) -> CardStatus:
        """Take back an action, the newest of its card: it stays in the store, marked, and no longer counts.

        Raises `AnsweredElsewhere` if something was done to the card since, or it was taken back already.
        """
        with self._transaction():
            row = self._connection.execute(
                "SELECT guid, number FROM reviews WHERE id = :id UNION ALL "
                "SELECT guid, number FROM events WHERE id = :id",
                {"id": action},
            ).fetchone()
            key = CardKey(*row) if row else None
            if key is None or rows.read_status(self._connection, self._interned, key).version != action:
                raise AnsweredElsewhere(
                    "this can't be taken back: the card was answered or changed in another window since"
                )
            for table in ("reviews", "events"):
                self._connection.execute(f"UPDATE {table} SET undone_at = ? WHERE id = ?", (at, action))
            status = replay(key, self._past(key))
            self._keep(status)
        return status

    def actions(self, key: CardKey | None = None) -> Iterator[Action]:
        """The actions that count: of a card in order, or of all cards, card by card."""
        with clear_errors(self.path):
            yield from rows.read_actions(self._connection, self._interned, key)

    def situation(self, moment: Moment) -> Situation:
        """What the queue has to know."""
        with clear_errors(self.path):
            return read_situation(self._connection, moment, self.today(moment.day), self._studied)

    def waiting(self, until: StudyDay) -> list[Waiting]:
        """The cards that come back up to and with a study day."""
        with clear_errors(self.path):
            return read_waiting(self._connection, until)

    def differences(self) -> list[CardKey]:
        """The cards whose stored memory is not what their actions give; empty in a sound store."""
        with self._transaction():
            keys = self._connection.execute("SELECT guid, number FROM memories").fetchall()
            stored = {CardKey(*key): self.status(CardKey(*key)) for key in keys}
            replayed = {status.key: status for status in self._replayed()}
        return sorted(key for key in stored | replayed if stored.get(key) != replayed.get(key))

    def rebuild(self) -> int:
        """Make all memories anew from the actions; returns how many cards have one."""
        with self._transaction():
            statuses = list(self._replayed())
            self._studied.forget()
            self._connection.execute("DELETE FROM memories")
            for status in statuses:
                self._keep(status)
        return len(statuses)

    def _replayed(self) -> Iterator[CardStatus]:
        for key, actions in groupby(self.actions(), key=lambda action: action.key):
            yield replay(key, actions)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with transaction(self._connection, self.path):
                yield
        except BaseException:
            self._studied.forget()
            raise

    def _keep(self, status: CardStatus) -> None:
        rows.write_status(self._connection, self._interned, status)
        self._studied.note(status)

    def _past(self, key: CardKey) -> list[Action]:
        return list(rows.read_actions(self._connection, self._interned, key))

    def _next_id(self) -> ActionId:
        return ActionId(self._one(rows.LAST_ID) + 1)

    def _one(self, query: str, values: dict[str, int] | None = None) -> int:
        value: int = self._connection.execute(query, values or {}).fetchone()[0]
        return value
