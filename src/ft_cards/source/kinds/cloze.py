"""cloze: blanks in prose, in Anki's own syntax: `{{c1::text::hint}}`, nesting included.

Anki ends a blank at the first `}}` and begins its hint at the first `::`, also inside code and math. Here code
spans and math are taken whole, so that a blank may hold `std::vector` or `\\frac{a}{b_{c}}`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from ft_cards.source.kinds.common import MOST_CARDS, Card, Finding, Text, folded, quoted

_SIGN = re.compile(
    r"(?P<whole>(?<!`)(?P<tick>`++)[\s\S]*?(?<!`)(?P=tick)(?!`)|\$\$[\s\S]+?\$\$|\$(?![\s$])[^$]*?(?<!\s)\$(?!\d))"
    r"|(?P<open>\{\{c(?P<numbers>\d+(?:,\d+)*)::)|(?P<hint>::)|(?P<close>\}\})"
)
_OPEN = re.compile(r"\{\{c[\d,]+::")
_ALMOST = re.compile(r"\{\{\s*(?:c\s*\d+(?:\s*::?|(?=\s|\}\}|$))|c\s*::?|\d+\s*::)", re.IGNORECASE)
"""Not `{{ content }}`: templates of chat models are full of that."""


_ADDRESS = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)|\]\([^)\n]*\)")
_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.|\n)*?(?:^ {0,3}(?P=fence)[^\n]*$|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of cloze syntax: where it begins and ends in the text, and of what kind it is."""

    start: int
    end: int
    sign: Literal["open", "close"]
    numbers: tuple[int, ...]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """Where cloze syntax can't be read, and why."""

    start: int
    code: str
    message: str
    hint: str


def scan(text: str) -> list[Mark] | Broken:
    """Find the blanks of a text, innermost and outer ones, in the order in which they open and close."""
    marks = _scan(text, whole_spans=True)
    if isinstance(marks, Broken) and not isinstance(again := _scan(text, whole_spans=False), Broken):
        return again  # a lone $ or ` was no span after all
    return marks


def _scan(text: str, *, whole_spans: bool) -> list[Mark] | Broken:
    marks: list[Mark] = []
    opened: list[Mark] = []
    hints: list[int | None] = []
    position = 0
    while found := _SIGN.search(text, position):
        position = found.end()
        if found["whole"]:
            if not (opened and whole_spans) or _OPEN.search(found["whole"]):
                position = found.start() + 1
        elif found["open"] and hints and hints[-1] is not None:
            hint = "the first :: of a blank begins its hint; code with :: goes between backticks"
            return Broken(found.start(), "cloze-broken", "this blank stands in the hint of another", hint)
        elif found["open"]:
            numbers = tuple(int(number[:9]) for number in found["numbers"].split(","))
            if not all(1 <= number <= MOST_CARDS for number in numbers):
                message = f"the blank c{found['numbers']} makes no card: numbers go from 1 to {MOST_CARDS}"
                return Broken(found.start(), "cloze-number", message, "number the blanks c1, c2, …")
            opened.append(Mark(found.start(), found.end(), "open", numbers))
            marks.append(opened[-1])
            hints.append(None)
        elif opened and found["hint"]:
            hints[-1] = found.start() if hints[-1] is None else hints[-1]
        elif opened:
            mark, hint_at = opened.pop(), hints.pop()
            start = found.start() if hint_at is None else hint_at
            if not text[mark.end : start].strip():
                return Broken(mark.start, "cloze-broken", "the blank is empty", "write the hidden text after the ::")
            hint = "" if hint_at is None else text[hint_at + 2 : found.start()].strip()
            marks.append(Mark(start, found.end(), "close", mark.numbers, hint))
    if opened:
        return Broken(opened[-1].start, "cloze-broken", "the blank is never closed", "close it with }}")
    return _almost(text, marks) or marks


def _almost(text: str, marks: list[Mark]) -> Broken | None:
    """Find what was meant as a blank and is none: `{{c1:x}}`, `{{c::x}}`."""
    if not marks and "{{" not in text:
        return None
    signs = list(text)
    for mark in marks:
        signs[mark.start : mark.end] = " " * (mark.end - mark.start)
    if found := _ALMOST.search("".join(signs)):
        message = f"{quoted(found.group())} begins no blank"
        hint = "a blank is written {{c1::text}} or {{c1::text::hint}}"
        return Broken(found.start(), "cloze-broken", message, hint)
    return None


def _says(text: str, hidden: list[tuple[Mark, Mark]], marks: list[Mark]) -> bool:
    """Tell whether anything but punctuation is left when these blanks are hidden. Most answer at the first letter."""
    gaps = [(mark.start, mark.end) for mark in marks] + [(begin.start, end.end) for begin, end in hidden]
    at = 0
    for start, end in sorted([*gaps, (len(text), len(text))]):
        if any(unicodedata.category(sign)[0] not in "PZC" for sign in text[at:start]):
            return True
        at = max(at, end)
    return False


class Cloze(Card):
    """Prose with blanks; a card for each number."""

    a: ClassVar[str] = "a cloze card"

    kind: Literal["cloze"]
    text: Text

    def asks(self) -> str:  # noqa: D102
        return folded(self.text)

    def findings(self) -> Iterator[Finding]:  # noqa: D102
        marks = scan(self.text)
        if isinstance(marks, Broken):
            yield self._at(marks.start, marks.code, marks.message, marks.hint)
        elif not marks:
            hint = "write {{c1::…}} around the words to hide"
            yield Finding(("text",), "no-blank", "the text has no blank, so it would make no card", hint)
        else:
            yield from self._torn(marks)
            yield from self._unasked(marks)

    def _unasked(self, marks: list[Mark]) -> Iterator[Finding]:
        """Yield the first number whose blanks hide all there is, so that its card would ask nothing."""
        starts: list[Mark] = []
        spans: list[tuple[Mark, Mark]] = []
        for mark in marks:
            if mark.sign == "open":
                starts.append(mark)
            else:
                spans.append((starts.pop(), mark))
        for number in sorted({number for mark in marks for number in mark.numbers}):
            mine = [(begin, end) for begin, end in spans if number in begin.numbers]
            if any(end.hint for _, end in mine) or _says(self.text, mine, marks):
                continue
            message = f"the blank c{number} hides all of the text, so its card asks nothing"
            hint = "leave some words around it, give it a hint, or make it a recall card"
            yield self._at(mine[0][0].start, "no-question", message, hint)
            return

    def _torn(self, marks: list[Mark]) -> Iterator[Finding]:
        starts: list[Mark] = []
        addresses = [found.span() for found in _ADDRESS.finditer(self.text)]
        fences = [found.span() for found in _FENCE.finditer(self.text)]
        for mark in marks:
            if mark.sign == "open":
                starts.append(mark)
                continue
            begin, hint, where = starts.pop(), "use two blanks with the same number", ""
            if any(start < begin.start < end or start < mark.start < end for start, end in addresses):
                where, hint = "stands in a link's address or a picture", "a blank hides text that is shown"
            elif any((start <= begin.start < end) != (start <= mark.start < end) for start, end in fences):
                where = "reaches over the border of a program"
            elif "\n\n" in self.text[begin.end : mark.start]:
                where = "reaches over the end of a paragraph"
            if where:
                yield self._at(begin.start, "cloze-broken", f"the blank c{mark.numbers[0]} {where}", hint)

    def _at(self, offset: int, code: str, message: str, hint: str) -> Finding:
        before = self.text[:offset]
        line, column = before.count("\n") + 1, offset - before.rfind("\n")
        return Finding(("text",), code, message, hint, line=line, column=column)

    def asked(self) -> tuple[str, ...]:  # noqa: D102
        marks = scan(self.text)
        assert not isinstance(marks, Broken)
        return tuple(str(number) for number in sorted({number for mark in marks for number in mark.numbers}))
