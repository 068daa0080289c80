"""The full-screen review. This wing is the only importer of textual."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ft_cards.memory.records import UtcMillis

if TYPE_CHECKING:
    from ft_cards.study.desk import Desk


def _now() -> UtcMillis:
    return UtcMillis(time.time_ns() // 1_000_000)


def run(desk: Desk, *, clock: Callable[[], float] = time.monotonic, now: Callable[[], UtcMillis] = _now) -> None:
    """Show the session until the learner leaves.

    `clock` counts seconds and tells held keys from pressed ones; `now` is the instant that the end page reckons from.
    Raises `StoreError` when the world fails, with the terminal as it was; what was answered before is kept.
    """
    from ft_cards.study.screen.app import ReviewApp

    app = ReviewApp(desk, clock, now, os.environ)
    error = app.run()
    if error is not None:
        raise error
    if app.return_code:
        raise RuntimeError("the screen ended with the error that is shown above; every answer before it is kept")
