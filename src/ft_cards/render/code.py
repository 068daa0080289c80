"""Program + blanks → highlighted HTML that survives Anki. The only importer of pygments.

Traps: Anki ends a cloze at the first `}}` and takes `::` for the start of its hint; it plays `[sound:…]`,
runs `[latex]` and finds MathJax in `\\(`. So every sign that means something to Anki is a numeric entity; and
because Anki's editor turns entities back into signs, pairs of them are also split over two elements. No span
crosses a blank's border. Anki composes all text (NFC), and a combining solidus (U+0338) would eat the `>` of
the tag before it. Making a lexer is dearer than using one: they are kept. Pygments
is imported when something is highlighted: most runs highlight nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "{}:[]\\$"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
    ord("'"): "&#x27;",
    0x338: "&#824;",
}
_PAIRS = ("{{", "}}", "::", "\\(", "\\)", "\\[", "\\]", "[s", "[l", "[$", "[a", "[S", "[L", "[A", "$$", "[/")
_SIGNS = frozenset("{}:[]\\$")
_DRAWING = "image-occlusion:"
"""At the start of a blank Anki would draw; so the colon gets its own element."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch of the program that is hidden: offsets, Anki's numbers, and the hint shown in its place."""

    start: int
    end: int
    numbers: tuple[int, ...]
    hint: str = ""


def highlight(program: str, language: str, holes: Sequence[Hole] = ()) -> str:
    """Return the program as `<pre>`, with Pygments' classes and Anki's clozes.

    Holes come in the order in which they open; one may lie inside another, but none may overlap.
    """
    openings: dict[int, str] = {}
    closings: dict[int, str] = {}
    for hole in holes:
        openings[hole.start] = openings.get(hole.start, "") + opening(hole.numbers)
        closings[hole.end] = closing(hole.hint) + closings.get(hole.end, "")
    cuts = iter(sorted({*openings, *closings, *_pairs(program)} - {0}))
    cut = next(cuts, len(program))
    out = [openings.get(0, "")]
    start = 0
    for _, token, text in _lexer(language).get_tokens_unprocessed(program):
        end, css = start + len(text), _css(token)
        while cut < end:
            if start < cut:
                out.append(_piece(program[start:cut], css))
            out += closings.get(cut, ""), openings.get(cut, "")
            start, cut = cut, next(cuts, len(program))
        if start < end:
            out.append(_piece(program[start:end], css))
            start = end
    out.append(closings.get(len(program), ""))
    return f'<pre class="ft-code"><code>{"".join(out)}</code></pre>'


@lru_cache(maxsize=5000)  # names, keywords and signs come again and again
def _piece(text: str, css: str) -> str:
    """Return a stretch of a program as HTML."""
    escaped = text.translate(_ENTITIES)
    if css:
        return f'<span class="{css}">{escaped}</span>'
    return f"<span>{escaped}</span>" if text[0] in _SIGNS or text[-1] in _SIGNS else escaped


def inert(text: str) -> str:
    """Return text as HTML in which Anki finds nothing to run, in or outside a cloze."""
    cuts = [0, *sorted(_pairs(text)), len(text)]
    parts = [text[a:b].translate(_ENTITIES) for a, b in pairwise(cuts) if a < b]
    return "".join(f"<span>{part}</span>" for part in parts) if len(parts) > 1 else "".join(parts)


def attribute(text: str) -> str:
    """Return text for an attribute in double quotes, in which Anki finds nothing to run."""
    return text.translate(_ENTITIES)


def opening(numbers: Sequence[int]) -> str:
    """Return what begins a blank of Anki's."""
    return f"{{{{c{','.join(map(str, numbers))}::"


def closing(hint: str) -> str:
    """Return what ends a blank. No sign in the hint ends it early: each dangerous one has its own element."""
    signs = [f"<span>{attribute(sign)}</span>" if sign in _SIGNS else attribute(sign) for sign in hint]
    return f"::{''.join(signs)}}}}}" if hint else "}}"


def known_language(name: str) -> bool:
    """Tell whether programs in this language can be highlighted; `text` is plain."""
    return find_lexer_class_by_name_or_none(name) is not None


def languages() -> Iterator[str]:
    """Yield the names of all languages, for suggestions."""
    from pygments.lexers import get_all_lexers

    for _, aliases, _, _ in get_all_lexers():
        yield from aliases


@cache
def find_lexer_class_by_name_or_none(name: str) -> Any:
    """Return Pygments' lexer class, or None."""
    from pygments.lexers import find_lexer_class_by_name
    from pygments.util import ClassNotFound

    try:
        return find_lexer_class_by_name(name)
    except ClassNotFound:
        return None


@cache
def _lexer(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name

    name = language if known_language(language) else "text"
    return get_lexer_by_name(name, stripnl=False, ensurenl=False, stripall=False)


@cache
def _css(token: Any) -> str:
    """Return Pygments' short class of a token type: that of its nearest named parent, with what follows."""
    from pygments.token import STANDARD_TYPES

    name = ""
    while (known := STANDARD_TYPES.get(token)) is None:
        name = f"-{token[-1]}{name}"
        token = token.parent
    return f"{known}{name}"


def _pairs(program: str) -> Iterator[int]:
    """Yield where a program must be cut: before the last sign of each text that means something to Anki."""
    for text in (*_PAIRS, _DRAWING):
        at = program.find(text)
        while at >= 0:
            yield at + len(text) - 1
            at = program.find(text, at + 1)
