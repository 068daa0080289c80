"""The state at the end of a session → the parts of the end page. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ft_cards.memory.records import Grade, UtcMillis
from ft_cards.study.messages import Ended
from ft_cards.study.screen.curve import bars, meter
from ft_cards.study.screen.scene import Aside, Chart, Part, Title, still_there
from ft_cards.study.screen.tables import table, words
from ft_cards.study.state import State
from ft_cards.study.summary import Share, Summary, summarize
from ft_cards.study.words import GRADES, count, duration_text, seconds_text

_DAYS = 14
"""So many days are drawn ahead."""


def ending_parts(state: State, now: UtcMillis) -> tuple[Part, ...]:
    """What was done, how well, and what comes next."""
    return tuple(_ending(state, now))


def _ending(state: State, now: UtcMillis) -> Iterator[Part]:
    if state.answers:
        yield from _done(state, summarize(state))
    elif state.cramming:
        yield Title("Nothing to cram", strong=True)
        yield words("No card fits, or all that do are buried or suspended.")
    else:
        yield Title(
            "Nothing is due" if state.ending and not any(still_there(state.ending)) else "Nothing answered", strong=True
        )
    if state.ending is not None:
        yield from _coming(state, state.ending, now)


def _done(state: State, summary: Summary) -> Iterator[Part]:
    yield Title("Done for now", strong=True)
    again = summary.total.all - summary.cards
    twice = f" ({count(summary.cards, 'card')}, {again} of them again)" if again else ""
    aside = f", {count(summary.set_aside, 'card')} set aside" if summary.set_aside else ""
    yield words(
        (count(summary.total.all, "answer"), "strong"), f"{twice} in {duration_text(summary.duration)}{aside}. ",
        ("All is saved." if not state.cramming else "The schedule was left alone.", "em"),
    )  # fmt: skip
    grades = [done.grade for done in state.answers]
    rows = [
        (GRADES[grade], str(grades.count(grade)), meter(grades.count(grade), len(grades), width=24)) for grade in Grade
    ]
    yield table((), rows, "lrl")
    shares = _shares("all", (summary.total,)) + _shares("", summary.kinds)
    if any(share.name for share in summary.levels):
        shares += _shares("no level", summary.levels)
    yield table(("recalled", "", "", ""), shares, "lrrl")


def _shares(unnamed: str, shares: Sequence[Share]) -> list[tuple[str, str, str, str]]:
    return [
        (share.name or unnamed, f"{share.percent} %", f"{share.right} of {share.all}", meter(share.right, share.all))
        for share in shares
    ]


def _coming(state: State, ending: Ended, now: UtcMillis) -> Iterator[Part]:
    left, tomorrow = sum(still_there(ending)), ending.forecast[1] if len(ending.forecast) > 1 else 0
    if left:
        yield Aside(
            "Still here", (words(f"{count(left, 'card')} can be studied now; ", ("Enter", "code"), " goes on."),)
        )
    elif ending.next_step_at is not None:
        wait = seconds_text(max(0, ending.next_step_at - now) / 1000)
        yield Aside(
            "Soon",
            (words(f"The next card comes out of its learning step in {wait}; ", ("Enter", "code"), " looks again."),),
        )
    yield Title("What comes")
    yield table(
        (),
        [
            ("tomorrow", f"{count(tomorrow, 'review')}, {count(ending.new_tomorrow, 'new card')}"),
            ("next 7 days", count(sum(ending.forecast[1:8]), "review")),
            ("next 30 days", count(sum(ending.forecast[1:]), "review")),
        ],
        "ll",
    )
    if any(ending.forecast[1 : _DAYS + 1]):
        yield Chart(
            (" ".join(bars(ending.forecast[1 : _DAYS + 1])),),
            f"the next {_DAYS} days, up to {max(ending.forecast[1 : _DAYS + 1])} a day",
        )
    if not state.answers and not state.cramming and not left:
        yield Aside(
            "What you can do",
            (
                words(
                    ("ft-cards review --cram", "code"),
                    " goes through the cards without touching the schedule",
                    tight=True,
                ),
                words(("ft-cards decks", "code"), " shows what there is to learn", tight=True),
                words(("ft-cards config", "code"), " changes how many new cards a day brings", tight=True),
            ),
        )
