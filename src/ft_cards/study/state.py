"""What a session knows at a moment: all that a screen draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ft_cards.memory.queue import Counts
from ft_cards.memory.records import ActionId, CardKey, Grade, Millis
from ft_cards.study.faces import Fill, Gap
from ft_cards.study.judge import Attempt, Verdict, current_gap, misses
from ft_cards.study.messages import CardInfo, Ended, Question

_NONE = Counts(0, 0, 0)

Stage = Literal["waiting", "front", "answering", "back", "end"]
"""`waiting` for the shell; `front`: nothing tried; `answering`: something picked or typed; `back`; `end`."""


@dataclass(frozen=True, slots=True)
class Done:
    """Something done in this session that can be undone. `grade` is None for a card that was set aside.

    `left` are the cards that a cramming session had before it; there nothing is written, so no `action`.
    """

    key: CardKey
    name: str
    kind: str
    level: str
    grade: Grade | None
    duration: Millis
    action: ActionId | None = None
    left: tuple[CardKey, ...] | None = None


@dataclass(frozen=True, slots=True)
class State:
    """All that a screen draws. `picked` are options on a choice card, ticked concepts on an explain card.

    `left` are the cards still to come when cramming, else None; `limit` is how many answers may be given.
    """

    stage: Stage = "waiting"
    question: Question | None = None
    counts: Counts = _NONE
    picked: frozenset[int] = frozenset()
    attempts: tuple[Attempt, ...] = ()
    said: str | None = None
    hinted: bool = False
    steps: int = 0
    verdict: Verdict | None = None
    notice: str = ""
    overlay: Literal["help"] | CardInfo | None = None
    done: tuple[Done, ...] = ()
    pending: Done | None = None
    resume: Stage = "front"
    limit: int | None = None
    left: tuple[CardKey, ...] | None = None
    ending: Ended | None = None

    @property
    def cramming(self) -> bool:
        """Whether the session leaves the schedule alone."""
        return self.left is not None

    @property
    def gap(self) -> int | None:
        """The blank to be typed now; None where there is nothing to type."""
        question = self.question
        if question is None or self.stage not in ("front", "answering"):
            return None
        return current_gap(task, self.attempts) if isinstance(task := question.face.task, Fill) else None

    @property
    def hint(self) -> str:
        """The hint, once it was asked for or earned by a miss; else nothing."""
        missed = self.gap is not None and misses(self.attempts, self.gap) > 0
        return self._whole_hint if self.hinted or missed else ""

    @property
    def has_hint(self) -> bool:
        """Whether there is a hint to ask for."""
        return bool(self._whole_hint)

    @property
    def options(self) -> tuple[str, ...]:
        """The options for the blank, once it was missed twice; else none."""
        gap = self._gap
        return gap.options if gap and self.gap is not None and misses(self.attempts, self.gap) >= 2 else ()

    @property
    def more_steps(self) -> bool:
        """Whether the worked solution has a step that is not shown yet."""
        return self.stage == "back" and self.question is not None and self.steps < len(self.question.face.steps)

    @property
    def answers(self) -> tuple[Done, ...]:
        """The answers given in this session, without what was set aside or undone."""
        return tuple(done for done in self.done if done.grade is not None)

    @property
    def _gap(self) -> Gap | None:
        if self.question is None or self.gap is None or not isinstance(self.question.face.task, Fill):
            return None
        return self.question.face.task.gaps[self.gap]

    @property
    def _whole_hint(self) -> str:
        own = self._gap.hint if self._gap else ""
        general = self.question.face.hint if self.question else ""
        return own or general
