"""Each problem code has a folder in cases/problems: wrong files, and the whole report about them.

`UPDATE_CASES=1 pytest tests/source/test_problem_cases.py` writes the reports anew; read the difference then.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ft_cards.cli import cli
from ft_cards.source.problems import CODES
from ft_cards.source.text import LARGEST
from tests.builders import deck_text

CASES = Path(__file__).parent.parent / "cases" / "problems"


def _too_large(folder: Path) -> None:
    with (folder / "deck.yaml").open("wb") as file:
        file.truncate(LARGEST + 1024 * 1024)


def _in_circles(folder: Path) -> None:
    try:
        (folder / "deck.yaml").symlink_to("deck.yaml")
    except OSError as error:
        pytest.skip(f"no symbolic links here: {error}")


MADE: dict[str, Callable[[Path], object]] = {
    "file-missing": lambda folder: (folder / "decks.yaml").write_text(deck_text(), encoding="utf-8"),
    "not-a-file": lambda folder: (folder / "decks" / "basics.yaml").mkdir(parents=True),
    "file-unreadable": _in_circles,
    "file-too-large": _too_large,
    "not-utf8": lambda folder: (folder / "deck.yaml").write_bytes(deck_text().encode("utf-16")),
}
"""Files that version control can't or should not hold."""

OPTIONS: dict[str, list[str]] = {
    "program-fails": ["--run"],
    "program-stopped": ["--run", "--timeout", "1"],
    "output-differs": ["--run"],
    "distractor-also-right": ["--run"],
    "proof-skipped": ["--run", "--require-all"],
}
"""What must be asked for, or nobody looks."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _set_up(code: str, folder: Path) -> list[str]:
    """Lay a case out in an empty folder; return the command that shows it."""
    shutil.copytree(CASES / code, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("report.txt"))
    if code in MADE:
        MADE[code](folder)
    if code == "lock-outdated":
        return ["build", "--locked"]
    paths = [] if (folder / "ft-cards.yaml").exists() else ["deck.yaml"]
    return ["check", *paths, *OPTIONS.get(code, [])]


def _run(arguments: list[str]) -> Result:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def _report(result: Result) -> str:
    """Return what was reported; with --run, the talk on standard error is another on each system."""
    return result.stdout if "fence: " in result.stderr or "skipped" in result.stderr else result.output


def test_every_code_has_a_case() -> None:
    assert sorted(folder.name for folder in CASES.iterdir()) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_report_is_the_one_of_the_case(code: str, project: Path) -> None:
    arguments = _set_up(code, project)
    result = _run(arguments)
    file = CASES / code / "report.txt"
    if os.environ.get("UPDATE_CASES"):
        file.write_bytes(_report(result).encode())
    report = file.read_bytes().decode()
    assert _report(result) == report
    assert f": {CODES[code]}: " in report
    assert f" ({code})\n" in report
    assert result.exit_code == (1 if ": error: " in report else 0)
    assert _report(_run(arguments)) == report, "the second time, from the cache"


@pytest.mark.parametrize("code", [code for code in CODES if code != "lock-outdated"])
def test_the_same_facts_stand_in_the_json(code: str, project: Path) -> None:
    arguments = _set_up(code, project)
    text = _report(_run(arguments))
    rows = json.loads(_report(_run([*arguments, "--format", "json"])))["problems"]
    heads, hints = [], []
    for row in rows:
        place = ":".join(str(row[key]) for key in ("path", "line", "column") if row[key])
        heads.append(f"{place}: {row['level']}: {row['message']} ({row['code']})")
        hints += [f"   hint: {row['hint']}"] if row["hint"] else []
    lines = text.splitlines()
    assert [line for line in lines if line in heads] == heads
    assert [line for line in lines if line.startswith("   hint: ")] == hints


@pytest.mark.parametrize("code", [code for code, level in CODES.items() if level == "warning"])
def test_strict_takes_a_warning_for_an_error(code: str, project: Path) -> None:
    result = _run([*_set_up(code, project), "--strict"])
    assert result.exit_code == 1
    assert ": warning: " not in result.output
