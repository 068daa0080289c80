"""The commands for learners, as they are called."""

import json
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ft_cards.cli import cli
from ft_cards.memory.store import Store
from tests.builders import card_text
from tests.study.desks import TODAY, write

TWO = (card_text("recall", "one", question="One?"), card_text("code", "step", blanks=["loss", "backward"]))


@pytest.fixture
def shell(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """Runs commands in a folder with a lone deck, at noon on 2026-05-01 UTC."""
    monkeypatch.setenv("FT_CARDS_STORE", str(here / "data" / "reviews.sqlite3"))
    monkeypatch.setenv("FT_CARDS_CONFIG", str(here / "config.toml"))
    monkeypatch.setenv("FT_CARDS_NOW", "2026-05-01T12:00:00Z")
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    write(here, *TWO)

    def run(*arguments: str, input: str = "") -> Result:
        result = CliRunner().invoke(cli, list(arguments), input=input, prog_name="ft-cards")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    yield run
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def answered(shell: Callable[..., Result]) -> None:
    """Answer the first card Easy and the second Good."""
    assert shell("review", "sample.yaml", input="\n4\nloss\n\n").exit_code == 0


def test_review_reads_lines_where_there_is_no_terminal(shell: Callable[..., Result]) -> None:
    result = shell("review", "sample.yaml", input="\n4\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "saved: one Easy, back in" in result.stdout
    assert result.stdout.endswith("still to do today: 1 card\ntomorrow: 0 reviews and 1 new\n")


ROWS = [
    ("one", None, "2026-05-01T12:00:00.000Z", TODAY, 4, 0, "new", 8.2956, 1.0),
    ("step", 1, "2026-05-01T12:00:00.000Z", TODAY, 3, 0, "new", 2.3065, 2.118103970459016),
]
KEYS = ["card", "blank", "at", "study_day", "grade", "duration_ms", "state", "stability", "difficulty", "due"]


def test_history_rows_are_as_documented(shell: Callable[..., Result], here: Path) -> None:
    answered(shell)
    rows = [json.loads(line) for line in shell("history", "--json").stdout.splitlines()]
    assert [list(row) for row in rows] == [KEYS, KEYS]
    assert [tuple(row.values())[:-1] for row in rows] == ROWS
    with Store(here / "data" / "reviews.sqlite3", TODAY) as store:
        easy = next(action for action in store.actions() if action.grade == 4)  # type: ignore[union-attr]
    days = easy.interval or 0  # type: ignore[union-attr]
    assert [row["due"] for row in rows] == [f"2026-05-{1 + days:02}T04:00:00.000Z", "2026-05-01T12:10:00.000Z"]
    table = shell("history", "--csv").stdout.splitlines()
    assert table[0] == ",".join(KEYS)
    assert table[2] == "step,1,2026-05-01T12:00:00.000Z,9617,3,0,new,2.3065,2.118103970459016,2026-05-01T12:10:00.000Z"
    assert shell("history", "--json", "--card", "step:2", "--from", "sample.yaml").stdout == ""
    assert len(shell("history", "--json", "--card", "step", "--from", "sample.yaml").stdout.splitlines()) == 1


def test_history_for_people_and_its_rebuild(shell: Callable[..., Result]) -> None:
    assert shell("history").stdout == "no answers yet\n"
    answered(shell)
    lines = shell("history").stdout.splitlines()
    assert lines[1] == "2026-05-01  Good       0 s  step:1, in its steps"
    assert shell("history", "rebuild").stdout == "2 cards counted again; all were as their answers say\n"


def test_history_names_cards_whose_deck_is_gone(shell: Callable[..., Result], here: Path) -> None:
    answered(shell)
    (here / "sample.yaml").unlink()
    rows = [json.loads(line) for line in shell("history", "--json").stdout.splitlines()]
    assert [(row["card"], row["blank"]) for row in rows] == [("one", None), ("step", 1)]


def test_decks_and_due(shell: Callable[..., Result]) -> None:
    answered(shell)
    assert shell("decks", "sample.yaml").stdout == (
        "deck      new learning   due  name\nsample      1        1     0  Sample\n"
    )
    row = {"deck": "sample", "name": "Sample", "cards": 3, "new": 1, "learning": 1, "due": 0}
    assert [json.loads(line) for line in shell("decks", "--json", "sample.yaml").stdout.splitlines()] == [row]
    due = shell("due", "--json", "sample.yaml")
    told = json.loads(due.stdout)
    assert (due.exit_code, told["today"], told["next_step_at"]) == (0, {"new": 0, "learning": 1, "due": 0}, None)
    assert told["days"][0] == {"study_day": TODAY, "date": "2026-05-01", "due": 1}
    assert (len(told["days"]), sum(day["due"] for day in told["days"])) == (30, 2)


def test_due_says_by_its_exit_code_whether_there_is_anything(shell: Callable[..., Result], here: Path) -> None:
    write(here, card_text("recall", "one"))
    assert (shell("due", "sample.yaml").exit_code, shell("due", "sample.yaml").stdout) == (
        0,
        "today: 1 new, 0 learning, 0 due\nnothing comes back in the next 30 days\n",
    )
    shell("review", "sample.yaml", input="\n4\n")
    result = shell("due", "sample.yaml")
    assert result.exit_code == 1
    assert result.stdout.startswith("today: 0 new, 0 learning, 0 due\n2026-05-")


def test_card_tells_all(shell: Callable[..., Result], here: Path) -> None:
    answered(shell)
    assert shell("card", "step", "--from", "sample.yaml").stdout.splitlines() == [
        "card step:1 in Sample, sample.yaml line 8",
        "state: learning; due: in its steps; last answered: today",
        "stability 2.3 days, difficulty 2.1 of 10, chance of recall 100 %",
        "answers: 1, lapses: 0",
        "  2026-05-01  Good after 0 s",
        "",
        "card step:2 in Sample, sample.yaml line 8",
        "state: new",
        "answers: 0, lapses: 0",
    ]
    told = json.loads(shell("card", "step:1", "--json", "--from", "sample.yaml").stdout)
    assert told.pop("history") == [json.loads(shell("history", "--json").stdout.splitlines()[1])]
    assert told == {
        "card": "step", "blank": 1, "kind": "code", "level": None, "tags": [], "deck": "sample",
        "path": str(here / "sample.yaml"), "line": 8, "state": "learning", "stability": 2.3065,
        "difficulty": 2.118103970459016, "recall": 1.0, "due": "2026-05-01T12:10:00.000Z", "reviews": 1, "lapses": 0,
        "leech": False, "suspended": False, "buried_until": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "would", "does", "again"),
    [
        (("suspend",), "would be suspended", "suspended", "as it is"),
        (("bury",), "would be left out until tomorrow", "left out until tomorrow", "as it is"),
        (("reset",), "would be new again", "new again", "as it is"),
    ],
)
def test_what_is_done_by_hand(
    shell: Callable[..., Result], arguments: tuple[str, ...], would: str, does: str, again: str
) -> None:
    answered(shell)
    call = (*arguments, "step:1", "--from", "sample.yaml")
    assert [shell(*call, "--dry-run").stdout, shell(*call).stdout, shell(*call).stdout] == [
        f"step:1: {words}\n" for words in (would, does, again)
    ]


def test_suspending_and_burying_can_be_taken_back(shell: Callable[..., Result]) -> None:
    for command in ("suspend", "bury"):
        assert shell(command, "one", "--undo", "--from", "sample.yaml").stdout == "one: as it is\n"
        shell(command, "one", "--from", "sample.yaml")
        assert shell(command, "one", "--undo", "--from", "sample.yaml").stdout == "one: shown again\n"


def test_set_due(shell: Callable[..., Result]) -> None:
    for when, day in (("3", "2026-05-04"), ("tomorrow", "2026-05-02"), ("2026-05-20", "2026-05-20")):
        assert shell("set-due", "step", when, "--from", "sample.yaml", "--dry-run").stdout == (
            f"step:1: would be due on {day}\nstep:2: would be due on {day}\n"
        )
    assert shell("set-due", "step", "3", "--from", "sample.yaml").exit_code == 0
    assert json.loads(shell("due", "--json", "sample.yaml").stdout)["days"][3]["due"] == 2
    for when, message in (("soon", '"soon" is no day'), ("2026-04-30", "2026-04-30 is over")):
        result = shell("set-due", "step", when, "--from", "sample.yaml")
        assert result.exit_code == 2
        assert message in result.stderr


def test_backup_and_restore(shell: Callable[..., Result], here: Path) -> None:
    shell("review", "sample.yaml", input="\n4\n")
    copy = shell("backup").stdout.strip()
    assert copy == str(here / "data" / "reviews-backups" / "reviews-2026-05-01-120000.sqlite3")
    shell("review", "sample.yaml", input="\n3\n")
    assert len(shell("history", "--json").stdout.splitlines()) == 2
    assert copy in shell("restore").stdout.splitlines()
    store = here / "data" / "reviews.sqlite3"
    assert shell("restore", Path(copy).name, "--dry-run").stdout == f"{store} would hold 1 answer of {copy}\n"
    assert shell("restore", copy).stdout == (
        f"{store} holds 1 answer of {copy}\n"
        f"what was there before is kept in {copy.replace('.sqlite3', '-before-restore.sqlite3')}\n"
    )
    assert len(shell("history", "--json").stdout.splitlines()) == 1
    assert shell("history", "rebuild").stdout == "1 card counted again; all were as their answers say\n"


def test_a_damaged_store_is_refused_and_can_be_restored(shell: Callable[..., Result], here: Path) -> None:
    answered(shell)
    copy = shell("backup", "copy.sqlite3").stdout.strip()
    store = here / "data" / "reviews.sqlite3"
    for suffix in ("-wal", "-shm"):
        store.with_name(store.name + suffix).unlink(missing_ok=True)
    store.write_bytes(b"not a database, but a text of some length" * 100)
    result = shell("review", "sample.yaml", input="\n4\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{store} is not a review database and was left as it is" in result.stderr
    assert shell("restore", copy).exit_code == 0
    assert len(shell("history", "--json").stdout.splitlines()) == 2


def test_what_is_no_backup_is_refused(shell: Callable[..., Result], here: Path) -> None:
    (here / "x.sqlite3").write_text("nothing of the sort, at some length to be sure of it")
    result = shell("restore", "x.sqlite3")
    assert (result.exit_code, result.stderr) == (
        1, "Error: x.sqlite3 is not a review database and was left as it is; name another file\n",
    )  # fmt: skip
    assert "there is no backup" in shell("restore", "y.sqlite3").stderr


def test_config(shell: Callable[..., Result], here: Path) -> None:
    shown = shell("config").stdout.splitlines()
    assert shown[0] == "new-per-day      = 20"
    assert shown[-1] == f"{here / 'config.toml'} (not there: these are the defaults)"
    assert shell("config", "fuzz").stdout == (
        "fuzz = true\n\nSpread intervals a little, so that cards learnt together part.\nDefault: true\n"
    )
    assert shell("config", "retention", "0.92").stdout == "retention = 0.92  (set by you)\n"
    assert shell("config", "learning-steps", "5m", "--deck", "sample").exit_code == 0
    text = '[review]\nretention = 0.92\n\n[decks.sample]\nlearning-steps = ["5 min"]\n'
    assert (here / "config.toml").read_text() == text
    assert "back in 5 min" in shell("review", "sample.yaml", input="\n1\n").stdout
    assert shell("config", "retention", "--unset").stdout == "retention = 0.9\n"
    result = shell("config", "retention", "2")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2, "Error: retention: a number from 0.70 to 0.99 is wanted",
    )  # fmt: skip
    assert 'there is no setting "fuz"; did you mean "fuzz"?' in shell("config", "fuz").stderr
    assert shell("config", "--path").stdout == f"{here / 'config.toml'}\n"


def test_a_mistake_in_the_settings_ends_every_command_with_its_line(shell: Callable[..., Result], here: Path) -> None:
    (here / "config.toml").write_text("[review]\nretention = 2\n")
    result = shell("review", "sample.yaml")
    message = f"Error: {here / 'config.toml'}:2: retention: a number from 0.70 to 0.99 is wanted\n"
    assert (result.exit_code, result.stderr) == (1, message)


def test_a_wrong_name_is_an_error_that_says_what_there_is(shell: Callable[..., Result]) -> None:
    result = shell("review", "sample.yaml", "--deck", "foo")
    assert result.exit_code == 2
    assert result.stderr.endswith('Error: there is no deck "foo"; there is sample (Sample)\n')
    assert 'there is no card "on"; did you mean one?' in shell("card", "on", "--from", "sample.yaml").stderr
    assert shell("review", "nothing.yaml").exit_code == 2


def test_new_and_limit_and_cram(shell: Callable[..., Result]) -> None:
    answered(shell)
    assert "step:2" in shell("review", "sample.yaml", "--new", "--cram", input="\n").stdout
    assert shell("review", "sample.yaml", "--cram", "--limit", "1", input="\n3\n\n").stdout.count("noted:") == 1
    assert len(shell("history", "--json").stdout.splitlines()) == 2
    shell("review", "sample.yaml", "--cram", "--new", input="\n\n\n\n")
    for _ in range(3):
        shell("set-due", "step:2", "today", "--from", "sample.yaml")
    result = shell("review", "sample.yaml", "--new")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        2, "Error: none of these cards is new; leave --new out",
    )  # fmt: skip


def test_without_a_project_the_decks_that_come_with_it_are_studied(shell: Callable[..., Result], here: Path) -> None:
    (here / "sample.yaml").unlink()
    assert "ft-foundations" in shell("decks").stdout


def test_a_deck_with_errors_is_named_and_the_rest_is_studied(shell: Callable[..., Result], here: Path) -> None:
    (here / "bad.yaml").write_text("deck: Bad\nid: bad\ncards: [{id: x, kind: nothing}]\n")
    result = shell("review", "sample.yaml", "bad.yaml")
    assert "bad.yaml is left out: it has errors, `ft-cards check` names them\n" in result.stderr
    assert "--- one (recall) ---" in result.stdout


def test_a_store_of_a_newer_version_is_refused(shell: Callable[..., Result], here: Path) -> None:
    answered(shell)
    with sqlite3.connect(here / "data" / "reviews.sqlite3") as future:
        future.execute("PRAGMA user_version = 99")
    future.close()
    for command in (("review", "sample.yaml"), ("due", "sample.yaml"), ("history",), ("backup",)):
        result = shell(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "has version 99" in result.stderr


def test_a_locked_store_is_said_and_loses_nothing(
    shell: Callable[..., Result], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ft_cards.memory.store as module

    answered(shell)
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(module.Store.__init__, "__kwdefaults__", {"busy": 0.05})
    other = sqlite3.connect(here / "data" / "reviews.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    result = shell("review", "sample.yaml", input="\n4\n")
    assert result.exit_code == 1
    assert "is in use by another program; close that one and try again" in result.stderr
    other.execute("ROLLBACK")
    other.close()
    assert len(shell("history", "--json").stdout.splitlines()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")
def test_a_store_that_may_not_be_written_is_said(shell: Callable[..., Result], here: Path) -> None:
    import os

    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    answered(shell)
    (here / "data").chmod(stat.S_IRUSR | stat.S_IXUSR)
    (here / "data" / "reviews.sqlite3").chmod(stat.S_IRUSR)
    result = shell("review", "sample.yaml")
    (here / "data").chmod(stat.S_IRWXU)
    assert (result.exit_code, "give yourself write permission" in result.stderr) == (1, True)
