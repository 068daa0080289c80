"""A field with blanks `{{c1::…::hint}}` → that field as Anki shows it on one side of one card.

This is what Anki does to any text, not only to ours (`source/kinds/cloze.py` tells authors what is wrong with
theirs): blanks may lie in each other ten deep, a blank may bear several numbers, the last hint in it counts,
what is not closed is dropped with all that follows it, and math is stripped of tags.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r"(\{\{c[0-9,]+::|\}\})")
_DEEPEST = 10
_HIGHEST = 65_535
_MATH = re.compile(r"(\\[(\[])(.*?)(\\[\])])", re.DOTALL)
_TAGS = re.compile(r"<!--.*?-->|<style.*?>.*?</style>|<script.*?>.*?</script>|<.*?>", re.DOTALL | re.IGNORECASE)
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_ATTRIBUTE = {
    code: _NAMED.get(chr(code), f"&#x{code:02X};") for code in range(256) if not (code < 128 and chr(code).isalnum())
}


@dataclass(slots=True)
class _Blank:
    numbers: tuple[int, ...]
    parts: "list[str | _Blank]" = field(default_factory=list)
    hint: str | None = None


def reveal(text: str, number: int, *, question: bool) -> str:
    """Return the text as the card of blank `number` (from 1) shows it; empty where it has no such blank."""
    shown, found = _shown(_parse(text), number, question=question)
    return _MATH.sub(_without_tags, shown) if found else ""


def _parse(text: str) -> "list[str | _Blank]":
    out: list[str | _Blank] = []
    open_: list[_Blank] = []
    for token, numbers in _tokens(text):
        inside = open_[-1].parts if open_ else out
        if numbers:
            if len(open_) < _DEEPEST:
                open_.append(_Blank(numbers))
        elif token == "}}" and open_:
            blank = open_.pop()
            (open_[-1].parts if open_ else out).append(blank)
        elif open_:
            shown, sign, hint = token.partition("::")
            inside.append(shown)
            if sign:
                open_[-1].hint = hint
        else:
            inside.append(token)
    return out


def _tokens(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what opens a blank, with its numbers, what ends one, and the texts between."""
    plain = ""
    for token in _TOKEN.split(text):
        numbers = _numbers(token[3:-2]) if token.startswith("{{c") and token.endswith("::") else ()
        if token == "}}" or numbers:
            yield plain, ()
            yield token, numbers
            plain = ""
        else:
            plain += token
    yield plain, ()


def _numbers(written: str) -> tuple[int, ...]:
    """Return the numbers that Anki reads there; where there is none, nothing is opened."""
    numbers = (int(number) for number in written.split(",") if number.isdigit())
    return tuple(sorted({number for number in numbers if number <= _HIGHEST}))


def _shown(parts: "list[str | _Blank]", number: int, *, question: bool) -> tuple[str, bool]:
    """Return the HTML of the parts, and whether the blank that is asked is among them."""
    out, found = [], False
    for part in parts:
        if isinstance(part, str):
            out.append(part)
            continue
        inside, deeper = _shown(part.parts, number, question=question)
        asked = number in part.numbers
        found = found or asked or deeper
        numbers = ",".join(map(str, part.numbers))
        if asked and question:
            hint = "..." if part.hint is None else part.hint
            hidden = inside.translate(_ATTRIBUTE)
            out.append(f'<span class="cloze" data-cloze="{hidden}" data-ordinal="{numbers}">[{hint}]</span>')
        else:
            css = "cloze" if asked else "cloze-inactive"
            out.append(f'<span class="{css}" data-ordinal="{numbers}">{inside}</span>')
    return "".join(out), found


def _without_tags(math: re.Match[str]) -> str:
    return math[1] + _TAGS.sub("", math[2]) + math[3]
