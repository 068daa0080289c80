"""Deck files with real mistakes: each says in its first line which lines the report must point at."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from ft_cards.cli import cli

BROKEN = Path(__file__).parent.parent / "cases" / "broken"
FILES = sorted(path.name for path in BROKEN.glob("*.yaml"))


def _expected(name: str) -> list[int]:
    first = (BROKEN / name).read_bytes().partition(b"\n")[0].decode("utf-8-sig", errors="replace")
    if said := re.match(r"# lines? ([\d, ]+)", first):
        return [int(line) for line in said.group(1).split(",")]
    table = (BROKEN / "lines.txt").read_text(encoding="utf-8").splitlines()
    return [int(row.split()[1]) for row in table if row.startswith(f"{name} ")]


def test_the_mistakes_are_many() -> None:
    assert len(FILES) >= 60
    assert not [name for name in FILES if not _expected(name)]


@pytest.mark.parametrize("name", FILES)
def test_the_report_points_at_the_right_lines(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BROKEN)
    result = CliRunner().invoke(cli, ["check", name])
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1
    heads = re.findall(rf"^{re.escape(name)}(?::(\d+):\d+)?: error: .+ \([a-z0-9-]+\)$", result.output, re.MULTILINE)
    assert [int(line or 0) for line in heads] == _expected(name), result.output
