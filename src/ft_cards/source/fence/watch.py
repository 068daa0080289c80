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
                state, parent, group, threads, resident = _stat(f"/proc/{name}")
                if state == "Z" and threads > 1:  # its first thread has ended and shows no memory; the others go on
                    tasks = os.listdir(f"/proc/{name}/task")  # noqa: PTH208
                    resident = max(_stat(f"/proc/{name}/task/{task}")[4] for task in tasks)
                ended = state == "X" or (state == "Z" and threads <= 1)
                rows.append((int(name), parent, group, None if ended else Taken(resident * _PAGE, threads)))
    return rows


def _stat(folder: str) -> tuple[str, int, int, int, int]:
    """Return state, parent, group, threads and resident pages of a process or a thread (proc_pid_stat(5))."""
    state, *numbers = Path(folder, "stat").read_text().rpartition(")")[2].split()
    return state, int(numbers[0]), int(numbers[1]), int(numbers[16]), int(numbers[20])


def _from_ps() -> list[_Row]:
    """Return the same where there is no /proc; threads are not told there."""
    command = ["ps", "-A", "-o", "pid=,ppid=,pgid=,rss=,state="]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return [
        (int(pid), int(parent), int(group), None if state.startswith("Z") else Taken(int(kilobytes) * 1024, 1))
        for pid, parent, group, kilobytes, state in (line.split() for line in listed)
    ]


def newest() -> int:
    """Return the number that the newest process or thread was given, 0 where that is not told (proc_loadavg(5))."""
    try:
        return int(Path("/proc/loadavg").read_text().split()[4])
    except (OSError, ValueError, IndexError):
        return 0


def send(sign: int, group: int, *, alone: bool) -> None:
    """Send a signal at one stroke, so that none can fork away from it, to a process group (none with 0).

    `alone` says that this is process 1 of a namespace: then all else in it is meant.
    """
    with contextlib.suppress(OSError):
        if alone and os.getpid() == 1:
            os.kill(-1, sign)
        elif group:
            os.killpg(group, sign)


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


def any_left(group: int) -> bool:
    """Whether anything is left below this process or in a process group; waits for those that have ended.

    To read the list of processes takes a while, and who forks meanwhile is in no list. So Linux is asked otherwise:
    this process adopts what loses its parent there, so whatever is left hangs below a child of its own, and whether it
    has any child at all is one question.
    """
    reap()
    if sys.platform != "linux":
        return bool(below(os.getpid(), group))
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def end_all(group: int, *, alone: bool) -> None:
    """Kill all that is below this process, and a program's process group (none with 0).

    `alone` says that this is process 1 of a namespace: then there is nothing else in it.
    """
    send(signal.SIGKILL, group, alone=alone)
    if alone and os.getpid() == 1:
        reap(wait=True)
        return
    until = time.monotonic() + 5
    while any_left(group) and time.monotonic() < until:
        left = below(os.getpid(), group)
        for sign in (signal.SIGSTOP, signal.SIGKILL):  # first none may fork any more
            for pid in left:
                with contextlib.suppress(OSError):
                    os.kill(pid, sign)
        time.sleep(0.002)


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
