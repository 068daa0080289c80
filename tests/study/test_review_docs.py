"""The pages for learners: every command, option, setting and key is there, and the session shown is a real one."""

import re
from pathlib import Path

from ft_cards.memory.records import UtcMillis
from ft_cards.memory.store import Store
from ft_cards.study.config import OPTIONS, value_of
from ft_cards.study.config_text import toml_value
from ft_cards.study.messages import Command
from ft_cards.study.plain import run
from ft_cards.study.settings import Settings
from tests.docs_pages import page, section
from tests.study.desks import TODAY, Clock, Room


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
