"""Key presses and their instants → those that were meant. Pure.

A terminal tells nothing of a key being let go: a key that is held looks like one that is pressed again and again,
first after a pause of a quarter to a whole second, then every 30 to 100 ms. So a second press of the same key
soon after the first has to wait a moment: if others follow at once, the key is held and none of them counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QUIET = 0.15
"""Seconds without the key after which a press was meant. Slower than the slowest usual key repeat."""
PAUSE = 1.2
"""Seconds within which a press of the same key may be the first repeat of a held one."""

Decision = Literal["take", "wait", "drop"]


@dataclass(frozen=True, slots=True)
class Guard:
    """The key seen last: when it was `taken`, when it was `seen`, and whether a press `waits` to be decided."""

    key: str = ""
    taken: float = float("-inf")
    seen: float = float("-inf")
    waits: bool = False

    def press(self, key: str, at: float) -> tuple[Guard, Decision]:
        """Judge a press at an instant in seconds. After `wait`, ask `settle` when `QUIET` has gone by."""
        if key != self.key:
            return Guard(key, at, at), "take"
        if at - self.seen < QUIET:
            return Guard(key, self.taken, at), "drop"
        if max(at - self.taken, at - self.seen) < PAUSE:
            return Guard(key, self.taken, at, waits=True), "wait"
        return Guard(key, at, at), "take"

    def settle(self, key: str, pressed: float) -> tuple[Guard, bool]:
        """Say whether the press of that key at the instant `pressed`, which had to wait, was meant."""
        if self.waits and (key, pressed) == (self.key, self.seen):
            return Guard(key, pressed, pressed), True
        return self, False
