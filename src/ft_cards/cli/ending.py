"""However a command ends → what is said of it, the exit code, and the end of the process."""

import contextlib
import errno
import os
import sys

import click

_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""What is said of a stream that takes no more: its disk is full, or gone."""


def open_streams() -> None:
    """Take what is said to a stream that was closed before we began as said to nobody.

    Its number would go to the next file that is opened: a package, or a learner's database.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:  # always the lowest that is free
        pass
    os.close(handle)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def say(error: click.ClickException) -> int:
    """Say what failed, if anybody can be told; return the exit code."""
    with contextlib.suppress(OSError):
        error.show()
    return error.exit_code


def fail(error: Exception) -> int:
    """Say what the world did to us; return the exit code. Anything else is a bug, and raised again."""
    from concurrent.futures import BrokenExecutor

    if isinstance(error, BrokenExecutor):
        reason = "one of the processes at work was ended from outside, perhaps for want of memory"
        return say(click.ClickException(f"{reason}; try --jobs 1"))
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        name = f": {error.filename}" if error.filename else ""
        return say(click.ClickException(f"the output could not be written: {error.strerror}{name}"))
    raise error


def leave(code: int) -> None:
    """End the process at once. Taking a hundred thousand small values apart first would cost a tenth of a build."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
