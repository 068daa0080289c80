"""Programs → outcomes: starts a guard behind the strongest fence that works here, and hands it the programs."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ft_cards.source.fence import limits
from ft_cards.source.fence.kinds import Kind, bubblewrap, kinds
from ft_cards.source.fence.sight import package, readable

_PREFIX = "ft-cards-run-"
_SPARE = 30
"""Seconds beyond a program's own time after which a guard that does not answer is taken for dead."""
_IMPORTS = 120
"""Seconds that the modules which programs need may take to import."""
_GUARD = (
    "import sys; sys.path.insert(0, sys.argv[1]); from ft_cards.source.fence.{} import main; del sys.path[0]; main()"
)
_PROBE = """\
import os, socket
try:
    os.listdir({folder!r}) and print("sees files")
except OSError:
    pass
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except PermissionError:
    pass
except OSError as error:
    print("reaches the network" if {strong} and error.errno == 111 and not {alone} else "")
print(6 * 7)
"""


class NoFenceError(Exception):
    """No fence of the wanted strength works on this system."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended.

    `stopped` names the limit it passed: time, memory, processes, disk, output, left (processes that went on), guard
    (the guard died) — or is empty. `code` is the exit code, negative for a signal. `seconds` is how long it took.
    """

    stopped: str
    code: int
    out: str
    err: str
    seconds: float = 0.0

    @property
    def fine(self) -> bool:
        """Whether it ended by itself, without an error."""
        return not self.stopped and self.code == 0


class MissingError(Exception):
    """A module that programs need can't be imported."""


class Guard:
    """A process behind a fence that runs programs which need the same modules; close it after use."""

    def __init__(self, kind: Kind, modules: Sequence[str], reads: Sequence[str] = ()) -> None:
        """Start it. Raises MissingError where a module can't be imported, OSError where the fence does not stand."""
        self._kind = kind
        self._place = tempfile.mkdtemp(prefix=_PREFIX)
        self._process: subprocess.Popen[bytes] | None = None
        try:
            if (missing := self._start(kind, tuple(modules), (*readable(), *reads))) is None:
                raise OSError("the fence does not stand")
            if missing:
                raise MissingError(missing)
        except BaseException:
            self.close()
            raise

    def _start(self, kind: Kind, modules: tuple[str, ...], reads: tuple[str, ...]) -> str | None:
        folder = f"{self._place}/disk"
        os.mkdir(folder)  # noqa: PTH102
        command = [sys.executable, "-I", "-X", "utf8", "-B"]
        command += ["-c", _GUARD.format("plain" if sys.platform == "win32" else "inside"), str(package())]
        if kind.name == "bubblewrap":
            command = [*bubblewrap(reads, limits.DISK + 8 * 1024**2), *command]
            folder, reads = "/tmp/disk", ("/",)
        extra: dict[str, Any] = {}
        if sys.platform != "win32":
            extra["start_new_session"] = True
            if kind.user is not None:
                os.chmod(self._place, 0o755)  # noqa: PTH101
                os.chown(f"{self._place}/disk", kind.user, kind.user)
                extra.update(user=kind.user, group=kind.user, extra_groups=())
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd=None if sys.platform == "win32" else "/",
            **extra,
        )
        own_proc = ("/proc",) if kind.alone else ()
        setup = {
            "folder": folder,
            "reads": (*reads, *own_proc),
            "modules": modules if sys.platform == "linux" else modules and ("json",),
            "package": str(package()),
            "tasks": _tasks(kind),
            "namespaces": kind.namespaces,
            "alone": kind.alone,
            "landlock": kind.landlock,
            "audit": kind.name == "limits",
        }
        answer = self._ask(setup, _IMPORTS)
        return str(answer["missing"]) if answer else None

    def run(self, command: Sequence[str], text: str, seconds: float) -> Outcome:
        """Run a program: Python where `command` is empty, else that command with the program as its input."""
        answer = self._ask({"command": list(command), "text": text, "seconds": seconds}, seconds + _SPARE)
        return Outcome(**answer) if answer else Outcome("guard", 0, "", "")

    @property
    def alive(self) -> bool:
        """Whether it can run another program."""
        return self._process is not None and self._process.poll() is None

    def _ask(self, question: Any, seconds: float) -> dict[str, Any] | None:
        process = self._process
        assert process and process.stdin and process.stdout
        timer = threading.Timer(seconds, self._force)
        timer.start()
        try:
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            return answer
        except (OSError, ValueError):
            self._force()
            process.wait()
            return None
        finally:
            timer.cancel()

    def kill(self) -> None:
        """End it at once, and what it runs; safe from another thread."""
        if self._process:
            if self._kind.alone:
                self._process.kill()  # and the kernel ends what is in the namespace with it
            else:
                self._process.terminate()  # it ends what it runs, then itself

    def _force(self) -> None:
        self.kill()
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
            self._process.kill()

    def close(self) -> None:
        """End it, and delete its disk."""
        if process := self._process:
            for stream in (process.stdin, process.stdout):
                if stream:
                    with suppress(OSError):
                        stream.close()
            try:
                process.wait(2)
            except subprocess.TimeoutExpired:
                self._force()
                process.wait()
        shutil.rmtree(self._place, ignore_errors=True)


@cache
def choose(wanted: str) -> Kind:
    """Return the strongest fence that stands up to a trial. Raises NoFenceError."""
    _sweep()
    for kind in kinds(wanted):
        with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
            Path(folder, "secret").touch()
            os.chmod(folder, 0o755)  # noqa: PTH101
            probe = _PROBE.format(folder=folder, strong=kind.strong, alone=kind.alone)
            with suppress(OSError, MissingError), guard(kind, ()) as trial:
                if trial.run((), probe, 20).out.split() == ["42"]:
                    return kind
    raise NoFenceError(wanted)


def _sweep() -> None:
    """Delete what a run that was killed a day ago or more has left in the folder for temporary files."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > 86_400:
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def guard(kind: Kind, modules: Sequence[str]) -> Iterator[Guard]:
    """Start a guard, and close it in the end."""
    started = Guard(kind, modules)
    try:
        yield started
    finally:
        started.close()


def _environment() -> dict[str, str]:
    """Return what even the guard needs of the environment: on Windows, where the system lies."""
    return {name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC", "PATHEXT") if name in os.environ}


def _tasks(kind: Kind) -> int:
    if sys.platform == "win32":
        return 0
    return limits.tasks_of(os.getuid() if kind.user is None else kind.user)
