"""The values of this wing: ids and units, a card's memory, the actions that made it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple, NewType

if TYPE_CHECKING:
    from .parameters import Parameters

UtcMillis = NewType("UtcMillis", int)
"""An instant: milliseconds since 1970-01-01 00:00 UTC."""
StudyDay = NewType("StudyDay", int)
"""A learner's day: local days since 2000-01-01, each beginning at the rollover hour. See `day`."""
Days = NewType("Days", int)
"""A number of study days."""
Seconds = NewType("Seconds", int)
"""A stretch of real time, in whole seconds."""
Millis = NewType("Millis", int)
"""A stretch of real time, in milliseconds."""
ActionId = NewType("ActionId", int)
"""The place of an action in the order of everything that was done to a store; 0 before the first."""

State = Literal["new", "learning", "relearning", "review"]


class CardKey(NamedTuple):
    """What a learner is asked: the note's guid and the number of its blank (0 where there are none).

    A tuple, so that a row of two columns is equal to it and 100,000 of them hash quickly.
    """

    guid: str
    number: int


class Grade(IntEnum):
    """How well a card was recalled, with the numbers of FSRS and of Anki."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class EventKind(StrEnum):
    """What can be done to a card by hand, beside answering it."""

    BURY = "bury"
    UNBURY = "unbury"
    SUSPEND = "suspend"
    UNSUSPEND = "unsuspend"
    RESET = "reset"
    SET_DUE = "set-due"


@dataclass(frozen=True, slots=True)
class New:
    """Never answered, or reset."""

    @property
    def state(self) -> State:
        """The word for it in the store."""
        return "new"


@dataclass(frozen=True, slots=True)
class Learning:
    """In the learning steps, or after a lapse in the relearning steps; due at an instant.

    `stability` is in days (to a recall of 90 %), `difficulty` from 1 to 10, `step` counts from 0.
    """

    stability: float
    difficulty: float
    last_day: StudyDay
    due_at: UtcMillis
    step: int
    relearning: bool

    @property
    def state(self) -> State:
        """The word for it in the store."""
        return "relearning" if self.relearning else "learning"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Past the steps; due on a study day."""

    stability: float
    difficulty: float
    last_day: StudyDay
    due_day: StudyDay

    @property
    def state(self) -> State:
        """The word for it in the store."""
        return "review"

    @property
    def interval(self) -> Days:
        """From the last answer to the day it is due."""
        return Days(self.due_day - self.last_day)


Memory = New | Learning | Reviewed


@dataclass(frozen=True, slots=True)
class Delay:
    """Comes back after some real time: a learning step."""

    seconds: Seconds


@dataclass(frozen=True, slots=True)
class Interval:
    """Comes back after some study days."""

    days: Days


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a grade would lead to; shown beside the grade, and given if it is chosen."""

    grade: Grade
    wait: Delay | Interval


@dataclass(frozen=True, slots=True)
class Review:
    """One answer, as kept for good. `interval` is what was given, None where a step was."""

    id: ActionId
    key: CardKey
    at: UtcMillis
    day: StudyDay
    grade: Grade
    state: State
    interval: Days | None
    duration: Millis
    response: str | None
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done by hand. `target` is the day of a bury or a set-due, else None."""

    id: ActionId
    key: CardKey
    at: UtcMillis
    day: StudyDay
    kind: EventKind
    target: StudyDay | None
    parameters: Parameters | None


Action = Review | Event


@dataclass(frozen=True, slots=True)
class CardStatus:
    """All that follows from a card's actions.

    `version` is the last action that counts: whoever acts on a card says which version they saw.
    A card is hidden while today is before `buried_until`. `parameters` are those of the last answer.
    """

    key: CardKey
    version: ActionId = ActionId(0)
    memory: Memory = New()
    reviews: int = 0
    lapses: int = 0
    suspended: bool = False
    buried_until: StudyDay | None = None
    parameters: Parameters | None = None


Outcomes = tuple[Outcome, Outcome, Outcome, Outcome]
"""One for each grade, from Again to Easy."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card on the screen: its status then, and the four outcomes, which hold until it is answered."""

    status: CardStatus
    day: StudyDay
    parameters: Parameters
    outcomes: Outcomes


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that is on the disk, and the card's status after it."""

    review: Review
    status: CardStatus
