"""The guard: fences itself in, then runs one program after the other, each in a child of its own, and watches it.

It reads a line of JSON for the set-up and one for each program, and answers each with a line. Modules that programs
need are imported once, behind the fence; a program that needs some runs in a fork, any other in a fresh interpreter.
"""

import sys

assert sys.platform != "win32"

import contextlib
import gc
import importlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ft_cards.source.fence import limits, watch
from ft_cards.source.fence.perform import become, prepare
from ft_cards.source.fence.run import Run

_GRACE = 1.0
"""Seconds that the children of a program have to end by themselves, once it has ended."""
_ON_FIRST_USE = {"torch": ("torch._dynamo",)}
"""What a module imports only when it is first used, and slowly: PyTorch with the first step of an optimizer."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the guard is told first.

    `folder` is its disk; `reads` are the paths that may be seen; `namespaces` says whether to make some, and `alone`
    whether it will be process 1 of its own; `tasks` are the threads that its user runs already.
    """

    folder: str
    reads: tuple[str, ...]
    modules: tuple[str, ...]
    package: str
    tasks: int
    namespaces: bool
    alone: bool
    landlock: bool
    audit: bool


def main() -> None:
    """Serve until the standard input ends."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    given: dict[str, Any] = json.loads(jobs.readline())
    given |= {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
    setup = SetUp(**given)
    _end_with_parent(setup)
    try:
        missing = _fence_in(setup)
    except OSError as error:
        missing = f"{type(error).__name__}: {error}"
    _answer(answers, {"missing": missing})
    parent = os.getppid()
    for line in jobs:
        if os.getppid() != parent:
            break
        _answer(answers, _serve(setup, json.loads(line), parent))
    _wipe(setup.folder)


def _end_with_parent(setup: SetUp) -> None:
    """Leave nothing behind when the tool ends or is killed: the kernel ends a namespace whole, the rest is up to us."""

    def end(sign: int, frame: object) -> None:
        watch.end_all(0, alone=False)
        _wipe(setup.folder)
        os._exit(1)

    if setup.alone and sys.platform == "linux":
        from ft_cards.source.fence import linux

        linux.die_with_parent(signal.SIGKILL)
    else:
        signal.signal(signal.SIGTERM, end)


def _answer(answers: Any, data: dict[str, Any]) -> None:
    answers.write(json.dumps(data).encode() + b"\n")


def _fence_in(setup: SetUp) -> str:
    """Make the fence and import the modules behind it; return what keeps one from being imported."""
    if sys.platform == "linux" and setup.namespaces:
        from ft_cards.source.fence import namespaces

        namespaces.enter(setup.folder, limits.DISK + 8 * 1024**2)
    Path(setup.folder).mkdir(exist_ok=True)
    os.chdir(setup.folder)
    _make_room(setup.folder)
    if sys.platform == "linux":
        from ft_cards.source.fence import landlock, linux

        if setup.landlock:
            landlock.restrict((*setup.reads, "/proc"), (setup.folder, os.devnull))
        linux.drop_capabilities()
        linux.open_to_others(allowed=False)
        linux.adopt_orphans()
    prepare(setup.folder)
    return _import(setup.modules)


def _import(modules: tuple[str, ...]) -> str:
    """Import `torch`, or of `torch:nn` the name `nn` too; a name that is not there is the program's own affair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for each in modules:
            name, _, inner = each.partition(":")
            try:
                module = importlib.import_module(name)
            except BaseException as error:
                return f"{name} can't be imported: {type(error).__name__}: {error}"
            with contextlib.suppress(Exception):
                getattr(module, inner or "__name__")
                for later in _ON_FIRST_USE.get(name, ()):
                    importlib.import_module(later)
    gc.collect()
    gc.freeze()
    return ""


def _serve(setup: SetUp, job: dict[str, Any], parent: int) -> dict[str, Any]:
    _make_room(setup.folder)
    program = Path(setup.folder, "program.py")
    program.write_text(job["text"], encoding="utf-8")
    with _sink() as out, _sink() as err:
        newest = watch.newest()
        run = Run(_start(setup, job, (out, err)), out, err, time.monotonic(), job["seconds"], newest, setup.alone)
        stopped = _follow(run, setup.folder, parent)
        watch.end_all(run.pid, alone=setup.alone)
        printed = [_read(stream) for stream in (out, err)]
        if not stopped and any(len(each) > limits.OUTPUT for each in printed):
            stopped = "output"
    texts = [each[: limits.OUTPUT].decode("utf-8", errors="replace") for each in printed]
    code = os.waitstatus_to_exitcode(run.ended) if run.ended is not None else 0
    if code in (-signal.SIGXCPU, -signal.SIGXFSZ) and not stopped:
        stopped = "time" if code == -signal.SIGXCPU else "disk"
    seconds = time.monotonic() - run.began
    return {"stopped": stopped, "code": code, "out": texts[0], "err": texts[1], "seconds": seconds}


def _sink() -> IO[bytes]:
    """Return a file to print to that takes no room on the program's disk, where the system has such a thing."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("printed"), "w+b")
    return tempfile.TemporaryFile()


def _read(stream: IO[bytes]) -> bytes:
    """Return what a program printed, and one byte more where it is too much. Its own seeking is of no effect."""
    return os.pread(stream.fileno(), limits.OUTPUT + 1, 0)


def _start(setup: SetUp, job: dict[str, Any], streams: tuple[IO[bytes], IO[bytes]]) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a module may have left threads; they wait
        pid = os.fork()
    if pid == 0:
        become(setup, job, streams[0].fileno(), streams[1].fileno())
    return pid


def _follow(run: Run, folder: str, parent: int) -> str:
    """Wait for a program to end; return the limit that it passed, or an empty text."""
    room = os.path.join(folder, "room")  # noqa: PTH118
    pause, turn = 0.002, 0
    while True:
        run.ended = watch.reap().get(run.pid, run.ended)
        if run.ended is not None:
            return _left_behind(run)
        if os.getppid() != parent:
            watch.end_all(run.pid, alone=False)
            _wipe(folder)
            os._exit(1)
        if pause > 0.01 and (stopped := run.over(room, thoroughly=turn % 3 == 0)):
            return stopped
        time.sleep(pause)
        pause, turn = min(pause * 1.5, 0.02), turn + 1


def _left_behind(run: Run) -> str:
    """Tell whether a program that has ended left processes that do not end."""
    until = time.monotonic() + _GRACE
    while watch.any_left(run.pid):
        if time.monotonic() > until:
            return "left"
        time.sleep(0.01)
    return ""


def _make_room(folder: str) -> None:
    """Give the next program empty folders to stand in, for temporary files, and as a home."""
    room = Path(folder, "room")
    _wipe(str(room))
    for name in ("work", "tmp", "home"):
        (room / name).mkdir(parents=True, exist_ok=True)


def _wipe(folder: str) -> None:
    """Delete a folder and all in it, also what a program made hard to delete."""
    with contextlib.suppress(RecursionError):  # ten thousand folders, each in the one before
        shutil.rmtree(folder, ignore_errors=True)
    if os.path.exists(folder) and os.listdir(folder):  # noqa: PTH110, PTH208
        for command in (["chmod", "-R", "u+rwx", folder], ["rm", "-rf", folder]):
            subprocess.run(command, capture_output=True, check=False)
