"""The weakest fence: Python itself refuses what a card has no use for. It stops accidents, not a skilled attacker."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

_NEVER = (
    "socket.__new__",
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.startfile/2",
    "os.killpg",
    "winreg.ConnectRegistry",
    "winreg.OpenKey",
)
_WRITES = (
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.utime",
    "shutil.rmtree",
)
_LISTS = ("os.listdir", "os.scandir")
_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def install(reads: Sequence[str], writes: Sequence[str]) -> None:
    """See only what lies beneath `reads` and `writes`, change only what lies beneath `writes`, start nothing."""
    own, join, real = os.getpid(), os.path.join, os.path.realpath
    written = tuple(real(path) for path in writes)
    seen = (*(real(path) for path in reads), *written)
    devices = (os.devnull, "/dev/urandom")

    def beneath(path: Any, folders: tuple[str, ...]) -> bool:
        if path is None:
            path = "."
        if isinstance(path, int) or os.fsdecode(path) in devices:
            return True
        name = real(os.fsdecode(path))
        return any(name == folder or name.startswith(join(folder, "")) for folder in folders)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        refused = event in _NEVER or (event == "os.kill" and given[0] != own)
        if event == "open":
            path, mode, flags = given
            changes = bool((flags or 0) & _CHANGES) or bool(set(str(mode or "")) & set("wax+"))
            refused = not beneath(path, written if changes else seen)
        elif event in _WRITES:
            refused = not all(beneath(path, written) for path in given[:2] if isinstance(path, str | bytes))
        elif event in _LISTS:
            refused = not beneath(given[0], seen)
        if refused:
            raise PermissionError(f"{event} is not allowed to a card's program: {given[0] if given else ''}")

    sys.addaudithook(hook)


def main() -> None:
    """Run the program `argv[3]` behind the hook; `argv[2]` holds what it may read and write."""
    import builtins
    import types

    (reads, writes), path = json.loads(sys.argv[2]), sys.argv[3]
    del sys.path[0]
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    module = types.ModuleType("__main__")
    module.__file__ = path
    module.__dict__["__builtins__"] = builtins
    sys.modules["__main__"], sys.argv = module, [path]
    install(reads, writes)
    exec(compile(text, path, "exec", dont_inherit=True), module.__dict__)
