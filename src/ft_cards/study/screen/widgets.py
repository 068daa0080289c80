"""The parts of a scene → widgets. Each shows one value and knows nothing of the session."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.box import SIMPLE_HEAD
from rich.style import Style as RichStyle
from rich.table import Table as RichTable
from rich.text import Text
from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from ft_cards.study.screen.contents import bits_content, content_of, program_content
from ft_cards.study.screen.prose import Line, Program, Run, Table, Words
from ft_cards.study.screen.scene import Aside, Chart, Judged, Part, Row, Sign, Tap, Title, Typed

_SIGNS: dict[Sign, str] = {
    "letter": " ", "open": "☐", "picked": "☑", "right": "✓", "wrong": "✗", "missed": "✓", "seen": "·"
}  # fmt: skip
_MARKS = {"right": "✓", "partly": "◐", "wrong": "✗"}


class Tapped(Message):
    """Something was tapped with the mouse that stands for a key."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class Button(Static):
    """A text that does what a key does."""

    def __init__(self, text: Content | str, key: str, *, classes: str = "") -> None:
        super().__init__(text, classes=classes, markup=False)
        self.tap_key = key

    def on_click(self) -> None:
        """Stand for the key."""
        self.post_message(Tapped(self.tap_key))


class OptionRow(Horizontal):
    """An option: its letter, its sign, its text, and the reason why it is wrong."""

    def __init__(self, row: Row) -> None:
        super().__init__(classes=f"option -{row.sign}" + (" -tappable" if row.place is not None else ""))
        self.row = row

    def compose(self) -> ComposeResult:
        """Put the letter left of the text."""
        yield Static(f"{self.row.letter} {_SIGNS[self.row.sign]}", classes="letter", markup=False)
        with Vertical(classes="said"):
            yield Static(content_of(self.row.runs))
            if self.row.reason:
                yield Static(content_of(self.row.reason), classes="reason")

    def on_click(self) -> None:
        """Pick or tick it."""
        if self.row.place is not None:
            self.post_message(Tapped(self.row.letter.lower()))


class TableView(Static):
    """A table in the colours of the theme."""

    def __init__(self, value: Table) -> None:
        super().__init__(classes="table")
        self.value = value

    def render(self) -> RenderResult:
        """Draw the table as wide as it needs to be."""
        head, *rows = self.value.rows
        variables = self.app.theme_variables
        table = RichTable(
            box=SIMPLE_HEAD if head else None,
            show_header=bool(head),
            padding=(0, 2, 0, 0) if not head else (0, 1),
            border_style=RichStyle(color=_for_rich(variables["rule"])),
            header_style="bold",
            pad_edge=False,
            show_edge=False,
        )
        for place, align in enumerate(self.value.aligns):
            table.add_column(_text(head[place], variables) if head else "", justify=align)
        for row in rows:
            table.add_row(*(_text(cell, variables) for cell in row))
        return table


def _for_rich(colour: str) -> str:
    """A colour's name as rich knows it: the terminal's own colours have no `ansi_` before them."""
    return colour.removeprefix("ansi_")


def _text(runs: tuple[Run, ...], variables: dict[str, str]) -> Text:
    """The words of a cell for rich, which knows no names of colours."""
    text = Text()
    colours = {name: _for_rich(variables[f"text-{name}"]) for name in ("code", "math")}
    for run in runs:
        style = RichStyle(
            bold="strong" in run.styles or "blank" in run.styles,
            italic="em" in run.styles,
            strike="strike" in run.styles,
            underline="link" in run.styles,
            color=next((colours[name] for name in ("code", "math") if name in run.styles), None),
        )
        text.append(run.text, style)
    return text


class Lead(Horizontal):
    """A paragraph with a bullet or a number before it."""

    def __init__(self, words: Words) -> None:
        super().__init__(classes="lead" + (" -tight" if words.tight else ""))
        self.words = words
        self.styles.padding = (0, 0, 0, max(0, words.indent - 3))

    def compose(self) -> ComposeResult:
        """Put the bullet left of the text."""
        yield Static(self.words.lead, classes="bullet", markup=False)
        yield Static(content_of(self.words.runs), classes="said")


def widgets_of(parts: Sequence[Part]) -> list[Widget]:
    """The widgets of a page; what stands close together, options and what was typed, ends with some room."""
    made = [widget_of(part) for part in parts]
    for widget, part, after in zip_longest(made, parts, parts[1:]):
        if _is_close(part) and not (_is_close(after) or (isinstance(after, Words) and after.lead)):
            widget.add_class("-last")
    return made


def _is_close(part: Part | None) -> bool:
    return isinstance(part, (Row, Typed)) or (isinstance(part, Words) and part.tight)


def widget_of(part: Part) -> Widget:
    """The widget that shows a part."""
    match part:
        case Words():
            return _paragraph(part)
        case Program():
            view = Static(program_content(part), classes="program")
            view.styles.margin = (0, 0, 1, part.indent)
            return view
        case Table():
            return TableView(part)
        case Line():
            return Static("", classes="line")
        case Title():
            return Static(part.text, classes="title" + (" -strong" if part.strong else ""), markup=False)
        case Row():
            return OptionRow(part)
        case Judged():
            return Static(f"{_MARKS[part.mark]} {part.text}", classes=f"judged -{part.mark}", markup=False)
        case Typed():
            label = Content.styled(f"{part.label}  ", "$text-muted")
            return Static(label + bits_content(part.bits), classes="typed")
        case Tap():
            text = Content.assemble(("▸ ", "$text-primary"), (part.key, "bold"), f"  {part.text}")
            return Button(text, part.key, classes="tap")
        case Chart():
            return _chart(part)
        case Aside():
            inside = [Static(part.title, classes="aside-title", markup=False), *widgets_of(part.blocks)]
            return Vertical(*inside, classes="aside")


def _paragraph(words: Words) -> Widget:
    if words.lead:
        return Lead(words)
    view = Static(content_of(words.runs), classes=f"words -{words.role}" + (" -tight" if words.tight else ""))
    if words.indent:
        view.styles.padding = (0, 0, 0, words.indent)
    return view


def _chart(chart: Chart) -> Widget:
    text = Content.styled("\n".join(chart.lines), "$text-primary")
    if chart.caption:
        text += Content.styled(f"\n{chart.caption}", "$text-muted")
    return Static(text, classes="chart")
