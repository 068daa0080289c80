"""What a program takes while it runs, and how it is ended with all its children."""

import sys

assert sys.platform != "win32"

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from ft_cards.source.fence.limits import DISK, ENTRIES

_PAGE = os.sysconf("SC_PAGE_SIZE")


class Taken(NamedTuple):
    """What a process takes: resident bytes, and threads."""

    resident: int
    threads: int


_Row = tuple[int, int, int, Taken | None]
"""(process, parent, group, what it takes; None for one that has ended but was not waited for)"""


def below(root: int, group: int) -> dict[int, Taken]:
    """Return each living process below `root` or in the process group `group` (no group with 0)."""
    rows = _from_proc() if Path("/proc/self/stat").exists() else _from_ps()
    found: dict[int, Taken] = {}
    kin = {root}
    grown = True
    while grown:
        grown = False
        for pid, parent, of_group, taken in rows:
            if pid not in kin and (parent in kin or of_group == group > 0):
                kin.add(pid)
                grown = True
                if taken:
                    found[pid] = taken
    return found


def _from_proc() -> list[_Row]:
    rows: list[_Row] = []
    for name in os.listdir("/proc"):  # noqa: PTH208
        if name.isdigit():
            with contextlib.suppress(OSError):
                state, parent, group, *rest = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
                taken = None if state in ("Z", "X") else Taken(int(rest[18]) * _PAGE, int(rest[14]))
                rows.append((int(name), int(parent), int(group), taken))
    return rows


def _from_ps() -> list[_Row]:
    """Return the same where there is no /proc; threads are not told there."""
    command = ["ps", "-A", "-o", "pid=,ppid=,pgid=,rss=,state="]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return [
        (int(pid), int(parent), int(group), None if state.startswith("Z") else Taken(int(kilobytes) * 1024, 1))
        for pid, parent, group, kilobytes, state in (line.split() for line in listed)
    ]


def memory(processes: dict[int, Taken]) -> int:
    """Return the bytes that processes hold together; what they share counts once, where the system tells."""
    total = 0
    for pid, taken in processes.items():
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) * 1024
        except (OSError, StopIteration):
            total += taken.resident
    return total


def disk_is_full(folder: str) -> bool:
    """Whether more lies in a folder than a program may write."""
    total = entries = 0
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as listed:
                for entry in listed:
                    entries += 1
                    status = entry.stat(follow_symlinks=False)
                    total += getattr(status, "st_blocks", status.st_size // 512) * 512
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    if total > DISK or entries > ENTRIES:
                        return True
        except FileNotFoundError:
            continue
        except OSError:
            return True  # names too long, or rights taken away: nothing that a card needs
    return False


def end_all(group: int, *, alone: bool) -> None:
    """Kill all that is below this process, and a program's process group (none with 0).

    `alone` says that this is process 1 of a namespace: then there is nothing else in it.
    """
    if alone and os.getpid() == 1:
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        reap(wait=True)
        return
    if group:
        with contextlib.suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    until = time.monotonic() + 5
    while (left := below(os.getpid(), group)) and time.monotonic() < until:
        for sign in (signal.SIGSTOP, signal.SIGKILL):  # first none may fork any more
            for pid in left:
                with contextlib.suppress(OSError):
                    os.kill(pid, sign)
        reap()
        time.sleep(0.002)
    reap()


def reap(*, wait: bool = False) -> dict[int, int]:
    """Wait for the children that have ended (for all, with `wait`); return their wait statuses."""
    ended = {}
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, 0 if wait else os.WNOHANG)
            if not pid:
                break
            ended[pid] = status
    return ended
