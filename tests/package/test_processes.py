"""The processes that a build starts: none outlives it, whatever ends it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

WORK = """
import os, time
from ft_cards.parallel import Workers

with Workers(3) as workers:
    print(*sorted(set(workers.run(os.getpgid, [0] * 9, 3))), *workers._pool._processes, flush=True)
    time.sleep(60)
"""


def is_there(pid: int) -> bool:
    """Tell whether a process lives; one that ended and that nobody has asked about yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what is left")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_a_build_that_is_killed(sign: signal.Signals):
    with subprocess.Popen([sys.executable, "-c", WORK], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        group, *workers = map(int, first.stdout.readline().split())
        assert (group, len(workers), all(map(is_there, workers))) == (os.getpgid(0), 3, True)
        first.send_signal(sign)
    end = time.monotonic() + 10
    while any(map(is_there, workers)) and time.monotonic() < end:
        time.sleep(0.02)
    assert [pid for pid in workers if is_there(pid)] == []
