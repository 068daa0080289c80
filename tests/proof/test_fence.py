"""Programs that mean harm: each is stopped and reported, by card and line, and nothing is left running.

The fast test goes through the command line, with the fence that this system offers; the long ones through each fence.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("other systems have the weakest fence", allow_module_level=True)

from ft_cards.source.fence import kinds
from ft_cards.source.fence.outside import Guard, MissingError, NoFenceError, Outcome, choose
from ft_cards.source.fence.sight import package
from tests.builders import card_text, deck_text

FENCED_IN = "PermissionError|FileNotFoundError|No such file"
BOMB = """\
import os, time
until = time.time() + 8
def leave():
    try:
        os.setsid()
    except OSError:
        pass
"""
"""Bombs end by themselves after 8 seconds, which is later than any limit here: should a fence fail, only a test does."""
ATTACKS = {
    "read-the-home": ("print(open({secret!r}).read())", rf"program-fails: .*({FENCED_IN})"),
    "list-the-home": ("import os\nprint(os.listdir({home!r})[0] + os.listdir({outside!r})[0])", rf"({FENCED_IN})"),
    "write-outside": ("open({outside!r} + '/mine', 'w').write('x')", rf"program-fails: .*({FENCED_IN})"),
    "open-a-socket": (
        "import socket\nsocket.create_connection(('127.0.0.1', {port})).send(b'x')",
        "program-fails: .*PermissionError",
    ),
    "send-a-datagram": (
        "import socket\ns = socket.socket(type=socket.SOCK_DGRAM)\ns.sendto(b'x', ('127.0.0.1', {port}))",
        "program-fails: .*PermissionError",
    ),
    "fork-without-end": (
        BOMB + "while time.time() < until:\n    try:\n        os.fork()\n    except OSError:\n        pass",
        "program-stopped: .*more than 32 processes",
    ),
    "fork-away": (
        BOMB + "while time.time() < until:\n    if os.fork() == 0:\n        leave()",
        "program-stopped: .*more than 32 processes|program-fails: .*BlockingIOError",
    ),
    "start-threads": (
        "import threading, time\nfor _ in range(1000):\n    threading.Thread(target=time.sleep, args=(9,)).start()",
        "program-fails: .*start new thread|program-stopped: .*64 threads",
    ),
    "fill-the-disk": (
        "for n in range(10**6):\n    open(str(n), 'wb').write(b'x' * 10**6)",
        "program-stopped: .*64 MB|program-fails: .*No space left",
    ),
    "one-big-file": ("f = open('f', 'wb')\nwhile True:\n    f.write(b'x' * 10**6)", "too large|64 MB|No space left"),
    "folders-in-folders": (
        "import os\nwhile True:\n    os.mkdir('d')\n    os.chdir('d')",
        "program-stopped: .*(64 MB|in 5 seconds)|program-fails: .*No space left",
    ),
    "run-for-ever": ("while True:\n    pass", "program-stopped: .*did not end in 5 seconds"),
    "print-for-ever": ("while True:\n    print('x' * 999)", "program-stopped: .*printed more than 64 KB"),
    "kill-the-parent": (
        "import os\nos.kill(os.getppid(), 9)\nprint('still here')",
        "program-fails: .*PermissionError",
    ),
    "kill-all": ("import os\nos.kill(-1, 9)\nprint('still here')", "program-fails: .*PermissionError"),
    "leave-a-daemon": (
        BOMB + "if os.fork() == 0:\n    leave()\n    if os.fork() == 0:\n        time.sleep(999)\n    os._exit(0)",
        "program-stopped: .*left processes running",
    ),
    "hide-behind-a-thread": (  # the first thread ends, so the process looks as if it had ended
        "import ctypes, os, threading, time\nif os.fork() == 0:\n    threading.Thread(target=time.sleep, args=(999,)).start()\n"
        "    ctypes.CDLL(None).syscall({{'x86_64': 60, 'aarch64': 93}}[os.uname().machine], 0)",
        "program-stopped: .*left processes running|program-fails: .*ctypes",
    ),
    "answer-for-the-guard": (
        'import os\nfor n in range(3, 64):\n    try:\n        os.write(n, b\'{{"stopped": ""}}\')\n        print(n)\n'
        "    except OSError:\n        pass\nraise SystemExit(7)",
        "program-fails: .*exit code is 7",
    ),
    "read-the-input": ("print(input())", "program-fails: .*EOFError"),
}
"""By card: what its program does, and what must be reported."""

CLI = """
import os, pathlib, subprocess, sys, time
from ft_cards.source.fence import linux, watch

def programs():
    for pid in watch.below(os.getpid(), 0):
        try:
            yield pathlib.Path(f"/proc/{pid}/cmdline").read_text().endswith("/program.py\\0")
        except OSError:
            pass

linux.adopt_orphans()
tool = subprocess.Popen([sys.executable, "-m", "ft_cards", *sys.argv[2:]])
sign = int(sys.argv[1])
if sign:
    while tool.poll() is None and sum(programs()) < 2:  # the program and its fork; a trial of the fence is one process
        time.sleep(0.02)
    tool.send_signal(sign)
code = tool.wait()
until = time.monotonic() + 10  # the kernel may take its time on a busy machine
while (left := watch.any_left(0)) and time.monotonic() < until:
    time.sleep(0.02)
print("left running:", left, file=sys.stderr)
sys.exit(code)
"""
"""Runs `ft-cards` with the arguments after the first, which is a signal to kill it by (0: none); looks what is left."""


@pytest.fixture
def prey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """What programs are after: a file in the home folder, one in the folder for temporary files, an open port."""
    import socket

    outside = tmp_path_factory.mktemp("outside")
    secret = Path.home() / f".ft-cards-test-{os.getpid()}"
    secret.write_text("secret", encoding="utf-8")
    (outside / "file").touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield {
            "secret": str(secret),
            "home": str(Path.home()),
            "outside": str(outside),
            "port": server.getsockname()[1],
        }
    secret.unlink()
    assert [path.name for path in outside.iterdir()] == ["file"]


def test_every_attack_is_stopped_and_reported_by_card_and_line(here: Path, prey: dict[str, object]) -> None:
    cards = [
        card_text("choice", id=name, question=name, code=code.format(**prey), answer="a", verify="run")
        for name, (code, _) in ATTACKS.items()
    ]
    (here / "deck.yaml").write_text(deck_text(*cards), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", CLI, "0", "check", "--run", "deck.yaml", "--format", "github"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(here)},
        timeout=100,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.endswith("left running: False\n"), done.stderr
    said = {}
    for line in done.stdout.splitlines():
        found = re.match(r"::error file=deck.yaml,line=(\d+),col=\d+,title=([\w-]+)::(.*)", line)
        assert found, line
        said[(int(found[1]) - 4) // 7] = f"{found[2]}: {found[3]}"
    assert sorted(said) == list(range(len(ATTACKS)))
    for number, (name, (_, expected)) in enumerate(ATTACKS.items()):
        assert re.search(expected, said[number]), name
    assert not list(here.glob("ft-cards-run-*")), "its disk is deleted"


def starts_for_nobody(python: str, folder: Path | str) -> bool:
    """Whether the user that root's programs run as can start this interpreter, and look into this folder."""
    command = [python, "-I", "-c", f"import os; os.listdir({str(folder)!r})"]
    try:
        return subprocess.run(command, user=kinds.NOBODY, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


FENCES = {
    f"{kind.says}, user {kind.user}": kind
    for kind in kinds.kinds("auto")
    if kind.user is None or starts_for_nobody(sys.executable, package())  # else: test_fence_of_another_user.py
}


@pytest.fixture(params=FENCES)
def guard(request: pytest.FixtureRequest) -> Iterator[Guard]:
    try:
        started = Guard(FENCES[request.param], ())
    except (OSError, MissingError) as error:
        pytest.skip(f"does not stand here: {error}")
    yield started
    started.close()


@pytest.mark.proof
@pytest.mark.parametrize("name", ATTACKS)
def test_each_fence_stops_each_attack(guard: Guard, name: str, prey: dict[str, object]) -> None:
    code, _ = ATTACKS[name]
    outcome = guard.run((), code.format(**prey), 3)
    assert not outcome.fine
    assert outcome.stopped or outcome.code > 0
    if name.startswith("fork"):
        assert outcome.stopped == "processes" or "BlockingIOError" in outcome.err, "it is bounded, not only cut off"
    assert outcome.out.replace("x", "").strip() == ""
    assert guard.run((), "print(6 * 7)", 20).out == "42\n", "the next program is not harmed"


@pytest.mark.proof
def test_each_fence_lets_a_program_start_many_processes_one_by_one(guard: Guard) -> None:
    code = "import os\nfor _ in range(200):\n    if not (pid := os.fork()):\n        os._exit(0)\n    os.waitpid(pid, 0)\nprint(42)"
    outcome = guard.run((), code, 20)
    assert (outcome.stopped, outcome.code, outcome.out, outcome.err) == ("", 0, "42\n", "")


MEMORY = {
    "its own": "x = []\nwhile True:\n    x.append(bytearray(10**7))",
    "shared": "import mmap\nx = []\nwhile True:\n    x.append(mmap.mmap(-1, 10**7))\n    x[-1].write(b'x' * 10**7)",
    "of children": "import os, time\nfor _ in range(3):\n    os.fork()\nx = []\nfor _ in range(20):\n"
    "    x.append(b'x' * 10**7)\ntime.sleep(60)",
}


@pytest.mark.proof
@pytest.mark.parametrize("name", MEMORY)
def test_each_fence_bounds_the_memory(guard: Guard, name: str) -> None:
    outcome = guard.run((), MEMORY[name], 60)
    assert outcome.stopped == "memory" or outcome.err.endswith("MemoryError\n")


@pytest.mark.proof
@pytest.mark.parametrize("wanted", ["bubblewrap", "landlock", "limits"])
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_nothing_is_left_when_the_tool_itself_is_killed(here: Path, wanted: str, sign: signal.Signals) -> None:
    try:
        choose(wanted)
    except NoFenceError:
        pytest.skip(f"{wanted} does not stand here")
    code = "import os\nos.fork()\nwhile True:\n    pass"
    (here / "deck.yaml").write_text(
        deck_text(card_text("choice", code=code, answer="a", verify="run")), encoding="utf-8"
    )
    command = ["check", "--run", "deck.yaml", "--fence", wanted, "--timeout", "60"]
    done = subprocess.run(
        [sys.executable, "-c", CLI, str(int(sign)), *command],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(here)},
        timeout=60,
        check=False,
    )
    assert done.returncode != 2, done.stderr
    assert done.stderr.endswith("left running: False\n"), done.stderr


def test_a_strict_fence_keeps_files_network_and_processes_apart() -> None:
    kind = choose("strict")
    assert kind.strong
    guard = Guard(kind, ())
    outcome = guard.run((), "import os\nprint(os.listdir('.'), sorted(os.environ), os.listdir(os.environ['HOME']))", 20)
    guard.close()
    names = ["HF_HUB_OFFLINE", "HOME", "LANG", "LOGNAME", "MKL_NUM_THREADS", "OMP_NUM_THREADS"]
    names += ["OPENBLAS_NUM_THREADS", "PATH", "TMPDIR", "TOKENIZERS_PARALLELISM"]
    assert outcome.out == f"[] {names} []\n"


def test_a_program_finds_nothing_of_the_one_before() -> None:
    guard = Guard(choose("auto"), ("json",))
    writes = "import json, os, tempfile\njson.mine = 1\nopen('a', 'w')\nopen(os.environ['HOME'] + '/b', 'w')\n"
    writes += "tempfile.mkstemp()\nos.mkdir('c')\nos.chmod('c', 0)"
    finds = "import json, os\nprint(hasattr(json, 'mine'), os.listdir('.'))\n"
    finds += "print(os.listdir(os.environ['HOME']), os.listdir(os.environ['TMPDIR']))"
    first, then = guard.run((), writes, 20), guard.run((), finds, 20)
    guard.close()
    assert (first.code, first.err) == (0, "")
    assert (then.out, then.err) == ("False []\n[] []\n", "")


@pytest.mark.parametrize("modules", [(), ("json",)])
def test_a_program_ends_as_python_ends_it(modules: tuple[str, ...]) -> None:
    programs = {
        "import atexit\natexit.register(print, 'bye')\nprint('hello')": (0, "hello\nbye\n", ""),
        "raise SystemExit('so long')": (1, "", "so long\n"),
        "raise SystemExit(300)": (44, "", ""),
        "import sys\nprint(__name__, len(sys.argv), sys.stdin.read() == '', __file__[-10:])": (
            0,
            "__main__ 1 True program.py\n",
            "",
        ),
        "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.1), print('late'))).start()": (
            0,
            "late\n",
            "",
        ),
        "print('\\u00e4')\nimport os\nos.abort()": (-6, "", ""),
    }
    guard = Guard(choose("auto"), modules)
    outcomes = {text: guard.run((), text, 20) for text in programs}
    errors = guard.run((), "def f():\n    return 1 / 0\n\nf()", 20).err
    guard.close()
    assert {text: (each.code, each.out, each.err) for text, each in outcomes.items()} == programs
    frames = re.findall(r'File ".*/(\S+)", line (\d+), in (\S+)', errors)
    assert frames == [("program.py", "4", "<module>"), ("program.py", "2", "f")]


def test_a_module_that_can_not_be_imported_is_said() -> None:
    with pytest.raises(MissingError, match="no_such_module can't be imported: ModuleNotFoundError"):
        Guard(choose("auto"), ("no_such_module",))


def test_the_plain_guard_of_other_systems_gives_the_same_answers(tmp_path: Path) -> None:
    programs = {
        "print(6 * 7)": Outcome("", 0, "42\n", ""),
        "while True: pass": Outcome("time", -9, "", ""),
        "while True: print('x' * 999)": Outcome("output", -9, "", ""),
    }
    asked = [{"folder": str(tmp_path / "disk"), "reads": [], "modules": [], "package": str(package())}]
    asked[0]["reads"] = [sys.prefix, sys.base_prefix]
    asked += [{"command": [], "text": text, "seconds": 2} for text in [*programs, "print(open('/etc/passwd').read())"]]
    import json

    done = subprocess.run(
        [sys.executable, "-c", "from ft_cards.source.fence.plain import main; main()"],
        input="".join(json.dumps(each) + "\n" for each in asked).encode(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    ready, *answers, last = (json.loads(line) for line in done.stdout.splitlines())
    assert ready == {"missing": ""}
    shown = [(each["stopped"], each["code"], each["out"].replace("x", "").strip()) for each in answers]
    assert shown == [("", 0, "42"), ("time", -9, ""), ("output", -9, "")]
    assert "PermissionError: open is not allowed" in last["err"]
    assert not (tmp_path / "disk").exists()
