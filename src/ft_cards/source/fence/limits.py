"""How much a program may take, and how that is set before it starts."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

MEMORY = 1024**3
"""Bytes of real memory, of all its processes together."""
DISK = 64 * 1024**2
"""Bytes in its folder."""
ENTRIES = 10_000
"""Files and folders in its folder."""
OUTPUT = 64 * 1024
"""Bytes that it may print, and as many again to standard error."""
PROCESSES = 32
"""Processes at one time."""
THREADS = 64
"""Threads at one time, of all its processes together."""
_FILES = 128


def set_limits(seconds: float, tasks: int) -> None:
    """Set them for this process and all below it. `tasks` is how many threads this user runs already."""
    if sys.platform == "win32":
        return
    import resource

    wanted = {
        "RLIMIT_CPU": int(seconds) + 2,
        "RLIMIT_FSIZE": DISK,
        "RLIMIT_NOFILE": _FILES,
        "RLIMIT_CORE": 0,
        "RLIMIT_DATA": MEMORY,
        "RLIMIT_NPROC": tasks + THREADS,
    }
    for name, value in wanted.items():
        if (number := getattr(resource, name, None)) is not None:
            _, most = resource.getrlimit(number)
            least = value if most == resource.RLIM_INFINITY else min(value, most)
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(number, (least, least))


def tasks_of(user: int) -> int:
    """Count the threads that a user runs: the kernel's limit counts them too."""
    if sys.platform != "linux":
        listed = subprocess.run(["ps", "-U", str(user), "-o", "pid="], capture_output=True, check=False)
        return len(listed.stdout.splitlines())
    count = 0
    for entry in os.scandir("/proc"):
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and entry.stat().st_uid == user:
                count += len(list(Path(entry.path, "task").iterdir()))
    return count
