"""Python's garbage collector, told to rest while something grows that holds no garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector off: it would walk the growing tree again and again (two thirds of the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()  # else it would begin with walking all that was made
            gc.enable()
