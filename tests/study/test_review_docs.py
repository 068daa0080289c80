"""The pages for learners: every command, option, setting and key is there, and the session shown is a real one."""

import re
from pathlib import Path

import click

from ft_cards.cli import cli
from ft_cards.memory.records import UtcMillis
from ft_cards.memory.store import Store
from ft_cards.study.config import OPTIONS, value_of
from ft_cards.study.config_text import toml_value
from ft_cards.study.messages import Command
from ft_cards.study.plain import run
from ft_cards.study.settings import Settings
from tests.docs_pages import listed, page, section
from tests.study.desks import TODAY, Clock, Room

LEARNERS = (
    "review",
    "decks",
    "due",
    "history",
    "card",
    "suspend",
    "bury",
    "reset",
    "set-due",
    "backup",
    "restore",
    "config",
)


def test_every_command_and_option_is_documented() -> None:
    text = page("docs/cli-review.md")
    context = click.Context(cli)
    expected = {}
    for name in LEARNERS:
        command = cli.get_command(context, name)
        assert command is not None
        expected[name] = sorted(
            (each.metavar or each.name or "").upper() if isinstance(each, click.Argument) else each.opts[-1]
            for each in command.params
        )
    found = {name: sorted(set(listed(section(text, f"ft-cards {name}")))) for name in LEARNERS}
    keys = {"card", "blank", "at", "study_day", "grade", "duration_ms", "state", "stability", "difficulty", "due"}
    found["history"] = [each for each in found["history"] if each not in keys]
    assert found == expected


def test_every_setting_is_documented_with_its_default() -> None:
    table = section(page("docs/review.md"), "Settings")
    rows = dict(re.findall(r"^\| `([^`]+)` \| `?([^|]+?)`? \|", table, re.MULTILINE))
    defaults = {name: toml_value(option.as_toml(value_of(Settings(), name))) for name, option in OPTIONS.items()}
    assert rows == defaults | {"weights": "those of FSRS-6"}
    deck = dict(re.findall(r"^\| `([^`]+)` .* \| (yes|no) \|$", table, re.MULTILINE))
    assert deck == {name: "yes" if option.per_deck else "no" for name, option in OPTIONS.items()}


def test_every_key_is_documented() -> None:
    assert set(Command) <= set(re.findall(r"`(.)`", section(page("docs/review.md"), "Keys")))


def test_the_session_shown_is_what_a_session_writes(tmp_path: Path) -> None:
    text = section(page("docs/review.md"), "A session")
    deck, shown = (re.findall(rf"```{name}\n(.*?)```", text, re.DOTALL)[0] for name in ("yaml", "text"))
    (tmp_path / "deck.yaml").write_text(deck)
    typed = re.findall(r"^>(?: (.*))?$", shown, re.MULTILINE)
    written: list[str] = []

    def lines() -> object:
        for line in typed:
            written.append(f"> {line}".rstrip() + "\n")
            yield line

    with Store(tmp_path / "reviews.sqlite3", TODAY) as store:
        room = Room(store, tmp_path / "deck.yaml", Clock(UtcMillis(1_777_636_800_000)))
        run(room.desk(), lines(), written.append)  # type: ignore[arg-type]
    assert "".join(written).lstrip("\n").startswith(shown)
