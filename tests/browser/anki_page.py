"""A note's fields → the two sides as Anki renders them → pages in a real browser.

Anki's own backend renders. The page then does what the desktop's reviewer does (one document, whose inside is
replaced and whose scripts are run again) or what AnkiDroid does (a new document for each side).
"""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anki.consts import MODEL_CLOZE
from playwright.sync_api import Browser, BrowserContext, Page, Route

from anki.collection import Collection
from ft_cards.render.notetypes import NoteType

ORIGIN = "http://anki.test/"


@dataclass(frozen=True, slots=True)
class Sides:
    """What Anki renders of one card, style included, and the number that it puts in `cardN`."""

    front: str
    back: str
    number: int


class Renderer:
    """A scratch collection that renders cards of our note types with Anki's own code."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(str(folder / "collection.anki2"))
        self.deck = self.collection.decks.id("Fine-tuning::Foundations")

    def _model(self, note_type: NoteType) -> dict:
        models = self.collection.models
        if known := models.by_name(note_type.name):
            return known
        model = models.new(note_type.name)
        if note_type.cloze:
            model["type"] = MODEL_CLOZE
        for field in note_type.fields:
            models.add_field(model, models.new_field(field.name))
        template = models.new_template(note_type.template_name)
        template["qfmt"], template["afmt"] = note_type.front, note_type.back
        models.add_template(model, template)
        model["css"] = note_type.css
        models.add(model)
        return models.by_name(note_type.name)

    def cards(self, note_type: NoteType, fields: Mapping[str, str]) -> list[Sides]:
        """Add a note and return its cards, in Anki's order."""
        note = self.collection.new_note(self._model(note_type))
        for name, value in fields.items():
            note[name] = value
        self.collection.add_note(note, self.deck)
        return [Sides(card.question(), card.answer(), card.ord + 1) for card in note.cards()]

    def empty(self) -> list[int]:
        """Return the ids of the notes that have cards which Tools > Empty Cards would delete."""
        return sorted(note.note_id for note in self.collection.get_empty_cards().notes)

    def close(self) -> None:
        self.collection.close()


def document(sides: Sides, *, side: str, night: bool = False, mobile: bool = False) -> str:
    """Return the whole page of one side; `show_back` in it swaps the inside as the desktop does."""
    classes = f"card card{sides.number}" + (" nightMode night_mode" if night else "")
    both = json.dumps({"front": sides.front, "back": sides.back}).replace("</", "<\\/")
    return f"""<!doctype html>
<html lang="en"{' class="mobile"' if mobile else ""}><head><meta charset="utf-8"><title>Card</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ margin: 20px; overflow-wrap: break-word }}</style></head>
<body class="{html.escape(classes)}"><div id="qa">{getattr(sides, side)}</div>
<script>
function show(side) {{
  var qa = document.getElementById("qa");
  qa.innerHTML = ({both})[side];
  qa.querySelectorAll("script").forEach(function (old) {{
    var fresh = document.createElement("script");
    fresh.text = old.text;
    old.replaceWith(fresh);
  }});
}}
</script></body></html>"""


class Reviewer:
    """A learner's screen: shows a front, then its back."""

    def __init__(self, browser: Browser, **options: object) -> None:
        self.headers: dict[str, str] = {}
        self.night = bool(options.pop("night", False))
        self.mobile = bool(options.pop("mobile", False))
        if options.pop("deny_storage", False):
            # A sandboxed document has no origin, and so no storage: the real refusal, with its exception.
            self.headers = {"Content-Security-Policy": "sandbox allow-scripts"}
        self.context: BrowserContext = browser.new_context(**options)
        self.page: Page = self.context.new_page()
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.route("**/*", self._serve)
        self._body = ""

    def _serve(self, route: Route) -> None:
        if route.request.url != ORIGIN:
            self.outside.append(route.request.url)
            route.abort()
            return
        route.fulfill(body=self._body, content_type="text/html; charset=utf-8", headers=self.headers)

    def open(self, sides: Sides, side: str = "front") -> Page:
        """Load one side as a document of its own, as AnkiDroid does."""
        self._body = document(sides, side=side, night=self.night, mobile=self.mobile)
        self.page.goto(ORIGIN)
        return self.page

    def flip(self) -> Page:
        """Put the back into the same document, as the desktop does."""
        self.page.evaluate("show('back')")
        return self.page

    def close(self) -> None:
        self.context.close()
