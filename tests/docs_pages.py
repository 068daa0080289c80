"""Pages of the documentation → their parts: sections, tables, blocks, and sessions that can be run again."""

import re
import shlex
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from ft_cards.cli import cli

ROOT = Path(__file__).parent.parent

_FENCE = re.compile(r"(?:^[^\n]*`([\w./-]+)`:\n\n)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LONE_CARD = "deck: Example\nid: example\ncards:\n"


@dataclass(frozen=True)
class Block:
    """A fenced block: the file it is (the line above ends with "`decks/a.yaml`:"), its language, its text."""

    name: str
    language: str
    text: str

    @property
    def file(self) -> str:
        """The whole text of the file that it shows; a card alone stands for a deck around it."""
        return LONE_CARD + self.text if self.text.startswith("- id:") else self.text

    @property
    def is_file(self) -> bool:
        return self.language == "yaml" or (bool(self.name) and self.language in ("json", "text"))


def blocks(text: str) -> Iterator[Block]:
    for name, language, body in _FENCE.findall(text):
        yield Block(name, language, body)


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, title: str) -> str:
    """Return what stands between the heading `title` and the next one."""
    found = re.search(rf"^#+ {re.escape(title)}$", text, re.MULTILINE)
    assert found, f"there is no heading {title!r}"
    rest = text[found.end() :]
    end = re.search(r"^#+ ", without_fences(rest), re.MULTILINE)
    return rest[: end.start()] if end else rest


def without_fences(text: str) -> str:
    return _FENCE.sub(lambda found: " " * len(found.group()), text)


def listed(text: str) -> list[str]:
    """Return the code words in the first column of the tables in a text."""
    return re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)


class Shell:
    """Runs the `$ ft-cards …` lines of console blocks in a folder, with the real command line.

    A line may begin with `printf 'what is typed\\n' |`. The learner's home is a folder of its own, shown as
    /home/you, and the clock stands at noon on 2026-05-01 UTC.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.home = folder / ".home"
        self.monkeypatch = monkeypatch
        monkeypatch.setenv("FT_CARDS_CACHE", str(folder / ".cache"))
        monkeypatch.setenv("FT_CARDS_STORE", str(self.home / ".local" / "share" / "ft-cards" / "reviews.sqlite3"))
        monkeypatch.setenv("FT_CARDS_CONFIG", str(self.home / ".config" / "ft-cards" / "config.toml"))
        monkeypatch.setenv("FT_CARDS_NOW", "2026-05-01T12:00:00Z")
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.chdir(folder)

    def write(self, name: str, data: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def run(self, command: str) -> str:
        source, _, command = command.rpartition(" | ")
        program, *arguments = shlex.split(command)
        if program == "cd":
            self.folder = (self.folder / arguments[0]).resolve()
            self.monkeypatch.chdir(self.folder)
            return ""
        assert program == "ft-cards", f"a console block may only run ft-cards and cd, not {command!r}"
        result = CliRunner().invoke(cli, arguments, input=_printed(source), prog_name="ft-cards")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        said = result.stdout if "--run" in arguments else result.output  # which fence there is, is another everywhere
        output = said.replace("\\", "/") if sys.platform == "win32" else said
        output = output.replace(self.home.as_posix(), "/home/you")
        return "".join(f"{line.rstrip()}\n" for line in output.splitlines())

    def replay(self, text: str) -> str:
        """Run a console block; return it as it should stand: each command with what it prints."""
        said = ""
        for command in re.findall(r"^\$ (.+)$", text, re.MULTILINE):
            said += f"$ {command}\n{self.run(command)}"
        return said


def _printed(source: str) -> str:
    """Return what stands before the pipe prints: `printf` with one text, in which \\n is the Enter key."""
    if not source:
        return ""
    program, text = shlex.split(source)
    assert program == "printf", f"only printf may stand before a pipe, not {source!r}"
    return text.replace("\\n", "\n")


def play(text: str, shell: Shell) -> Iterator[tuple[str, str]]:
    """Write the files and run the sessions of a page in order; yield each as it stands and as it should."""
    for block in blocks(text):
        if block.is_file:
            shell.write(block.name or "deck.yaml", block.file)
        elif block.language == "console":
            yield block.text, shell.replay(block.text)


def renewed(text: str, sessions: Iterable[tuple[str, str]]) -> str:
    printed = iter([each for _, each in sessions])
    return re.sub(r"^```console\n.*?^```$", lambda _: f"```console\n{next(printed)}```", text, flags=re.M | re.S)
