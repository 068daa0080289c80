"""The documentation: nothing is left out, every example is true, every link leads somewhere.

With UPDATE_DOCS=1 the console blocks are written anew from what the commands print; read the difference.
"""

import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest

from ft_cards.cache import Cache
from ft_cards.cli import COMMANDS, cli
from ft_cards.compile import open_projects
from ft_cards.render.contract import keys_of
from ft_cards.source.files import DeckFile, Defaults, ProjectFile
from ft_cards.source.kinds import KINDS
from ft_cards.source.kinds.choice import Distractor
from ft_cards.source.kinds.code import Blank, Verify
from ft_cards.source.kinds.common import Card, Strict
from ft_cards.source.problems import CODES

from .docs_pages import (
    LONE_CARD,
    ROOT,
    Block,
    Shell,
    blocks,
    listed,
    page,
    play,
    renewed,
    section,
    without_fences,
)

SRC = ROOT / "src" / "ft_cards"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "decks").glob("*.md")])

_BESIDE = re.compile(r"There is a file `([^`]+)`")
_CODE = re.compile(r"^\S.*?: (?:error|warning): .* \(([a-z0-9-]+)\)$", re.MULTILINE)


@pytest.fixture(autouse=True)
def _greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the days of the pages be days in UTC."""
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def keys(model: type[Strict], but: Iterable[str] = ()) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()} - set(but)


@pytest.mark.parametrize("name", ["README.md", "docs/cli.md", "docs/anki.md"])
def test_console_blocks_print_what_is_shown(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page(name)
    sessions = list(play(text, Shell(tmp_path, monkeypatch)))
    if os.environ.get("UPDATE_DOCS"):
        (ROOT / name).write_text(renewed(text, sessions), encoding="utf-8", newline="\n")
    else:
        assert sessions
        for shown, printed in sessions:
            assert printed == shown


def examples(name: str) -> list[Block]:
    return [block for block in blocks(page(name)) if block.language == "yaml"]


@pytest.mark.parametrize("name", ["README.md", "docs/deck-format.md"])
def test_every_example_of_a_deck_checks_clean(name: str, tmp_path: Path) -> None:
    found = {}
    for number, block in enumerate(examples(name)):
        shell_folder = tmp_path / str(number)
        (shell_folder / "media").mkdir(parents=True)
        (shell_folder / "media" / "loss.png").write_bytes(b"")
        (shell_folder / "media" / "greeting.mp3").write_bytes(b"")
        project = block.text.startswith(("namespace:", "# ft-cards.yaml"))
        path = shell_folder / ("ft-cards.yaml" if project else "deck.yaml")
        path.write_text(block.file, encoding="utf-8")
        opened, loose = open_projects([path], shell_folder, Cache(None))
        problems = [*loose, *(problem for each in opened for problem in each.problems)]
        found[block.text] = [each for each in problems if not (project and each.code == "no-decks")]
    assert found
    assert {text: problems for text, problems in found.items() if problems} == {}


def test_every_kind_has_an_example() -> None:
    shown = {kind for block in examples("docs/deck-format.md") for kind in re.findall(r"kind: (\w+)", block.text)}
    assert shown == set(KINDS)


def test_every_key_is_documented() -> None:
    text = page("docs/deck-format.md")
    common = keys(Card) | {"kind"}
    expected = {
        "The project file": keys(ProjectFile),
        "The deck file": keys(DeckFile),
        "Defaults": keys(Defaults),
        "Keys of every card": common,
        **{kind: keys(model, common) for kind, model in KINDS.items()},
        "Distractors": keys(Distractor),
        "Blanks": keys(Blank),
        "Proof of a program": keys(Verify),
    }
    tables = {title: listed(section(text, title)) for title in expected}
    assert {title: sorted(found) for title, found in tables.items()} == {
        title: sorted(wanted) for title, wanted in expected.items()
    }


def test_every_command_and_option_is_documented() -> None:
    text = page("docs/cli.md")
    context = click.Context(cli)
    options = {name: _parameters(cli.get_command(context, name)) for name in COMMANDS}
    assert {name: sorted(listed(section(text, f"ft-cards {name}"))) for name in COMMANDS} == {
        name: sorted(each) for name, each in options.items()
    }
    assert sorted(listed(section(text, "ft-cards"))) == ["--help", "--version"]


def _parameters(command: click.Command | None) -> list[str]:
    assert command is not None
    return [
        (each.metavar or each.name or "").upper() if isinstance(each, click.Argument) else each.opts[-1]
        for each in command.params
    ]


def test_every_environment_variable_is_documented() -> None:
    text = page("docs/cli.md")
    named = {
        name
        for path in SRC.rglob("*.py")
        for name in re.findall(r'environ(?:ment)?(?:\.get)?[(\[]"([A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(listed(section(text, "Environment variables")))


def test_every_problem_code_has_its_section_and_no_other_has() -> None:
    headings = re.findall(r"^### (\S+)$", page("docs/problems.md"), re.MULTILINE)
    assert headings == list(CODES)


def _as_bytes(code: str, text: str) -> bytes:
    """Return an example as the bytes that a page of Markdown can't hold."""
    if code == "not-utf8":
        return text.encode("latin-1")
    if code == "byte-order-mark":
        return text.encode("utf-8-sig")
    return text.replace("[U+2028]", "\u2028").encode()


def _spoil(code: str, path: Path) -> None:
    """Do to the first file of a wrong example what its text says."""
    if code == "file-too-large":
        os.truncate(path, 64 * 1024**2 + 1)
    elif code == "file-unreadable":  # root may read everything, so a link to itself stands in for a forbidden file
        path.unlink()
        path.symlink_to(path.name)


def _codes(code: str, text: str, shell: Shell, *, wrong: bool) -> set[str]:
    for name in _BESIDE.findall(text):
        shell.write(name, "")
    found = list(blocks(text))
    files = [
        shell.write(each.name or "deck.yaml", _as_bytes(code, each.file) if wrong else each.file)
        for each in found
        if each.is_file
    ]
    if wrong:
        _spoil(code, files[0])
    sessions = [each.text for each in found if each.language == "console"]
    for shown in sessions:
        assert shell.replay(shown) == shown
    if sessions:
        return set(_CODE.findall("".join(sessions)))
    project = (shell.folder / "ft-cards.yaml").is_file()
    named = [] if project else [path for path in files if path.suffix == ".yaml"]
    opened, loose = open_projects(named, shell.folder, Cache(None))
    return {problem.code for problem in [*loose, *(each for project in opened for each in project.problems)]}


@pytest.mark.parametrize("code", CODES)
def test_wrong_examples_have_their_problem_and_right_ones_none(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if code == "file-unreadable" and sys.platform == "win32":
        pytest.skip("a link needs rights on Windows")
    intro, wrong, right = re.split(r"^\*\*(?:Wrong|Right)\*\*", section(page("docs/problems.md"), code), flags=re.M)
    assert len(intro.split()) > 10
    if os.environ.get("UPDATE_DOCS"):
        _update_problems(tmp_path, monkeypatch, code, wrong, right)
        return
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    assert _codes(code, wrong, Shell(tmp_path / "wrong", monkeypatch), wrong=True) == {code}
    assert _codes(code, right, Shell(tmp_path / "right", monkeypatch), wrong=False) == set()


def _update_problems(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str, *parts: str) -> None:
    path = ROOT / "docs" / "problems.md"
    for number, part in enumerate(parts):
        (folder / str(number)).mkdir()
        new = renewed(part, list(play(part, Shell(folder / str(number), monkeypatch))))
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole.replace(part, new, 1), encoding="utf-8", newline="\n")


def _anchor(title: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    text = re.sub(r"(`+)[^`].*?\1(?!`)(?!\])", "", without_fences(path.read_text(encoding="utf-8")))
    lost = []
    for target in re.findall(r'(?:\]\(|\b(?:src|srcset|href)=")([^)"\s]+)', text):
        file, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        there = (path.parent / file).resolve() if file else path
        if not there.exists():
            lost.append(target)
        elif anchor and there.suffix == ".md":
            titles = re.findall(r"^#+ (.+)$", without_fences(there.read_text(encoding="utf-8")), re.MULTILINE)
            if anchor not in map(_anchor, titles):
                lost.append(target)
    assert lost == []


def test_the_form_for_programs_is_as_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell(tmp_path, monkeypatch)
    shell.write("deck.yaml", LONE_CARD + "  - {id: one, kind: recall, question: Who?}\n")
    told = json.loads(shell.run("ft-cards check --format json deck.yaml"))
    text = section(page("docs/cli.md"), "The form for programs")
    assert sorted(listed(text)) == sorted({*told, *told["problems"][0]})


def test_rows_of_the_history_are_as_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell(tmp_path, monkeypatch)
    shell.write("deck.yaml", LONE_CARD + "  - {id: one, kind: recall, question: Who?, answer: You.}\n")
    shell.run("printf '\\n3\\n' | ft-cards review deck.yaml")
    row = json.loads(shell.run("ft-cards history --json --from deck.yaml"))
    assert listed(section(page("docs/cli.md"), "Rows of the history")) == list(row)


def test_the_decks_are_as_the_readme_lists_them() -> None:
    (project,), problems = open_projects([], ROOT, Cache(None))
    notes = {
        (deck.name.rpartition("::")[2], source.path.relative_to(ROOT).as_posix()): sum(
            len(keys_of(card)) for card in deck.cards
        )
        for source, deck in project.decks()
    }
    text = page("README.md")
    rows = re.findall(r"^\| \[([^]]+)\]\((\S+)\) \| (\d+) \|", text, re.MULTILINE)
    assert problems == []
    assert {(name, path): int(number) for name, path, number in rows} == notes
    assert f"with {sum(notes.values())} notes" in text
