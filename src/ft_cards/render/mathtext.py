"""TeX math → one line of readable Unicode, for terminals and screen readers. Pure.

`\\frac{a+b}{2}` becomes (a + b)/2, `x_{i}^{2}` becomes xᵢ², `\\hat{y}` becomes ŷ. Where Unicode has no raised or
lowered letter, the sign of TeX stays: `d_{model}` is d_model, `e^{-q}` is e^(−q). A formula that holds a command
not known here is shown as it was written: wrong math is worse than raw math.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from ft_cards.render import mathsigns as signs
from ft_cards.render.mathjoin import GLUE, joined, lowered, raised, settled, wrapped

_TOKEN: Final = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_BEGIN: Final = re.compile(r"\{([a-zA-Z]+\*?)\}(?:\{[lcr|]*\})?")
_FENCES: Final = {"pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||", "Vmatrix": "‖‖", "cases": "{ "}
_ROWS: Final = frozenset({"aligned", "align", "gathered", "split", "equation", "array", "matrix", *_FENCES})
_OPEN: Final = "([{⟨⌊⌈|‖"


class _UnknownError(ValueError):
    """The formula holds something that is not known here."""


@lru_cache(maxsize=4096)
def readable(tex: str) -> str:
    """Return the formula, given without its dollars, as Unicode; its source where that can't be done."""
    try:
        text = _Formula(tex).whole()
    except (_UnknownError, IndexError):
        return tex.strip()
    return unicodedata.normalize("NFC", settled(text)).strip()


class _Formula:
    """One formula, read from left to right. Every method returns the text of what it has read."""

    def __init__(self, tex: str) -> None:
        self._tokens: list[str] = _TOKEN.findall(tex)
        self._at = 0
        self._in_script = 0

    def whole(self) -> str:
        text = self._row(lambda: False)
        if self._at < len(self._tokens):
            raise _UnknownError(self._tokens[self._at])
        return text

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1]

    def _skip_space(self) -> None:
        while self._peek().isspace():
            self._at += 1

    def _row(self, ended: Callable[[], bool]) -> str:
        """Read until a closing brace or `ended`."""
        text = ""
        while self._at < len(self._tokens) and self._peek() != "}" and not ended():
            text = joined(text, self._piece(text))
        return text

    def _piece(self, before: str) -> str:
        token = self._next()
        if token.isspace():
            return ""
        if token in "^_":
            return self._script(token)
        if token == "{":
            return self._closed()
        if token in signs.BIG:
            return signs.BIG[token] + self._limits() + ("" if self._in_script else " ")
        if token in signs.TIGHT:
            return signs.TIGHT[token]
        if token in signs.SPACED or token in "=<>":
            sign = signs.SPACED.get(token, token)
            return sign if self._in_script else f" {sign} "
        if token in "+-":
            return self._sum_sign("+" if token == "+" else "−", before)
        return self._command(token) if token.startswith("\\") else self._plain(token)

    def _plain(self, token: str) -> str:
        if token == ",":
            return "," if self._in_script else ", "
        return {"'": "′", "*": "∗", "~": " ", "&": " "}.get(token, token)

    def _sum_sign(self, sign: str, before: str) -> str:
        """A sign between two things gets room, one before a thing none."""
        unary = not before.rstrip() or before.rstrip()[-1] in _OPEN + ",;:=≈≤≥<>∈←→⇒∼∝·×/+−^_"
        return sign if unary or self._in_script else f" {sign} "

    def _command(self, token: str) -> str:
        if token in signs.LETTERS:
            return signs.LETTERS[token]
        if token in signs.SPACES:
            return signs.SPACES[token]
        if token in signs.NAMES:
            return self._named(token[1:])
        if token in signs.ACCENTS:
            return "".join(sign + signs.ACCENTS[token] for sign in self._argument())
        if token in signs.FONTS:
            return signs.in_font(token, self._argument())
        if token in signs.PLAIN or token == r"\operatorname*":
            name = self._text() if token.startswith((r"\text", r"\mbox")) else self._argument()
            return self._named(name) if token.startswith(r"\operatorname") else name
        if token in signs.IGNORED:
            self._skip_space()
            if self._peek() == ".":
                self._next()
            return ""
        return self._structure(token)

    def _structure(self, token: str) -> str:
        match token:
            case r"\frac" | r"\dfrac" | r"\tfrac":
                over, under = self._argument(), self._argument()
                return f"{GLUE}{wrapped(over)}/{wrapped(under)}{GLUE}"
            case r"\binom":
                return f"C({self._argument()}, {self._argument()})"
            case r"\sqrt":
                root = self._root()
                return root + wrapped(self._argument())
            case r"\not":
                return "".join(f"{sign}\u0338" if not sign.isspace() else sign for sign in self._piece(""))
            case r"\begin":
                return self._environment()
            case r"\overset" | r"\stackrel":
                above, base = self._argument(), self._argument()
                return base + raised(above)
            case r"\underset":
                below, base = self._argument(), self._argument()
                return base + lowered(below) + " "
            case r"\underbrace" | r"\overbrace" | r"\boxed" | r"\mathop" | r"\smash":
                return self._argument()
            case r"\pmod":
                return f" (mod {self._argument()})"
        raise _UnknownError(token)

    def _named(self, name: str) -> str:
        """A function: room before its argument unless that stands in brackets."""
        limits = self._limits()
        self._skip_space()
        tight = self._in_script or self._peek() in ("(", "[", r"\left", r"\big", r"\{", "", "}", ",", ")")
        return f"{GLUE}{name}{limits}{'' if tight else ' '}"

    def _limits(self) -> str:
        text = ""
        self._skip_space()
        while self._peek() in (r"\limits", r"\nolimits", "^", "_"):
            token = self._next()
            text += self._script(token) if token in "^_" else ""
            self._skip_space()
        return text

    def _script(self, token: str) -> str:
        self._in_script += 1
        text = self._argument()
        self._in_script -= 1
        return raised(text) if token == "^" else lowered(text)

    def _closed(self) -> str:
        text = self._row(lambda: False)
        if self._next() != "}":
            raise _UnknownError("{")
        return text

    def _argument(self) -> str:
        self._skip_space()
        if self._peek() == "{":
            self._next()
            return self._closed()
        return self._piece("").strip()

    def _text(self) -> str:
        """Words in a formula keep their spaces."""
        self._skip_space()
        if self._next() != "{":
            raise _UnknownError("text without braces")
        words = ""
        while (token := self._next()) != "}":
            words += signs.LETTERS.get(token, token)
        return words

    def _root(self) -> str:
        self._skip_space()
        if self._peek() != "[":
            return "√"
        self._next()
        degree = self._row(lambda: self._peek() == "]").strip()
        self._next()
        return {"2": "√", "3": "∛", "4": "∜"}.get(degree) or f"{raised(degree)}√"

    def _environment(self) -> str:
        found = _BEGIN.match("".join(self._tokens[self._at :]))
        if not found or found[1].rstrip("*") not in _ROWS:
            raise _UnknownError(r"\begin")
        self._at += len(_TOKEN.findall(found[0]))
        name = found[1].rstrip("*")
        rows = [""]
        while self._peek() != r"\end":
            if self._peek() == r"\\":
                self._next()
                rows.append("")
            else:
                rows[-1] = joined(rows[-1], self._piece(rows[-1]))
        self._at += 1 + len(_TOKEN.findall(f"{{{found[1]}}}"))
        fence = _FENCES.get(name, "  ")
        body = ("; " if name in _FENCES or name in ("array", "matrix") else "\n").join(
            row.strip() for row in rows if row.strip()
        )
        return f"{fence[0]}{body}{fence[1]}".strip() if name in _FENCES else body
