"""What a learner set → checked parameters of the scheduler; written as JSON in the store.

The weights are those of FSRS-6: https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm
Kept apart from `scheduler` so that reading settings does not import fsrs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from .records import Days, Seconds

DEFAULT_WEIGHTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
WEIGHT_BOUNDS = (
    (0.001, 100.0), (0.001, 100.0), (0.001, 100.0), (0.001, 100.0), (1.0, 10.0), (0.001, 4.0), (0.001, 4.0),
    (0.001, 0.75), (0.0, 4.5), (0.0, 0.8), (0.001, 3.5), (0.001, 5.0), (0.001, 0.25), (0.001, 0.9),
    (0.0, 4.0), (0.0, 1.0), (1.0, 6.0), (0.0, 2.0), (0.0, 2.0), (0.0, 0.8), (0.1, 0.8),
)  # fmt: skip
LONGEST = Days(36500)


class ParametersError(ValueError):
    """A setting of the scheduler is out of its range; the message says which and what is allowed."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """How to schedule. Raises `ParametersError`.

    `desired_retention` is the wanted share of right answers, 0.70 to 0.99. The steps are real time, each up
    to 30 days; without steps a card goes to days at once. Turned off, `fuzz` gives each interval to the day.
    """

    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    desired_retention: float = 0.9
    learning_steps: tuple[Seconds, ...] = (Seconds(60), Seconds(600))
    relearning_steps: tuple[Seconds, ...] = (Seconds(600),)
    maximum_interval: Days = LONGEST
    fuzz: bool = True

    def __post_init__(self) -> None:
        _check_weights(self.weights)
        if not 0.7 <= self.desired_retention <= 0.99:
            raise ParametersError(f"the desired retention is from 0.70 to 0.99, not {self.desired_retention}")
        if not 1 <= self.maximum_interval <= LONGEST:
            raise ParametersError(f"the maximum interval is from 1 to {LONGEST} days, not {self.maximum_interval}")
        for step in (*self.learning_steps, *self.relearning_steps):
            if not 1 <= step <= 30 * 86400:
                raise ParametersError(f"a learning step lasts from 1 second to 30 days, not {step} seconds")

    def to_json(self) -> str:
        """The same text for equal parameters; floats keep every digit."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Parameters:
        """The inverse of `to_json`. Raises `ParametersError`."""
        values = json.loads(text)
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return cls(**{**values, **lists})


def _check_weights(weights: tuple[float, ...]) -> None:
    if len(weights) != len(WEIGHT_BOUNDS):
        raise ParametersError(f"FSRS-6 has {len(WEIGHT_BOUNDS)} weights, not {len(weights)}")
    for number, (weight, (low, high)) in enumerate(zip(weights, WEIGHT_BOUNDS, strict=True)):
        if not low <= weight <= high:
            raise ParametersError(f"weight {number} is from {low} to {high}, not {weight}")


def upgrade_weights(weights: Sequence[float]) -> tuple[float, ...]:
    """The weights of FSRS 4.5 (17) or FSRS 5 (19) as weights of FSRS-6 (21); 21 as they are.

    Raises `ParametersError` for another number.
    """
    old = tuple(float(weight) for weight in weights)
    match len(old):
        case 17:
            w5 = old[5]
            return (
                *old[:4],
                2 * w5 + old[4],
                math.log(3 * w5 + 1) / 3,
                old[6] + 0.5,
                *old[7:],
                0.0,
                0.0,
                0.0,
                0.5,
            )
        case 19:
            return (*old, 0.0, 0.5)
        case 21:
            return old
    raise ParametersError(f"a set of FSRS weights has 17, 19 or 21 values, not {len(old)}")
