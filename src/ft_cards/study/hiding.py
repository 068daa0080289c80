"""A cloze text and a number → what its front and its back say, and what was hidden."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ft_cards.source.kinds.cloze import Broken, Mark, scan


@dataclass(frozen=True, slots=True)
class Hiding:
    """A text with a blank: `front` shows it as `[…]` or `[hint]`, `back` shows the answer. `hidden`: (answer, hint)."""

    front: str
    back: str
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A hidden stretch: where it begins and ends in the text without marks, and its hint."""

    start: int
    end: int
    hint: str


def hide(text: str, number: int) -> Hiding:
    """Hide the blank `number` of a correct cloze text; all others stand open. Several stretches are counted."""
    marks = scan(text)
    assert not isinstance(marks, Broken)
    plain, stretches = _without_marks(text, marks, number)
    front, back, at = "", "", 0
    for place, each in enumerate(stretches, 1):
        sign = each.hint or "…"
        front += plain[at : each.start] + (f"[{sign}]" if len(stretches) == 1 else f"[{place}: {sign}]")
        answer = plain[each.start : each.end]
        bold = not _in_span(plain, each.start, each.end) and answer == answer.strip()
        back += plain[at : each.start] + (f"**{answer}**" if bold else answer)
        at = each.end
    hidden = tuple((plain[each.start : each.end].strip(), each.hint) for each in stretches)
    return Hiding(front + plain[at:], back + plain[at:], hidden)


def _without_marks(text: str, marks: Sequence[Mark], number: int) -> tuple[str, list[_Stretch]]:
    """The text as it reads, and the outermost stretches of it that the blank `number` hides."""
    hidden: list[_Stretch] = []
    out, at, opened = "", 0, []
    for mark in marks:
        out += text[at : mark.start]
        at = mark.end
        if mark.sign == "open":
            opened.append(len(out))
            continue
        start = opened.pop()
        if number in mark.numbers:
            hidden = [each for each in hidden if each.end <= start]
            hidden.append(_Stretch(start, len(out), mark.hint))
    return out + text[at:], hidden


_SPAN = re.compile(r"(`+).+?\1|\$\$.+?\$\$|\$[^$]+\$", re.DOTALL)


def _in_span(text: str, start: int, end: int) -> bool:
    """Whether a stretch touches code or math, where Markdown's stars would be read as stars."""
    return any(found.start() < end and start < found.end() for found in _SPAN.finditer(text))
