"""The session's state → a scene: all that the screen shows, as values. Pure: knows no screen.

A scene is worked out once for each state; the widgets only put it on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ft_cards.memory.records import Grade, UtcMillis
from ft_cards.study.faces import Fill, Pick, Tick
from ft_cards.study.judge import TRIES, Bit, misses
from ft_cards.study.messages import CardInfo, Ended, Question
from ft_cards.study.screen.prose import Block, Run
from ft_cards.study.state import State
from ft_cards.study.words import GRADES, wait_text

LETTERS = "abcdefghijklmnopqrstuvwxyz"

Sign = Literal["letter", "open", "picked", "right", "wrong", "missed", "seen"]
"""How an option stands: to pick, to tick, picked, right, wrongly picked, right but not picked, wrong and left alone."""


@dataclass(frozen=True, slots=True)
class Title:
    """A heading above a part of the card; `strong` begins the answer."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """An option or a concept. It can be tapped where `place` is not None."""

    letter: str
    sign: Sign
    runs: tuple[Run, ...]
    place: int | None = None
    reason: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on what was typed, picked or ticked."""

    mark: Literal["right", "partly", "wrong"]
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Something typed. `bits` show it against the answer; a single bit of kind `typed` is a miss so far."""

    label: str
    bits: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """Something set off from the card: the hint, or what to do next."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Tap:
    """A line that does what a key does when it is tapped."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines drawn with signs, one style for all, and the words under them."""

    lines: tuple[str, ...]
    caption: str = ""


Part = Block | Title | Row | Judged | Typed | Aside | Tap | Chart


@dataclass(frozen=True, slots=True)
class Entry:
    """A field to type in. `id` changes when the field should start empty. `own_words` may hold several lines."""

    id: tuple[str, int, int]
    label: str
    placeholder: str
    own_words: bool = False


@dataclass(frozen=True, slots=True)
class GradeKey:
    """A grade that can be given now, and when the card would come back."""

    grade: Grade
    wait: str
    suggested: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the screen shows. `answer_at` is the place in `body` where the answer begins."""

    deck: str
    sort: str
    counts: tuple[int, int, int]
    cramming: bool
    body: tuple[Part, ...]
    answer_at: int | None = None
    entry: Entry | None = None
    grades: tuple[GradeKey, ...] = ()
    notice: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    sheet: tuple[Part, ...] = ()


def scene_of(state: State, now: UtcMillis) -> Scene:
    """The scene of a state; `now` is for what comes soon."""
    from ft_cards.study.screen.ending import ending_parts

    counts = (state.counts.new, state.counts.learning, state.counts.due)
    question = state.question
    if question is None:
        body = ending_parts(state, now)
        return Scene(
            "Session", "", counts, state.cramming, body, notice=state.notice, keys=keys_of(state), sheet=_sheet(state)
        )
    from ft_cards.study.screen.sides import back_parts, front_parts

    front, back = front_parts(state, question), back_parts(state, question) if state.stage == "back" else ()
    return Scene(
        " › ".join(question.item.deck.name.split("::")),
        _sort(question),
        counts,
        state.cramming,
        front + back,
        answer_at=len(front) if back else None,
        entry=_entry(state, question),
        grades=_grades(state, question),
        notice=state.notice,
        keys=keys_of(state),
        sheet=_sheet(state),
    )


def _sort(question: Question) -> str:
    kind = question.item.card.kind + (" · reversed" if question.item.reverse else "")
    return f"{kind} · {question.level}" if question.level else kind


def _sheet(state: State) -> tuple[Part, ...]:
    from ft_cards.study.screen.sheets import help_parts, info_parts

    if isinstance(state.overlay, CardInfo):
        return info_parts(state.overlay)
    return help_parts() if state.overlay else ()


def _entry(state: State, question: Question) -> Entry | None:
    if state.stage not in ("front", "answering"):
        return None
    name, task = question.item.name, question.face.task
    if isinstance(task, Fill) and state.gap is not None:
        left = TRIES - misses(state.attempts, state.gap)
        label = f"[{state.gap + 1}]" if len(task.gaps) > 1 else "[…]"
        tries = "1 try left" if left == 1 else f"{left} tries"
        what = "type it, or its letter" if state.options else "type what is missing"
        return Entry((name, question.at, len(state.attempts)), label, f"{what} · {tries}")
    if isinstance(task, Tick):
        return Entry((name, question.at, 0), "✎", "write it in your own words, or just think", own_words=True)
    return None


def _grades(state: State, question: Question) -> tuple[GradeKey, ...]:
    if state.stage != "back" or state.verdict is None:
        return ()
    suggested = state.verdict.grade
    return tuple(
        GradeKey(each.grade, "" if state.cramming else wait_text(each.wait), each.grade == suggested)
        for each in question.shown.outcomes
    )


def still_there(ending: Ended) -> tuple[int, int, int]:
    """How many new, learning and due cards could be studied now."""
    return ending.counts.new, ending.counts.learning, ending.counts.due


def keys_of(state: State) -> tuple[tuple[str, str], ...]:
    """The keys that do something now, the most wanted ones first, each with a word for it."""
    end = (("?", "help"), ("q", "leave"))
    undo = (("u", "undo"),) if state.done else ()
    if state.question is None:
        ending = state.ending
        more = ending is not None and (ending.next_step_at is not None or any(still_there(ending)))
        return (*((("Enter", "go on"),) if more else ()), *undo, *end)
    task = state.question.face.task
    letter = "^b" if state.stage != "back" and isinstance(task, Pick) else "b"
    cards = (("e", "edit"), ("i", "memory"), *(() if state.cramming else ((letter, "bury"), ("s", "suspend"))))
    if state.stage == "back":
        tick = (("a…", "tick"),) if isinstance(task, Tick) else ()
        step = (("n", "next step"),) if state.more_steps else ()
        suggested = GRADES[state.verdict.grade] if state.verdict else "take ▸"
        return (("Enter", suggested), *tick, *step, *undo, *cards, *end)
    hint = (("h", "hint"),) if state.has_hint and not state.hint else ()
    return (*_answer_keys(state), *hint, *undo, *cards, *end)


def _answer_keys(state: State) -> tuple[tuple[str, str], ...]:
    assert state.question is not None
    task = state.question.face.task
    if isinstance(task, Pick):
        last = LETTERS[len(task.options) - 1]
        done = "check" if state.picked else "answer"
        return ((f"a–{last}", "pick"), ("Enter", done))
    if isinstance(task, Fill):
        return (("Enter", "check"), ("Esc", "then:"))
    if isinstance(task, Tick):
        return (("Enter", "answer"), ("w", "write"))
    return (("Enter", "answer"),)
