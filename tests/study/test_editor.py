"""The editor's command line."""

import sys
from pathlib import Path

import pytest

from ft_cards.study.editor import command, edit

DECK = Path("deck.yaml")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"EDITOR": "vim"}, ["vim", "+7", "deck.yaml"]),
        ({"EDITOR": "nano", "VISUAL": "/usr/bin/nvim -R"}, ["/usr/bin/nvim", "-R", "+7", "deck.yaml"]),
        ({"EDITOR": "code"}, ["code", "--wait", "--goto", "deck.yaml:7"]),
        ({"EDITOR": "code -w"}, ["code", "-w", "--goto", "deck.yaml:7"]),
        ({"EDITOR": "hx"}, ["hx", "deck.yaml:7"]),
        ({"EDITOR": "ed"}, ["ed", "deck.yaml"]),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="paths of Unix")
def test_the_line_is_passed_as_the_editor_wants_it(environment: dict[str, str], expected: list[str]) -> None:
    assert command(DECK, 7, environment) == expected


def test_without_a_choice_there_is_still_an_editor() -> None:
    assert command(DECK, 7, {})[0] in ("nano", "vi", "notepad")


def test_an_editor_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" -c "raise SystemExit(3)"')
    with pytest.raises(OSError, match="it ended with exit code 3"):
        edit(DECK, 1)
