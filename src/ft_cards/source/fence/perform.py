"""A forked child → a program on a card: limits and fences first, then the program, and nothing comes back."""

import sys

assert sys.platform != "win32"

import json
import os
import signal
import traceback
from typing import TYPE_CHECKING, Any

from ft_cards.source.fence import audit, limits

if TYPE_CHECKING:
    from ft_cards.source.fence.inside import SetUp

PYTHON = (sys.executable, "-I", "-X", "utf8", "-B")
_GUARDED = "import sys; sys.path.insert(0, sys.argv[1]); from ft_cards.source.fence.audit import main; main()"


def prepare(folder: str) -> None:
    """Set the environment that every program finds: none but this."""
    room = f"{folder}/room"
    threads = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    os.environ.clear()
    os.environ.update(dict.fromkeys(threads, "1"), PATH="/usr/local/bin:/usr/bin:/bin", LANG="C.UTF-8", LOGNAME="card")
    os.environ.update(HOME=f"{room}/home", TMPDIR=f"{room}/tmp", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")


def become(setup: "SetUp", job: dict[str, Any], out: int, err: int) -> None:
    """Turn this process into the program; never returns."""
    try:
        program = f"{setup.folder}/program.py"
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.setsid()
        source = os.open(program if job["command"] else os.devnull, os.O_RDONLY)
        for number, stream in enumerate((source, out, err)):
            os.dup2(stream, number)
        os.closerange(3, 4096)
        room = f"{setup.folder}/room"
        os.chdir(f"{room}/work")
        limits.set_limits(job["seconds"], setup.tasks)
        _fence(setup, room)
        if job["command"]:
            os.execv(job["command"][0], job["command"])
        elif setup.modules:
            if setup.audit:
                audit.install((*setup.reads, program), (room,))
            _perform(program, job["text"])
        elif setup.audit:
            given = json.dumps([[*setup.reads, program], [room]])
            os.execv(PYTHON[0], [*PYTHON, "-c", _GUARDED, setup.package, given, program])
        os.execv(PYTHON[0], [*PYTHON, program])
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(125)


def _fence(setup: "SetUp", room: str) -> None:
    if sys.platform != "linux":
        return
    from ft_cards.source.fence import landlock, linux, seccomp

    linux.open_to_others(allowed=True)
    linux.die_with_parent(signal.SIGKILL)
    if setup.landlock:
        own = ("/proc/self", f"{setup.folder}/program.py")
        landlock.restrict((*setup.reads, *own), (room, os.devnull))
    if seccomp.known_here():
        seccomp.forbid()


def _perform(path: str, text: str) -> None:
    """Run the program as the interpreter would run a script, and exit as it would."""
    import atexit
    import gc
    import threading
    import types

    main = types.ModuleType("__main__")
    main.__file__ = path
    sys.modules["__main__"], sys.argv = main, [path]
    gc.enable()
    if random := sys.modules.get("numpy.random"):
        random.seed()  # Python's own does so by itself: two forks must not draw the same numbers
    code = 0
    try:
        exec(compile(text, path, "exec", dont_inherit=True), main.__dict__)
    except SystemExit as end:
        code = _exit_code(end.code)
    except BaseException as error:
        at = error.__traceback__
        traceback.print_exception(type(error), error, at.tb_next if at else None)
        code = 1
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _exit_code(given: object) -> int:
    if given is None or isinstance(given, int):
        return int(given or 0) & 0xFF
    print(given, file=sys.stderr)  # noqa: T201 - as the interpreter does
    return 1
