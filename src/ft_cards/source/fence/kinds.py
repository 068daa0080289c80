"""Which fences this system offers, from the strongest to the weakest."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

NOBODY = 65534
NAMES = ("bubblewrap", "landlock", "limits")


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to fence programs in.

    `name` is what `--fence` calls it, `says` what the user reads. `user` is whom programs run as: None for the user
    who called. `strong` means that files, network and processes are kept apart by the kernel.
    """

    name: str
    says: str
    strong: bool
    user: int | None = None
    namespaces: bool = False
    alone: bool = False
    landlock: bool = False


def kinds(wanted: str) -> Iterator[Kind]:
    """Yield what may work here, the strongest first: all of it (`auto`), only what is `strict`, or one by its name."""
    for kind in _kinds():
        if wanted in ("auto", kind.name) or (wanted == "strict" and kind.strong):
            yield kind


def _kinds() -> Iterator[Kind]:
    """Yield them all. Root takes off its rights first, where the interpreter can be read without them."""
    if sys.platform == "linux":
        from ft_cards.source.fence import landlock, seccomp

        users: tuple[int | None, ...] = (NOBODY, None) if os.geteuid() == 0 else (None,)
        lands = landlock.version() > 0
        for user in users if shutil.which("bwrap") else ():
            yield Kind("bubblewrap", "bubblewrap", True, user, alone=True, landlock=lands)
        for user in users if lands else ():
            yield Kind("landlock", "Landlock and namespaces", True, user, namespaces=True, alone=True, landlock=True)
        for user in users if lands and seccomp.known_here() else ():
            yield Kind("landlock", "Landlock and seccomp", True, user, landlock=True)
        for user in users:
            yield Kind("limits", "limits and an audit hook", False, user)
    else:
        yield Kind("limits", "limits and an audit hook", False)


def bubblewrap(reads: tuple[str, ...], size: int) -> list[str]:
    """Return the command that comes before the guard's own: a bare system, read-only, with a disk in /tmp."""
    command = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1"]
    command += ["--proc", "/proc", "--dev", "/dev", *_sized(size), "--tmpfs", "/tmp"]
    for path in reads:
        if path.startswith(("/proc", "/dev")):
            continue
        if os.path.islink(path) and os.path.dirname(path) == "/":  # noqa: PTH114, PTH120
            command += ["--symlink", os.readlink(path), path]  # noqa: PTH115
        else:
            command += ["--ro-bind-try", path, path]
    return [*command, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp", "--"]


@cache
def _sized(size: int) -> tuple[str, ...]:
    """Return the option that bounds the disk; before 0.7 there was none, and only the guard's watch bounds it."""
    told = subprocess.run(["bwrap", "--version"], capture_output=True, text=True, check=False).stdout.split()
    numbers = [int(part) for part in told[-1].split(".")[:2] if part.isdigit()] if told else [0]
    return ("--size", str(size)) if numbers >= [0, 7] else ()
