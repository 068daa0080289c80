"""Anki's HTML → what a learner reads, and what becomes of a field that Anki's editor writes back."""

from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(slots=True)
class Seen:
    """The text of one section of a card, the texts of the blanks asked in it, and its pieces of plain prose.

    `prose` are the texts outside of code: there MathJax looks for formulas.
    """

    text: str = ""
    asked: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, section: str) -> None:
        super().__init__(convert_charrefs=True)
        self.section = section
        self.seen = Seen()
        self.open: list[tuple[str, str]] = []
        self.misnested: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        css = dict(attrs).get("class") or ""
        if self._inside() and css == "cloze":
            self.seen.asked.append("")
        self.open.append((tag, css))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open[-1][0] != tag:
            self.misnested.append(tag)
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside():
            return
        self.seen.text += data
        if any(css == "cloze" for _, css in self.open):
            self.seen.asked[-1] += data
        if not any(tag in ("code", "pre", "script", "style") for tag, _ in self.open):
            self.seen.prose.append(data)

    def _inside(self) -> bool:
        return any(tag == "section" and css == self.section for tag, css in self.open)


def look(html: str, section: str = "ft-text") -> Seen:
    """Read one section of a rendered card. Every tag must be closed in its turn."""
    reader = _Reader(section)
    reader.feed(html)
    reader.close()
    assert (reader.misnested, reader.open) == ([], []), html.partition("</style>")[2]
    return reader.seen


class _Editor(HTMLParser):
    """Writes HTML as a browser does: entities become signs, but for & < > and the no-break space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = "".join(
            ' {}="{}"'.format(
                name, (value or "").replace("&", "&amp;").replace("\xa0", "&nbsp;").replace('"', "&quot;")
            )
            for name, value in attrs
        )
        self.out.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(escape(data, quote=False).replace("\xa0", "&nbsp;"))


def edited(html: str) -> str:
    """Return a field as Anki's editor saves it once the learner has touched it."""
    editor = _Editor()
    editor.feed(html)
    editor.close()
    return "".join(editor.out)
