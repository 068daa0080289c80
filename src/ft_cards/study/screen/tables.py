"""Plain texts → the tables and paragraphs of the pages that are no cards. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ft_cards.study.screen.prose import Run, Style, Table, Words

Align = Literal["left", "center", "right"]


def words(*pieces: str | tuple[str, Style], tight: bool = False, indent: int = 0) -> Words:
    """A paragraph of plain texts and (text, style)."""
    runs = (Run(each) if isinstance(each, str) else Run(each[0], frozenset((each[1],))) for each in pieces)
    return Words(tuple(runs), tight=tight, indent=indent)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], aligns: str) -> Table:
    """A table of plain texts; `aligns` has an `l`, `c` or `r` for each column. An empty head draws none."""
    named: dict[str, Align] = {"l": "left", "c": "center", "r": "right"}
    lines = [head, *rows]
    return Table(
        tuple(tuple((Run(cell),) for cell in line) for line in lines), tuple(named[letter] for letter in aligns)
    )
