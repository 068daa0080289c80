"""A program that runs → the limit it has passed, if any."""

import sys

assert sys.platform != "win32"

import os
import signal
import time
from dataclasses import dataclass
from typing import IO

from ft_cards.source.fence import limits, watch


@dataclass(slots=True)
class Run:
    """A program that runs: its process, what it prints, when it began, how long it may take (seconds).

    `newest` is the number of the newest process when it began.
    """

    pid: int
    out: IO[bytes]
    err: IO[bytes]
    began: float
    seconds: float
    newest: int
    alone: bool
    ended: int | None = None

    def over(self, folder: str, *, thoroughly: bool) -> str:
        """Name the limit that the program has passed, or return an empty text."""
        if time.monotonic() - self.began > self.seconds:
            return "time"
        if max(os.fstat(stream.fileno()).st_size for stream in (self.out, self.err)) > limits.OUTPUT:
            return "output"
        if crowded := self._crowded():
            return crowded
        return "disk" if thoroughly and watch.disk_is_full(folder) else ""

    def _crowded(self) -> str:
        """Name the limit that its processes have passed together.

        A fork bomb grows faster than it can be counted, and leaves the guard no time on the processor. So once many
        processes were started, they stand still while they are counted.
        """
        still = not 0 <= watch.newest() - self.newest <= limits.PROCESSES
        if still:
            watch.send(signal.SIGSTOP, self.pid, alone=self.alone)
        processes = watch.below(os.getpid(), self.pid)
        taken = processes.values()
        if len(processes) > limits.PROCESSES or sum(each.threads for each in taken) > limits.THREADS:
            return "processes"
        if sum(each.resident for each in taken) > limits.MEMORY and watch.memory(processes) > limits.MEMORY:
            return "memory"
        if still:
            watch.send(signal.SIGCONT, self.pid, alone=self.alone)
        return ""
