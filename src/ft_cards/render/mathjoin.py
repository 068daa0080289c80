"""Pieces of a formula → longer pieces, with the room and the brackets that they need in one line. Pure."""

import re
from typing import Final

from ft_cards.render.mathsigns import SUBSCRIPTS, SUPERSCRIPTS

_ATOM: Final = re.compile(r"√?[\w∂∇.,…%′]+[\u0300-\u036f\u20d7]?|.[\u0300-\u036f\u20d7]?|[([].*[)\]]", re.DOTALL)
GLUE: Final = "\0"
"""Room if letters meet here, as between 1/N and x."""
_NEEDED: Final = re.compile(f"(?<=[\\w)\\]′∞]){GLUE}+(?=[\\w∑∏∫√∂∇(])")


def joined(before: str, piece: str) -> str:
    """Put a piece behind a text, with one space where both bring one."""
    if piece.startswith(" ") and before.endswith(" "):
        return before + piece[1:] if piece.strip() else before + piece
    return before + piece


def settled(text: str) -> str:
    """Decide on the room that was left open."""
    return _NEEDED.sub(" ", text).replace(GLUE, "")


def wrapped(text: str) -> str:
    """Put brackets around what is more than one thing."""
    text = settled(text)
    return text if _ATOM.fullmatch(text) and _balanced(text) else f"({text})"


def _balanced(text: str) -> bool:
    """Tell whether the first bracket of a text closes at its end: not so in `(a)(b)`."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0 and place < len(text) - 1 and text[0] in "([":
            return False
    return True


def raised(text: str) -> str:
    """Return the text as a superscript."""
    return _shifted(text, "^", SUPERSCRIPTS)


def lowered(text: str) -> str:
    """Return the text as a subscript."""
    return _shifted(text, "_", SUBSCRIPTS)


def _shifted(text: str, sign: str, table: dict[str, str]) -> str:
    text = settled(text).strip()
    if all(letter in table for letter in text):
        return "".join(table[letter] for letter in text)
    return sign + (text if re.fullmatch(r"[A-Za-z0-9]+|<?.", text) else f"({text})") + GLUE
