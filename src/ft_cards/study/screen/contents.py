"""Runs, programs and diffs → textual's `Content`, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content, Span
from textual.highlight import HighlightTheme, highlight
from textual.style import Style

from ft_cards.study.judge import Bit
from ft_cards.study.screen.prose import Program, Run

STYLES = {
    "strong": "bold",
    "em": "italic",
    "strike": "strike",
    "code": "$text-code",
    "math": "$text-math",
    "link": "underline",
    "image": "italic $text-muted",
    "blank": "bold reverse $warning",
    "filled": "bold underline reverse $success",
}
_BITS = {"same": "$foreground", "typed": "strike bold $text-error", "missing": "underline bold $text-success"}
_TOKENS = {
    "Token.Keyword": "bold $text-primary",
    "Token.Keyword.Namespace": "bold $text-primary",
    "Token.Operator.Word": "bold $text-primary",
    "Token.Keyword.Constant": "$text-number",
    "Token.Name": "$foreground",
    "Token.Name.Builtin": "$text-primary",
    "Token.Name.Function": "$text-code",
    "Token.Name.Class": "bold $text-code",
    "Token.Literal.Number": "$text-number",
    "Token.Literal.String": "$text-success",
    "Token.Literal.String.Double": "$text-success",
    "Token.Operator": "$foreground",
    "Token.Comment": "italic $text-muted",
}


class _Colours(HighlightTheme):
    """Quieter colours than textual's own, the same in programs and prose."""

    STYLES = {kind: _TOKENS.get(str(kind), style) for kind, style in HighlightTheme.STYLES.items()}  # noqa: RUF012


def content_of(runs: Sequence[Run], *, base: str = "") -> Content:
    """The words of a paragraph; `base` is a style below all of them."""
    spans: list[Span] = []
    length = 0
    for run in runs:
        end = length + len(run.text)
        spans += [Span(length, end, STYLES[style]) for style in sorted(run.styles, key=_order)]
        if run.link:
            spans.append(Span(length, end, Style.from_meta({"@click": f"app.open_url({run.link!r})"})))
        length = end
    content = Content("".join(run.text for run in runs), spans=spans)
    return content.stylize_before(base) if base else content


def _order(style: str) -> int:
    return list(STYLES).index(style)


def program_content(program: Program) -> Content:
    """The highlighted program with its blanks marked."""
    content = highlight(program.code, language=program.language, theme=_Colours)
    for start, end, kind in program.blanks:
        gap = Content.styled(program.code[start:end], STYLES[kind])
        content = content[:start] + gap + content[end:]
    return content


def bits_content(bits: Sequence[Bit]) -> Content:
    """What was typed against the answer: struck out what is too much, underlined what is missing."""
    pieces = [Content.styled(bit.text, _BITS[bit.kind]) for bit in bits]
    apart = len(bits) > 1 and not any(bit.kind == "same" for bit in bits)
    return Content.styled(" → ", "$text-muted").join(pieces) if apart else Content("").join(pieces)
