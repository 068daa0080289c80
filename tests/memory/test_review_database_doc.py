import re
import sqlite3
from contextlib import closing
from pathlib import Path

from memory_builders import moment, rows

from ft_cards.memory.errors import _BY_CODE
from ft_cards.memory.migrations import APPLICATION_ID
from ft_cards.memory.parameters import Parameters
from ft_cards.memory.records import EventKind
from ft_cards.memory.store import Store

PAGE = (Path(__file__).parents[2] / "docs" / "review-database.md").read_text(encoding="utf-8")


def test_every_table_and_column_is_documented_in_order(tmp_path):
    path = tmp_path / "reviews.sqlite3"
    Store(path, moment().day).close()
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    stored = {table: [row[1] for row in rows(path, f"PRAGMA table_info({table})")] for table in tables}
    sections = re.split(r"^### `(\w+)`$", PAGE.split("## What happens when")[0], flags=re.MULTILINE)[1:]
    documented = {
        table: re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
        for table, text in zip(sections[::2], sections[1::2], strict=True)
    }
    assert documented == stored


def test_every_kind_of_event_and_every_parameter_is_documented():
    events = PAGE.split("### `events`")[1].split("### `memories`")[0]
    assert all(f"`{kind}`" in events for kind in EventKind)
    parameters = PAGE.split("### `parameters`")[1].split("### `reviews`")[0]
    assert all(f"`{name}`" in parameters for name in Parameters.__slots__)


def test_every_refusal_is_documented():
    table = PAGE.split("## When it is refused")[1]
    words = [cell.strip() for row in re.findall(r"^\| (.+?) \|", table, flags=re.MULTILINE) for cell in row.split(",")]
    messages = {message for _, message in _BY_CODE.values()}
    for message in messages - {_BY_CODE[sqlite3.SQLITE_CANTOPEN][1]}:
        assert any(word in message for word in words), message
    assert f"0x{APPLICATION_ID:x}" in PAGE
