"""The whole program in a real pseudo-terminal."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree

import pytest

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals on Windows", allow_module_level=True)
import fcntl
import pty
import struct
import termios

_SCRIPT = """
import sys, time
from pathlib import Path
from tests.screen.stage import Stage
from ft_cards.study.screen import run
with Stage(Path(sys.argv[1]), ["tale"]) as stage:
    run(stage.desk)
    print("kept", len(list(stage.desk.store.actions())))
"""
_EDITOR = """import pathlib, sys
path = pathlib.Path(sys.argv[1])
path.write_text(path.read_text(encoding="utf-8").replace("A clinic", "A hospital"), encoding="utf-8")
"""


def test_a_session_in_a_terminal_edits_answers_and_leaves_it_as_it_was(tmp_path: Path) -> None:
    folder = copytree(Path(__file__).parent / "decks", tmp_path / "decks")
    (tmp_path / "editor.py").write_text(_EDITOR, encoding="utf-8")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    before = termios.tcgetattr(theirs)
    environment = {**os.environ, "TERM": "xterm-256color", "EDITOR": f"{sys.executable} {tmp_path / 'editor.py'}"}
    environment.pop("VISUAL", None)
    program = subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, str(folder)], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    try:
        seen = until(ours, "A clinic", b"e")
        seen += until(ours, "A hospital", b" ")
        seen += until(ours, "Good", b"3")
        seen += until(ours, "undo", b"q")
        seen += until(ours, "Done for now", b"\x03")
        seen += until(ours, "kept 1", b"")
        assert program.wait(10) == 0
        assert "\x1b[?1049l" in seen
        assert termios.tcgetattr(theirs) == before
    finally:
        program.kill()
        os.close(ours)
        os.close(theirs)


def until(terminal: int, words: str, answer: bytes) -> str:
    """Read what the program writes until the words come, then type the answer."""
    seen, end = "", time.monotonic() + 20
    while words not in seen:
        assert time.monotonic() < end, seen
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65536).decode("utf-8", "replace")
    time.sleep(0.1)
    os.write(terminal, answer)
    return seen
