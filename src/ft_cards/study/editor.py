"""A file and a line → the learner's editor, opened there."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_PLUS = {
    "vi",
    "vim",
    "nvim",
    "gvim",
    "nano",
    "emacs",
    "emacsclient",
    "kak",
    "joe",
    "jed",
    "micro",
    "ne",
    "mg",
}
_COLON = {"hx", "helix", "subl", "zed"}
_GOTO = {"code", "code-insiders", "codium", "cursor"}


def command(path: Path, line: int, environment: Mapping[str, str]) -> list[str]:
    """The command that opens a file at a line: `$VISUAL`, `$EDITOR`, or the system's plain editor."""
    chosen = environment.get("VISUAL") or environment.get("EDITOR")
    if not chosen:
        plain = ["notepad"] if sys.platform == "win32" else ["nano", "vi"]
        chosen = next((name for name in plain if shutil.which(name)), plain[-1])
    words = shlex.split(chosen, posix=sys.platform != "win32") or ["vi"]
    name = Path(words[0]).stem.lower()
    if name in _PLUS:
        return [*words, f"+{line}", str(path)]
    if name in _COLON:
        return [*words, f"{path}:{line}"]
    if name in _GOTO:
        return [*words, *([] if {"-w", "--wait"} & set(words) else ["--wait"]), "--goto", f"{path}:{line}"]
    return [*words, str(path)]


def edit(path: Path, line: int, *, stdin: int | None = None) -> None:
    """Open the editor and wait until it is closed. `stdin` is what it may read, as `subprocess` takes it.

    Raises OSError where it can't be started or fails.
    """
    done = subprocess.run(command(path, line, os.environ), check=False, stdin=stdin)
    if done.returncode:
        raise OSError(f"it ended with exit code {done.returncode}")
