"""What is known of a card, and the help → the parts of the sheets that lie over the session. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ft_cards.memory.day import date_of
from ft_cards.memory.records import Action, Event, Interval, Learning, New, Review
from ft_cards.study.messages import CardInfo
from ft_cards.study.screen.curve import forgetting_curve
from ft_cards.study.screen.scene import Chart, Part, Title
from ft_cards.study.screen.tables import table, words
from ft_cards.study.words import GRADES, count, day_text, days_text, duration_text, wait_text

_LAST = 8
"""So many actions of a card's history are shown."""

_HELP = (
    ("Space, Enter", "show the answer; then take the suggested grade, marked ▸"),
    ("1 2 3 4", "grade it Again, Hard, Good or Easy"),
    ("a b c …", "pick an option, tick a point; where several are right, Enter checks"),
    ("h", "hint"),
    ("n", "next step of a worked solution"),
    ("u", "take back the last answer, and the one before it, …"),
    ("b  s", "bury until tomorrow; suspend for good"),
    ("e", "edit the card's source in your editor"),
    ("i", "the card's memory and history"),
    ("w, Tab", "write: go to the field"),
    ("↑ ↓ PgUp PgDn", "scroll"),
    ("t", "dark or light"),
    ("q, Esc, Ctrl+C", "leave; every answer is already kept"),
)


def help_parts() -> tuple[Part, ...]:
    """The keys, and what holds while typing."""
    return (
        Title("Keys", strong=True),
        table((), _HELP, "ll"),
        words(
            "Where letters name options or you are typing, a letter is no command: press ",
            ("Esc", "code"), " to leave the field, or hold ", ("Ctrl", "code"), " or ", ("Shift", "code"),
            " with the letter. ", ("F1", "code"), " is always help. Everything can be tapped with the mouse.",
        ),
        words(
            "Again", " means forgotten; ", "Hard", ", ", "Good", " and ", "Easy",
            " mean recalled. The time on each grade is when the card would come back.",
        ),
    )  # fmt: skip


def info_parts(info: CardInfo) -> tuple[Part, ...]:
    """The memory of a card, its forgetting curve and what was done to it."""
    return tuple(_info(info))


def _info(info: CardInfo) -> Iterator[Part]:
    yield Title(info.item.name, strong=True)
    yield table((), tuple(_facts(info)), "ll")
    if len(info.curve) > 1:
        yield Title("Forgetting curve")
        yield Chart(forgetting_curve(info.curve, info.today))
    yield Title("History")
    if not info.history:
        yield words("Never answered.")
        return
    rows = [_row(action, info) for action in reversed(info.history[-_LAST:])]
    yield table(("when", "what", "comes back after", "took"), rows, "lllr")
    if len(info.history) > _LAST:
        yield words(f"and {count(len(info.history) - _LAST, 'earlier action')}")


def _facts(info: CardInfo) -> Iterator[tuple[str, str]]:
    status, memory = info.status, info.status.memory
    state = {"new": "new", "learning": "in learning", "relearning": "being relearnt", "review": "learnt"}
    hidden = " · suspended" if status.suspended else ""
    if status.buried_until is not None and status.buried_until > info.today:
        hidden += " · buried"
    yield "State", state[memory.state] + hidden + (" · leech" if info.leech else "")
    if not isinstance(memory, New):
        if info.recall is not None:
            yield "Recall today", f"{info.recall:.0%} chance".replace("%", " %")
        yield "Stability", f"{days_text(memory.stability) if memory.stability >= 10 else f'{memory.stability:.1f} d'}"
        yield "Difficulty", f"{memory.difficulty:.1f} of 10"
        yield "Last answer", day_text(memory.last_day, info.today)
        if isinstance(memory, Learning):
            yield "Due", "in this session" if memory.last_day == info.today else "today"
        else:
            yield "Due", day_text(memory.due_day, info.today)
    yield "Answers", f"{status.reviews}" + (f", forgotten {count(status.lapses, 'time')}" if status.lapses else "")
    yield "Source", f"{info.item.path.name}, line {info.item.card.line}"


def _row(action: Action, info: CardInfo) -> tuple[str, str, str, str]:
    day = day_text(action.day, info.today)
    if isinstance(action, Event):
        target = date_of(action.target).isoformat() if action.target is not None else ""
        return day, action.kind.value, target, ""
    return day, GRADES[action.grade], _given(action), duration_text(action.duration)


def _given(review: Review) -> str:
    return wait_text(Interval(review.interval)) if review.interval is not None else "a learning step"
