"""Work → the same work over several processes, where that pays."""

import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def run(function: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """Yield the results in the order of the items. `function` must be importable by name."""
    if jobs <= 1 or len(items) <= 1:
        yield from map(function, items)
        return
    from concurrent.futures import ProcessPoolExecutor  # late: most runs have no use for it

    with ProcessPoolExecutor(min(jobs, len(items)), initializer=_leave_interrupts) as pool:
        try:
            yield from pool.map(function, items)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_interrupts() -> None:
    """Leave Ctrl+C to the first process: a traceback for each worker helps nobody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
