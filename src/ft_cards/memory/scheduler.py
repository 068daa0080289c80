"""Memory, grade and day → next memory. The only importer of fsrs.

Traps of py-fsrs that this module is built around: it counts days as whole 24 hours between two instants,
so it is fed study days as midnights UTC; it accepts `timezone.utc` and no other spelling of UTC; a `Card`
without an id sleeps a millisecond; its fuzz draws from the global `random`, so it stays off and `fuzz`
takes over. fsrs-rs and Anki hold a stability at 36,500 days, py-fsrs does not.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import lru_cache

import fsrs

from .fuzz import whole_days
from .parameters import Parameters
from .records import (
    Days,
    Delay,
    Grade,
    Interval,
    Learning,
    Memory,
    New,
    Outcome,
    Outcomes,
    Reviewed,
    Seconds,
    StudyDay,
    UtcMillis,
)

_EPOCH = datetime(2000, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 (fsrs compares with this very object)
_STABILITY_MOST = 36500.0
_DAY = timedelta(days=1)
_RATINGS = {grade: fsrs.Rating(int(grade)) for grade in Grade}


class Scheduler:
    """FSRS-6 with a learner's parameters. Has no state of its own."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self._fsrs = fsrs.Scheduler(
            parameters=parameters.weights,
            desired_retention=parameters.desired_retention,
            learning_steps=[timedelta(seconds=step) for step in parameters.learning_steps],
            relearning_steps=[timedelta(seconds=step) for step in parameters.relearning_steps],
            maximum_interval=parameters.maximum_interval,
            enable_fuzzing=False,
        )
        self._decay = -parameters.weights[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        # An interval is this many times the stability, which is the interval for a retention of 90 %.
        self._stretch = (parameters.desired_retention ** (1 / self._decay) - 1) / self._factor

    def preview(self, memory: Memory, day: StudyDay, luck: float) -> Outcomes:
        """What each of the four grades would give on that day, by the card's `luck` (see `fuzz`).

        As in Anki, a better grade gives a longer interval, and one that grows, grows by a day at least.
        """
        last = memory.interval if isinstance(memory, Reviewed) else None
        shortest, outcomes = 1, []
        for grade in Grade:
            after = self._after(memory, grade, day)
            raw = after.stability * self._stretch if after.stability is not None else 0.0
            least = max(shortest, last + 1) if last is not None and round(raw) > last else shortest
            days = whole_days(raw, luck if self.parameters.fuzz else None, least, self.parameters.maximum_interval)
            graduates = after.state == fsrs.State.Review
            if grade != Grade.AGAIN and (graduates or grade == Grade.GOOD):
                shortest = days + 1
            outcomes.append(Outcome(grade, Interval(days) if graduates else Delay(_delay(after, day))))
        return outcomes[0], outcomes[1], outcomes[2], outcomes[3]

    def follow(
        self, memory: Memory, grade: Grade, at: UtcMillis, day: StudyDay, interval: Days | None
    ) -> Learning | Reviewed:
        """The memory after an answer; `interval` is what `preview` gave for the grade, None for a step."""
        after = self._after(memory, grade, day)
        stability, difficulty = after.stability, after.difficulty
        assert stability is not None and difficulty is not None
        stability = min(stability, _STABILITY_MOST)
        if after.state == fsrs.State.Review:
            days = interval if interval is not None else Days(max(1, round(stability * self._stretch)))
            return Reviewed(stability, difficulty, day, StudyDay(day + days))
        due_at = UtcMillis(at + 1000 * _delay(after, day))
        relearning = after.state == fsrs.State.Relearning
        return Learning(stability, difficulty, day, due_at, after.step or 0, relearning)

    def assume(self, day: StudyDay, due_day: StudyDay) -> Reviewed:
        """A memory for a card set due without ever being answered: as after Good, as strong as that needs."""
        first = self._after(New(), Grade.GOOD, day)
        assert first.difficulty is not None
        stability = min(max(1, due_day - day) / self._stretch, _STABILITY_MOST)
        return Reviewed(stability, first.difficulty, day, due_day)

    def recall(self, memory: Memory, day: StudyDay) -> float:
        """The chance of a right answer on that day, 0 for a new card."""
        if isinstance(memory, New):
            return 0.0
        elapsed = max(0, day - memory.last_day)
        return float((1 + self._factor * elapsed / memory.stability) ** self._decay)

    def _after(self, memory: Memory, grade: Grade, day: StudyDay) -> fsrs.Card:
        """The card of py-fsrs after an answer on that day."""
        card = fsrs.Card(card_id=0, due=_EPOCH)
        if not isinstance(memory, New):
            card.stability, card.difficulty = memory.stability, memory.difficulty
            card.last_review = _EPOCH + min(memory.last_day, day) * _DAY
            card.state, card.step = fsrs.State.Review, None
        if isinstance(memory, Learning):
            steps = self.parameters.relearning_steps if memory.relearning else self.parameters.learning_steps
            card.state = fsrs.State.Relearning if memory.relearning else fsrs.State.Learning
            card.step = min(memory.step, len(steps))
        return self._fsrs.review_card(card, _RATINGS[grade], _EPOCH + day * _DAY)[0]


def _delay(card: fsrs.Card, day: StudyDay) -> Seconds:
    """The learning step that an answer on that day gave."""
    return Seconds(round((card.due - _EPOCH - day * _DAY).total_seconds()))


@lru_cache(maxsize=32)
def scheduler_for(parameters: Parameters) -> Scheduler:
    """The scheduler with these parameters; made once."""
    return Scheduler(parameters)
