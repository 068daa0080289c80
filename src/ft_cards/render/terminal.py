"""Correct cards → front and back as a terminal can show them. The only importer of rich in this wing."""

import re
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.rule import Rule
from rich.styled import Styled
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from ft_cards.render.mathtext import readable
from ft_cards.render.notes import fixed_order, stable_order
from ft_cards.source.deck import Card
from ft_cards.source.kinds import KINDS
from ft_cards.source.kinds.choice import Choice
from ft_cards.source.kinds.cloze import Broken, Cloze, scan
from ft_cards.source.kinds.code import CodeCard
from ft_cards.source.kinds.common import Card as AnyCard
from ft_cards.source.kinds.explain import Explain
from ft_cards.source.kinds.recall import Recall
from ft_cards.source.kinds.story import Story

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def sides(card: Card) -> Iterator[RenderableType]:
    """Yield the pieces of the card, front first; every blank is shown open on the back."""
    model = KINDS[card.kind].model_validate(card.fields)
    level = f" · {model.level}" if model.level else ""
    yield Rule(f"{card.id} · {card.kind}{level}", style="dim", align="left")
    yield Group(*_front(model, card.id))
    if model.hint:
        yield Padding(Group(Text("Hint", style="dim italic"), _prose(model.hint)), (1, 0, 0, 2))
    yield Rule("answer", style="dim", align="left")
    yield Group(*_back(model, card.id))
    for title, text in (("Why", model.explanation), ("Source", model.source)):
        if text:
            yield from _section(title, _prose(text))
    if model.mistakes:
        yield from _section("Common mistakes", _bullets(model.mistakes))


def _front(card: AnyCard, name: str) -> Iterator[RenderableType]:
    match card:
        case Choice():
            yield _prose(card.question)
            if card.code:
                yield _program(card.code, card.language)
            yield _options(card, name, reveal=False)
        case CodeCard():
            yield _prose(card.question)
            yield _program(_hidden(card), card.language)
            yield from _offers(card, name)
        case Cloze():
            yield _prose(_cloze(card.text, reveal=False))
        case Story():
            yield _prose(card.question)
            yield _prose(card.scenario)
        case Recall() | Explain():
            yield _prose(card.question)


def _back(card: AnyCard, name: str) -> Iterator[RenderableType]:
    match card:
        case Recall():
            yield _prose(card.answer)
        case Choice():
            yield _options(card, name, reveal=True)
            for number, step in enumerate(card.steps, 1):
                yield from _section(f"Step {number}", _prose(step))
            if card.check:
                yield from _section("Check", _prose(card.check))
        case CodeCard():
            yield _program(card.code, card.language)
            for number, span in enumerate(card.spans(), 1):
                blank = card.blanks[span.index]
                wrong = f"  (not {', '.join(blank.distractors)})" if blank.distractors else ""
                yield Text(f"{number}. {blank.text}{wrong}")
        case Cloze():
            yield _prose(_cloze(card.text, reveal=True))
        case Explain():
            ticks = Table.grid(padding=(0, 1))
            for concept in card.concepts:
                ticks.add_row(Text("☐"), _prose(concept))
            yield ticks
            if card.answer:
                yield from _section("Model answer", _prose(card.answer))
        case Story():
            parts = {
                "The problem": card.problem,
                "The way out": card.solution,
                "Before": card.before,
                "After": card.after,
                "What it makes possible": card.enables,
                "In real life": card.example,
            }
            for title, text in parts.items():
                if text:
                    yield from _section(title, _prose(text))
            if card.takeaways:
                yield from _section("To take away", _bullets(card.takeaways))


def _section(title: str, body: RenderableType) -> Iterator[RenderableType]:
    yield Text(f"\n{title}", style="bold")
    yield body


def _program(program: str, language: str) -> RenderableType:
    return Padding(Syntax(program, language, theme="ansi_dark", background_color="default"), (1, 2))


def _bullets(texts: Sequence[str]) -> RenderableType:
    return _prose("\n".join(f"- {text}" for text in texts))


_SPAN = re.compile(
    r"(`+)(?:.|\n)*?(?<!`)\1(?!`)|\$\$(?P<block>(?:.|\n)+?)\$\$|\$(?P<math>(?!\s)[^$]+?(?<!\s))\$(?!\d)|<"
)


def _prose(text: str) -> Markdown:
    """Draw Markdown; math as Unicode, and what looks like HTML as the text that Anki shows."""

    def shown(found: re.Match[str]) -> str:
        tex = found["block"] or found["math"]
        if tex:
            return re.sub(r"([\\`*_\[\]<>])", r"\\\1", readable(tex))
        return "\\<" if found.group() == "<" else found.group()

    return Markdown(_SPAN.sub(shown, text))


def _options(card: Choice, name: str, *, reveal: bool) -> RenderableType:
    options = [(text, "", True) for text in card.right]
    options += [(wrong.text, wrong.why or "", False) for wrong in card.distractors]
    texts = [text for text, _, _ in options]
    order = stable_order(texts, name) if card.shuffle else fixed_order(texts)
    table = Table.grid(padding=(0, 2))
    for letter, index in zip(_LETTERS, order, strict=False):
        text, why, right = options[index]
        sign = (" ✓" if right else " ✗") if reveal else ""
        style = ("green" if right else "red") if reveal else "bold"
        told = [_prose(text), Styled(_prose(why), "dim")] if reveal and why else [_prose(text)]
        table.add_row(Text(f"  {letter}{sign}", style), Group(*told))
    return Padding(table, (1, 0, 0, 0))


def _offers(card: CodeCard, name: str) -> Iterator[RenderableType]:
    """Yield what is said of each blank on the front: its hint, and what may fill it, in the order that Anki shows."""
    table = Table.grid(padding=(0, 1))
    for number, span in enumerate(card.spans(), 1):
        blank = card.blanks[span.index]
        texts = [blank.text, *blank.distractors] if blank.distractors else []
        order = stable_order(texts, f"{name}\0{blank.text}")
        lines = [Text(blank.hint, "dim italic")] if blank.hint else []
        lines += [Text("  ·  ").join(Text(texts[index]) for index in order)] if texts else []
        if lines:
            table.add_row(Text(f"  [{number}]", "bold"), Group(*lines))
    if table.row_count:
        yield table


def _hidden(card: CodeCard) -> str:
    program, at, out = card.code, 0, []
    for number, span in enumerate(card.spans(), 1):
        out += [program[at : span.start], f"[{number}]"]
        at = span.end
    return "".join(out) + program[at:]


def _cloze(text: str, *, reveal: bool) -> str:
    marks = scan(text)
    assert not isinstance(marks, Broken)
    out, at, depth = [], 0, 0
    for mark in marks:
        if depth == 0 or reveal:
            out.append(text[at : mark.start])
        if mark.sign == "open":
            out.append("**" if reveal and depth == 0 else "")
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                out.append("**" if reveal else f"**[{mark.hint or '…'}]**")
        at = mark.end
    return "".join(out) + text[at:]
