"""Markdown with math → blocks of styled words, programs and tables. Pure: knows no screen.

A blank of a cloze stands between `OPEN` and `CLOSE`, which Markdown takes for punctuation, so that it may hold
code, math or emphasis; its words get the style `blank`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, Protocol

from ft_cards.render.markup import tokens
from ft_cards.render.mathtext import readable

OPEN, CLOSE = "\U00010af0", "\U00010af1"
"""The signs around a blank; nobody's flashcards hold Manichaean punctuation."""

Style = Literal["strong", "em", "strike", "code", "math", "link", "image", "blank"]
_SIGNS = re.compile(f"([{OPEN}{CLOSE}])")
_STYLES: dict[str, Style] = {"strong": "strong", "em": "em", "s": "strike", "link": "link"}


class Token(Protocol):
    """What is used of Markdown's tokens."""

    type: str
    content: str
    info: str
    nesting: int
    hidden: bool
    attrs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style. `link` is where they lead."""

    text: str
    styles: frozenset[Style] = frozenset()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. `lead` is what stands before its first line (a bullet), `indent` counts cells."""

    runs: tuple[Run, ...]
    role: Literal["text", "heading", "quote", "math"] = "text"
    indent: int = 0
    lead: str = ""
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Program:
    """A program. `blanks` are stretches to mark: start, end, how."""

    code: str
    language: str = "text"
    indent: int = 0
    blanks: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of cells, the first one is the head; `aligns` says left, center or right for each column."""

    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    aligns: tuple[Literal["left", "center", "right"], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line from side to side."""


Block = Words | Program | Table | Line


@lru_cache(maxsize=256)
def blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a text, in order."""
    return tuple(_Reader(tokens(markdown)).blocks())


def plain_words(text: str) -> tuple[Block, ...]:
    """Return a text as it is, in one paragraph: for what is no Markdown."""
    return (Words((Run(text),)),)


class _Reader:
    """Walks over the tokens of one text."""

    def __init__(self, found: Sequence[Any]) -> None:
        self._tokens = found
        self._at = 0
        self._lists: list[int | None] = []
        """The open lists: the next number, or None for bullets."""
        self._lead = ""
        self._quotes = 0
        self._heading = False

    def blocks(self) -> Iterator[Block]:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            match token.type:
                case "inline":
                    yield self._words(tuple(_runs(token.children or ())))
                case "math_block" | "math_block_label":
                    yield from self._formula(token.content)
                case "fence" | "code_block":
                    language = token.info.strip().partition(" ")[0] or "text"
                    yield Program(token.content.rstrip("\n"), language, self._indent)
                case "table_open":
                    yield self._table()
                case "hr":
                    yield Line()
                case _:
                    self._enter_or_leave(token)

    @property
    def _indent(self) -> int:
        return 3 * len(self._lists)

    def _enter_or_leave(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                number = self._lists[-1]
                self._lead = "•" if number is None else f"{number}."
                self._lists[-1] = None if number is None else number + 1
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case "heading_open" | "heading_close":
                self._heading = token.nesting > 0

    def _words(self, runs: tuple[Run, ...]) -> Words:
        role: Literal["heading", "quote", "text"] = "text"
        if self._heading:
            role = "heading"
        elif self._quotes:
            role = "quote"
        lead, self._lead = self._lead, ""
        hidden = self._tokens[self._at - 2].hidden if self._at > 1 else False
        return Words(runs, role, self._indent, lead, tight=hidden)

    def _formula(self, tex: str) -> Iterator[Words]:
        for row in readable(tex).split("\n"):
            yield Words((Run(row, frozenset(("math",))),), "math", self._indent + 2)

    def _table(self) -> Table:
        rows: list[list[tuple[Run, ...]]] = []
        aligns: list[Literal["left", "center", "right"]] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                if len(rows) == 1:
                    style = str(token.attrs.get("style", ""))
                    aligns.append("right" if "right" in style else "center" if "center" in style else "left")
            elif token.type == "inline":
                rows[-1].append(tuple(_runs(token.children or ())))
        return Table(tuple(map(tuple, rows)), tuple(aligns))


def _runs(children: Sequence[Any]) -> Iterator[Run]:
    styles: list[Style] = []
    link = ""
    for child in children:
        name, _, end = child.type.rpartition("_")
        if name in _STYLES and end in ("open", "close"):
            if end == "open":
                styles.append(_STYLES[name])
            else:
                styles.remove(_STYLES[name])
            if name == "link":
                link = str(child.attrs.get("href", "")) if end == "open" else ""
            continue
        text, extra = _inline(child)
        for piece in filter(None, _SIGNS.split(text)):
            if piece == OPEN:
                styles.append("blank")
            elif piece == CLOSE:
                if "blank" in styles:
                    styles.remove("blank")
            else:
                yield Run(piece, frozenset((*styles, *extra)), link)


def _inline(child: Token) -> tuple[str, tuple[Style, ...]]:
    match child.type:
        case "softbreak":
            return " ", ()
        case "hardbreak":
            return "\n", ()
        case "code_inline":
            return child.content, ("code",)
        case "math_inline" | "math_inline_double":
            return readable(child.content).replace("\n", "  "), ("math",)
        case "image":
            path = str(child.attrs.get("src", ""))
            return f"▣ {child.content or 'picture'} ({path})", ("image",)
    return child.content, ()
