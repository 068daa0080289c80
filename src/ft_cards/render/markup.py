"""Markdown and math → HTML that Anki shows as it is. The only importer of markdown_it.

Traps: `[sound:…]`, `[latex]` and `\\(` in a text would be run by Anki, and `{{c1::` in any field makes cards, so
they are broken up; so is `image-occlusion:` at the start of a blank, which Anki turns into a drawing with
attributes of the author's. MathJax knows macros that link, style and load, so no formula may use them. Links go
to the web or to a mailbox, and nowhere else. Math must not pass through Markdown; a blank may stand in code, in
math or around emphasis, so blanks travel as signs of a dead script that Markdown takes for punctuation, and
become Anki's braces at the very end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ft_cards.render.code import Hole, attribute, closing, highlight, inert, opening

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from ft_cards.source.kinds.cloze import Mark
from ft_cards.source.text import RUN

Show = Callable[[str, str], str]
"""(path as written, alternative text) → the HTML that shows a medium."""

_OPEN, _CLOSE = "\U00010af0", "\U00010af1"
"""Manichaean punctuation: nobody's flashcards hold it, and Markdown treats it as it treats braces."""

_NUMBERS = 0xF0000
"""Private characters from here on say which blank a sign belongs to; they stand on its outer side."""

_SIGN = re.compile(f"([\U000f0000-\U000ffffd]){_OPEN}|{_CLOSE}([\U000f0000-\U000ffffd])")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ,.;?!'()%/+=\u00c0-\u024f–—’“”…·×→≤≥±-]*")
_PARAGRAPH = re.compile(r"(?:(?:(?:\*\*)?[A-Za-z]|`(?!`))[^\n]*[^\s\n](?:\n|$))+(?<!\n)")
"""One paragraph: every line begins with a letter, bold or not, or with code, and none ends in spaces."""

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_PAIR = re.compile(r"([{}:])(?=\1)")
_AT_END = re.compile(f"[}}:](?={_CLOSE})")
_LIVE = re.compile(rf"{RUN}|\\(?=[()\[\]])|\{{(?=\{{c[0-9,]+::)", re.IGNORECASE)
_LIVE_IN_MATH = re.compile(RUN, re.IGNORECASE)
_DRAWING = re.compile(f"(?<={_OPEN})i(?=mage-occlusion:)")
_MACRO = re.compile(r"\\(href|style|class|cssId|bbox|mmlToken|require|csname)(?![A-Za-z])")
_GOES = re.compile(r"https?://|mailto:", re.IGNORECASE)
_SCRIPT = re.compile(r"\s*(?:java|vb)script:", re.IGNORECASE)


class Markup:
    """A renderer with one policy: whether raw HTML is trusted, and how media are shown."""

    def __init__(self, *, trusted: bool, show: Show) -> None:
        self._show = show
        self._markdown = _markdown(trusted=trusted)

    def block(self, text: str) -> str:
        """Render Markdown as paragraphs, lists, tables and code."""
        if _PLAIN.fullmatch(text):
            return f"<p>{escape(text)}</p>"
        return self._rendered(text)

    def inline(self, text: str) -> str:
        """Render a short text without a paragraph around it, where it is one; a longer one as blocks."""
        html = self.block(text)
        if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
            return html[3:-4]
        return html

    def blanks(self, text: str, marks: Sequence[Mark]) -> str:
        """Render Markdown that holds Anki's blanks, found at `marks`."""
        out, at = [], 0
        for index, mark in enumerate(marks):
            number = chr(_NUMBERS + index)
            out += [text[at : mark.start], number + _OPEN if mark.sign == "open" else _CLOSE + number]
            at = mark.end
        signed = "".join(out) + text[at:]

        def braces(found: re.Match[str]) -> str:
            mark = _mark(found, marks)
            return opening(mark.numbers) if mark.sign == "open" else closing(mark.hint)

        html = _SIGN.sub(braces, self._rendered(signed, marks))
        if html.count("{{c") + html.count("}}") < len(marks):  # the head of a fence or a link's definition took some
            html = _SIGN.sub(braces, self._rendered(_PUNCTUATION.sub(r"\\\g<0>", signed), marks))
        return html

    def _rendered(self, text: str, marks: Sequence[Mark] = ()) -> str:
        if not _PARAGRAPH.fullmatch(text):
            return self._parsed(text, marks)
        renderer: Any = self._markdown.renderer  # the hot way: no block rule can find anything in it
        env = {"show": self._show, "marks": marks}
        html = renderer.render(self._markdown.parseInline(text, env), self._markdown.options, env)
        return f"<p>{html.strip()}</p>"

    def _parsed(self, text: str, marks: Sequence[Mark] = ()) -> str:
        renderer: Any = self._markdown.renderer
        env = {"show": self._show, "marks": marks}
        return str(renderer.render(self._markdown.parse(text, env), self._markdown.options, env)).strip()


def _mark(found: re.Match[str], marks: Sequence[Mark]) -> Mark:
    return marks[ord(found[1] or found[2]) - _NUMBERS]


def media_in(text: str) -> Iterator[str]:
    """Yield the path of each picture or sound that a text shows."""
    for token in _markdown(trusted=False).parse(text):
        for child in token.children or ():
            if child.type == "image":
                yield _source(child)


def _source(token: Token) -> str:
    return unquote(str(token.attrs.get("src", "")))


@cache
def _markdown(*, trusted: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    markdown: Any = MarkdownIt("commonmark", {"html": trusted}).enable(["table", "strikethrough"])
    markdown.validateLink = lambda url: not _SCRIPT.match(url)  # pictures from anywhere are found, and refused later
    dollarmath_plugin(markdown, allow_space=False, allow_digits=False, double_inline=True)
    rules = {
        "text": _text,
        "text_special": _text,
        "code_inline": _code_inline,
        "code_block": _fence,
        "fence": _fence,
        "image": _image,
        "link_open": _link,
        "math_inline": _math_inline,
        "math_inline_double": _math_display,
        "math_block": _math_display,
    }
    for name, rule in rules.items():
        markdown.add_render_rule(name, rule)
    markdown.renderer.renderAttrs = _attributes
    made: MarkdownIt = markdown
    return made


def _text(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Escape for HTML; break up what Anki would run and, among blanks, what would end one."""
    html = escape(tokens[index].content)
    if "[" in html or "\\" in html or "{{c" in html:
        html = _LIVE.sub(_apart, html)
    if env["marks"]:
        html = _DRAWING.sub(_apart, _AT_END.sub(_apart, _PAIR.sub(_apart, html)))
    return html.replace("\u0338", "&#824;")


def _apart(found: re.Match[str]) -> str:
    return f"<span>&#{ord(found.group())};</span>"


def _code_inline(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    content, out, at = tokens[index].content, [], 0
    for found in _SIGN.finditer(content):
        out += [inert(content[at : found.start()]), found.group()]
        at = found.end()
    return f"<code>{''.join(out)}{inert(content[at:])}</code>"


def _attributes(token: Token) -> str:
    return "".join(f' {name}="{attribute(str(value))}"' for name, value in token.attrItems())


def _fence(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    language, _, _ = tokens[index].info.strip().partition(" ")
    program = tokens[index].content.rstrip("\n")
    holes: list[Hole] = []
    if _OPEN in program:
        program, holes = _holes(program, env["marks"])
    return highlight(program, language or "text", holes) + "\n"


def _holes(program: str, marks: Sequence[Mark]) -> tuple[str, list[Hole]]:
    """Take the blanks' signs out of a program; return it clean, and the blanks in the order they open in."""
    clean: list[str] = []
    holes: list[Hole | None] = []
    length = at = 0
    opened: list[tuple[int, int]] = []
    for found in _SIGN.finditer(program):
        clean.append(program[at : found.start()])
        length += found.start() - at
        at = found.end()
        mark = _mark(found, marks)
        if mark.sign == "open":
            opened.append((len(holes), length))
            holes.append(None)
        elif opened:
            place, start = opened.pop()
            holes[place] = Hole(start, length, mark.numbers, mark.hint)
    return "".join(clean) + program[at:], [hole for hole in holes if hole]


def _image(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    return str(env["show"](_source(token), self.renderInlineAsText(token.children, options, env)))


def _link(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    if not _GOES.match(str(token.attrs.get("href", ""))):
        token.attrs.pop("href", None)
    return str(self.renderToken(tokens, index, options, env))


def _math_inline(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return rf"\({_tex(tokens[index].content)}\)"


def _math_display(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return rf"\[{_tex(tokens[index].content)}\]"


def _tex(source: str) -> str:
    """Write TeX so that nothing in it is more than a formula; a space or an empty group changes none.

    No pair of braces or colons ends a blank, nothing is played, and macros that reach out are shown, not followed.
    """
    source = _MACRO.sub(r"\\backslash{}\1 ", source.strip())
    return escape(_LIVE_IN_MATH.sub("[{}", _PAIR.sub(r"\1 ", source)), quote=False)


def description(text: str) -> str:
    """Return a deck's description as HTML: without raw HTML and without media, whatever the project trusts."""
    return Markup(trusted=False, show=lambda path, alternative: "").block(text) if text else ""


def tokens(text: str) -> Sequence[Token]:
    """Return Markdown's tokens, with math as `math_inline` and `math_block`, for those who draw something else."""
    return _markdown(trusted=False).parse(text)
