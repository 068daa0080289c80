"""Work → the same work in other processes, where that pays."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")

QUICK = sys.platform == "linux"
"""Whether a process starts within milliseconds, as a copy of this one, and not as a new interpreter."""


class Workers:
    """Up to `jobs` processes, started with the first work that pays, and kept for what follows."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind and issubclass(kind, KeyboardInterrupt):
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl+C must not leave processes behind
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    @property
    def running(self) -> bool:
        """Whether there are processes already."""
        return self._pool is not None

    def run(self, function: Callable[[Item], Result], items: Sequence[Item], size: int) -> Iterator[Result]:
        """Begin the work over `size` processes (here, and only when asked, with 0); yield the results in order.

        `function` must be importable by name.
        """
        if size < 1 or self.jobs < 2 or not items:
            return map(function, items)
        return self._started(size).map(function, items)

    def prepare(self, function: Callable[[int], None]) -> None:
        """Have idle processes do what later work needs, such as imports."""
        if self._pool:
            for number in range(self._size):
                self._pool.submit(function, number)

    def _started(self, size: int) -> "ProcessPoolExecutor":
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor  # late: most runs have no use for it

        size = min(size, self.jobs)
        if self._pool and self._size < size:
            self._pool.shutdown()
            self._pool = None
        if not self._pool:
            context = multiprocessing.get_context("fork" if QUICK else None)
            self._size = size
            self._pool = ProcessPoolExecutor(size, mp_context=context, initializer=_begin)
        return self._pool


def _begin() -> None:
    """Leave Ctrl+C to the first process, a traceback for each worker helps nobody; and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """Wait for the end of the process that gives work. One that was killed ends no pool: its workers would stay."""
    import multiprocessing

    first = multiprocessing.parent_process()
    assert first is not None
    first.join()
    os._exit(1)
