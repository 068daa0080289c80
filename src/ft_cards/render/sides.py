"""A note's fields → the front and back of one card, the very HTML that Anki makes of them.

Only what our own templates use of Anki's template language is known here; anything else is an error, not a
guess. `tests/anki/test_sides.py` holds every card of the real decks against Anki's own renderer. Where a card
has nothing to ask (its blank is gone, or the note is withdrawn) Anki says so in the learner's language; that is
not imitated.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from ft_cards.render.clozes import reveal
from ft_cards.render.notetypes import NOTE_TYPES

NIGHT = "nightMode night_mode"
"""The classes that Anki adds to the body in the dark."""

_CONTROLS = {code: None for code in (*range(32), 127) if chr(code) not in "\t\n"}
_TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_EMPTY = re.compile(r"(?:[ \t\n\r\f\v]|</?(?:br|div) ?/?>)*", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:[^\]]+\]")


class Filled(NamedTuple):
    """What a note is filled with: the key of its type, its fields in the type's order, its tags."""

    type: str
    fields: Sequence[str]
    tags: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sides:
    """A card's HTML without its style. A sound stands there as `[anki:play:q:0]`, as in Anki."""

    front: str
    back: str


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    cloze: bool


@dataclass(frozen=True, slots=True)
class _Section:
    """What is shown only where a field is filled, or only where it is empty."""

    name: str
    filled: bool
    parts: "tuple[_Part, ...]"


_Part = str | _Field | _Section


def sides(note: Filled, number: int, deck_name: str) -> Sides:
    """Return both sides of the card `number` (Anki's ord, from 0) of a note in the deck of this name.

    Raises ValueError if the note has no such card.
    """
    type_ = NOTE_TYPES[note.type]
    names = [field.name for field in type_.fields]
    values = dict(zip(names, map(_stored, note.fields), strict=True))
    values |= {
        "Tags": " ".join(note.tags),
        "Type": type_.name,
        "Deck": deck_name,
        "Subdeck": deck_name.rpartition("::")[2],
        "Card": type_.template_name,
    }
    front, back = (_side(text, values, number, question=text is type_.front) for text in (type_.front, type_.back))
    return Sides(front, back)


def body_class(number: int) -> str:
    """Return the classes that Anki gives to the page of the card `number` (its ord, from 0) by day."""
    return f"card card{number + 1}"


def _stored(text: str) -> str:
    """Return a text as Anki keeps it: composed, and without control characters."""
    text = text.translate(_CONTROLS)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _side(template: str, values: Mapping[str, str], number: int, *, question: bool) -> str:
    html = "".join(_show(_parsed(template), values, number, question=question))
    side, numbers = "q" if question else "a", count()
    return _SOUND.sub(lambda _: f"[anki:play:{side}:{next(numbers)}]", html)


def _show(parts: "Sequence[_Part]", values: Mapping[str, str], number: int, *, question: bool) -> list[str]:
    out: list[str] = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, _Section):
            if bool(_EMPTY.fullmatch(values[part.name])) != part.filled:
                out += _show(part.parts, values, number, question=question)
        elif part.cloze:
            shown = reveal(values[part.name], number + 1, question=question)
            if not shown:
                raise ValueError(f"the note has no card {number}")
            out.append(shown)
        else:
            out.append(values[part.name])
    return out


@lru_cache(maxsize=16)
def _parsed(template: str) -> "tuple[_Part, ...]":
    """Parse one side of a template. Raises ValueError for what our templates do not use."""
    texts = _TAG.split(template)
    stack: list[tuple[str, bool, list[_Part]]] = [("", True, [texts[0]])]
    for tag, text in zip(texts[1::2], texts[2::2], strict=True):
        sign, name = (tag[0], tag[1:]) if tag[:1] in ("#", "^", "/") else ("", tag)
        if sign == "/":
            opened, filled, parts = stack.pop()
            if opened != name or not stack:
                raise ValueError(f"{{{{{tag}}}}} closes nothing")
            stack[-1][2].append(_Section(opened, filled, tuple(parts)))
        elif sign:
            stack.append((name, sign == "#", []))
        else:
            *filters, name = tag.split(":")
            if filters not in ([], ["cloze"]):
                raise ValueError(f"{{{{{tag}}}}} has an unknown filter")
            stack[-1][2].append(_Field(name, bool(filters)))
        stack[-1][2].append(text)
    if len(stack) > 1:
        raise ValueError(f"{{{{{stack[-1][0]}}}}} is never closed")
    return tuple(stack[0][2])
