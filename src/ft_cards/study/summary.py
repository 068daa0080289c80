"""The answers of a session → what its end page says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ft_cards.memory.records import Grade, Millis
from ft_cards.source.deck import LEVELS
from ft_cards.study.state import Done, State


@dataclass(frozen=True, slots=True)
class Share:
    """How many answers of a sort were right: graded better than Again."""

    name: str
    right: int
    all: int

    @property
    def percent(self) -> int:
        """The share in whole percent; 0 of nothing."""
        return round(100 * self.right / self.all) if self.all else 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done. `cards` are different ones; a level without a name is that of cards that have none."""

    total: Share
    cards: int
    set_aside: int
    duration: Millis
    kinds: tuple[Share, ...]
    levels: tuple[Share, ...]


def summarize(state: State) -> Summary:
    """What was done in a session, without what was taken back."""
    answers = state.answers
    kinds = dict.fromkeys(done.kind for done in answers)
    levels = [level for level in (*LEVELS, "") if any(done.level == level for done in answers)]
    return Summary(
        _share("", answers),
        len({done.key for done in answers}),
        len(state.done) - len(answers),
        Millis(sum(done.duration for done in answers)),
        tuple(_share(kind, [done for done in answers if done.kind == kind]) for kind in kinds),
        tuple(_share(level, [done for done in answers if done.level == level]) for level in levels),
    )


def _share(name: str, answers: Sequence[Done] | Iterable[Done]) -> Share:
    grades = [done.grade for done in answers]
    return Share(name, sum(grade != Grade.AGAIN for grade in grades), len(grades))
