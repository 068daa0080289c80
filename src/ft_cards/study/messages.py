"""What goes into a session and what comes out of it: keys, effects on the world, and the world's replies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ft_cards.memory.queue import Counts
from ft_cards.memory.records import (
    Action,
    ActionId,
    CardKey,
    CardStatus,
    EventKind,
    Grade,
    Millis,
    Shown,
    StudyDay,
    UtcMillis,
)
from ft_cards.study.cards import Item
from ft_cards.study.faces import Face


@dataclass(frozen=True, slots=True)
class Question:
    """A card on the screen. `shown.outcomes` are what the four grades would give; `at` is when it came up."""

    item: Item
    face: Face
    shown: Shown
    at: UtcMillis
    level: str = ""


# keys


@dataclass(frozen=True, slots=True)
class Enter:
    """Enter or Space: on the front submit what is picked, or reveal; on the back take the suggested grade."""


@dataclass(frozen=True, slots=True)
class Submit:
    """A text that was typed, whole: into the blank that is asked, or as an answer in one's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Choose:
    """An option (by its place, from 0): pick it, tick a concept, or take it as the text of the blank."""

    place: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A grade, 1 to 4. Before the answer is shown it is refused with a hint."""

    grade: Grade


class Command(StrEnum):
    """The single letters that do something else; the value is the letter."""

    UNDO = "u"
    BURY = "b"
    SUSPEND = "s"
    EDIT = "e"
    HINT = "h"
    STEP = "n"
    INFO = "i"
    HELP = "?"
    QUIT = "q"


Key = Enter | Submit | Choose | Rate | Command

# effects: what the shell around the session has to do; it answers each with one reply


@dataclass(frozen=True, slots=True)
class Deal:
    """Bring the next card of the queue, or this card. Reply: Dealt or Ended."""

    key: CardKey | None = None


@dataclass(frozen=True, slots=True)
class Keep:
    """Write an answer. Reply: Kept or Refused."""

    shown: Shown
    grade: Grade
    at: UtcMillis
    duration: Millis
    response: str | None
    name: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Bury or suspend a card. Reply: Kept."""

    key: CardKey
    kind: EventKind
    name: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Undo an action. Reply: TakenBack or Refused."""

    action: ActionId


@dataclass(frozen=True, slots=True)
class Look:
    """Fetch what is known of a card. Reply: CardInfo."""

    item: Item


@dataclass(frozen=True, slots=True)
class Edit:
    """Let the learner edit the card's source, then read it anew. Reply: Edited."""

    item: Item


@dataclass(frozen=True, slots=True)
class Finish:
    """Look at what comes next. Reply: Ended."""


Effect = Deal | Keep | SetAside | TakeBack | Look | Edit | Finish

# replies


@dataclass(frozen=True, slots=True)
class Dealt:
    """The next card, and how many of each sort are left with it."""

    question: Question
    counts: Counts


@dataclass(frozen=True, slots=True)
class Kept:
    """It is on the disk. `leech` says that the card was just forgotten once too often."""

    action: ActionId
    leech: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """It was undone."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It was not done, and the message says why."""

    message: str


@dataclass(frozen=True, slots=True)
class CardInfo:
    """All there is to know of a card.

    `recall` is the chance of a right answer today (None for a new card); `curve` is that chance on study
    days from the last answer on; `history` are the actions that count, in order.
    """

    item: Item
    status: CardStatus
    today: StudyDay
    recall: float | None
    curve: tuple[tuple[StudyDay, float], ...]
    history: tuple[Action, ...]
    leech: bool


@dataclass(frozen=True, slots=True)
class Edited:
    """The editor was closed. The question is None where the card can't be shown any more."""

    question: Question | None
    notice: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing more now. `next_step_at`: when a card comes out of its step today.

    `forecast` are the reviews that come back on each study day from today on; `new_tomorrow` how many
    unseen cards tomorrow's limit lets in.
    """

    counts: Counts
    next_step_at: UtcMillis | None
    forecast: tuple[int, ...]
    new_tomorrow: int


Reply = Dealt | Kept | TakenBack | Refused | CardInfo | Edited | Ended
