"""The guard for systems without `fork`: one program after the other, each in a fresh interpreter behind the audit hook.

Time, output, disk and standard input are limited; memory and processes are not.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from ft_cards.source.fence import limits

_GUARDED = "import sys; sys.path.insert(0, sys.argv[1]); from ft_cards.source.fence.audit import main; main()"
_IMPORTS = 30
"""Seconds more for a program that needs modules: here each imports them anew."""


def main() -> None:
    """Serve until the standard input ends, with the answers that `inside` gives."""
    setup = json.loads(sys.stdin.buffer.readline())
    _answer({"missing": ""})
    for line in sys.stdin.buffer:
        _answer(_serve(setup, json.loads(line)))
    shutil.rmtree(setup["folder"], ignore_errors=True)


def _answer(data: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(data).encode() + b"\n")
    sys.stdout.buffer.flush()


def _serve(setup: dict[str, Any], job: dict[str, Any]) -> dict[str, Any]:
    room = Path(setup["folder"], "room")
    shutil.rmtree(room, ignore_errors=True)
    for name in ("work", "tmp", "home"):
        (room / name).mkdir(parents=True, exist_ok=True)
    program = Path(setup["folder"], "program.py")
    program.write_text(job["text"], encoding="utf-8", newline="\n")
    given = json.dumps([[*setup["reads"], str(program)], [str(room)]])
    guarded = [sys.executable, "-I", "-X", "utf8", "-B", "-c", _GUARDED, setup["package"], given, str(program)]
    began = time.monotonic()
    allowed = job["seconds"] + (_IMPORTS if setup["modules"] else 0)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, program.open("rb") as source:
        process = subprocess.Popen(
            job["command"] or guarded,
            cwd=room / "work",
            env=_environment(room),
            stdin=source if job["command"] else subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        stopped = _follow(process, (out, err), began + allowed)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read(limits.OUTPUT).decode("utf-8", errors="replace").replace("\r\n", "\n"))
    code = process.returncode or 0
    return {"stopped": stopped, "code": code, "out": texts[0], "err": texts[1], "seconds": time.monotonic() - began}


def _environment(room: Path) -> dict[str, str]:
    system = {name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC", "PATHEXT") if name in os.environ}
    home, temporary = str(room / "home"), str(room / "tmp")
    own = {"HOME": home, "USERPROFILE": home, "TEMP": temporary, "TMP": temporary, "TMPDIR": temporary}
    return {**system, **own, "PATH": os.defpath, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}


def _follow(process: subprocess.Popen[bytes], streams: tuple[IO[bytes], IO[bytes]], until: float) -> str:
    stopped = ""
    while process.poll() is None and not stopped:
        if time.monotonic() > until:
            stopped = "time"
        time.sleep(0.01)
        if max(os.fstat(stream.fileno()).st_size for stream in streams) > limits.OUTPUT:
            stopped = "output"
    if stopped:
        if sys.platform == "win32":
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
        process.kill()
        process.wait()
    elif max(os.fstat(stream.fileno()).st_size for stream in streams) > limits.OUTPUT:
        stopped = "output"
    return stopped
