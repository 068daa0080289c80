"""The fences that take root's rights off, where the checkout or its Python lies in a folder that only root may read.

There none of them stands, and the next kind must be taken. So their tests run once more, from a copy that all may
read, with a Python that all may start.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "linux" or os.geteuid() != 0:
    pytest.skip("only root takes off its rights", allow_module_level=True)

from ft_cards.source.fence.outside import choose
from ft_cards.source.fence.sight import package
from tests.builders import card_text, deck_text
from tests.proof.test_fence import starts_for_nobody

ROOT = Path(__file__).parents[2]
VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
PYTHONS = [sys._base_executable, *(f"{folder}/{VERSION}" for folder in ("/usr/local/bin", "/usr/bin"))]  # type: ignore[attr-defined]
PYTHON = next((python for python in PYTHONS if starts_for_nobody(python, "/")), None)
pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(PYTHON is None, reason=f"there is no {VERSION} here that all may start"),
]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that all may read, with the package and its tests."""
    folder = Path(tempfile.mkdtemp(prefix="ft-cards-open-", dir="/tmp"))
    left_out = shutil.ignore_patterns("__pycache__", "cases")
    for name, source in {"src/ft_cards": package() / "ft_cards", "tests": ROOT / "tests"}.items():
        shutil.copytree(source, folder / name, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", folder)
    subprocess.run(["chmod", "-R", "a+rX", str(folder)], check=True)
    yield folder
    shutil.rmtree(folder)


def run(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run that package as root, with the libraries of this Python."""
    paths = [str(place / "src"), *dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "TMPDIR": "/tmp", "FT_CARDS_CACHE": ""}
    command = [str(PYTHON), *arguments]
    return subprocess.run(
        command, cwd=place, env=env, capture_output=True, encoding="utf-8", timeout=900, check=False
    )  # fmt: skip


def test_programs_run_as_nobody_where_nobody_may_read_them(place: Path) -> None:
    card = card_text("choice", code="import os\nprint(os.getuid())", answer="65534", distractors=["0"], verify="run")
    (place / "deck.yaml").write_text(deck_text(card), encoding="utf-8")
    command = ("-m", "ft_cards", "check", "--run", "deck.yaml", "--fence", "strict")
    done = run(place, *command)
    assert done.stdout == "proof: 1 card proven by 1 run\n1 deck, 1 note, 1 card: no problems\n", done.stderr
    (place / "src").chmod(0o700)
    done = run(place, *command)
    assert 'the program prints "0", and the card says "65534"' in done.stdout, "behind the next fence, as root"
    assert re.search("^fence: .*[^t]$", done.stderr, re.MULTILINE), done.stderr


@pytest.mark.skipif(starts_for_nobody(sys.executable, package()), reason="its tests run without a copy here")
def test_each_fence_of_another_user_stops_each_attack(place: Path) -> None:
    done = run(place, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/proof/test_fence.py", "-k", "65534")
    assert re.search(r"^\d+ passed, \d+ deselected in .*$", done.stdout, re.MULTILINE), done.stdout
    assert "skipped" not in done.stdout
    assert choose("strict").user is None, "here the next kind is taken"
