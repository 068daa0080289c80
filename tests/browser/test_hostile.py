"""Hostile decks, imported into the real Anki and shown by a real browser: nothing of them comes to life."""

import html
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ft_cards.render.notetypes import CHOICE, NOTE_TYPES
from ft_cards.render.sides import Filled, Sides, sides
from tests.anki.collection import Health, Learner
from tests.anki.project import Author
from tests.preview.hostile import HOST, LIST, TEXTS, project

from .anki_page import Sides as Shown
from .anki_page import document

ELEMENTS = frozenset(
    [
        "a",
        "article",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "footer",
        "h1",
        "h2",
        "hr",
        "input",
        "label",
        "li",
        "ol",
        "p",
        "pre",
        "script",
        "section",
        "span",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""What our own renderer and templates write; whatever else is there came out of a text."""

ADDRESSES = ("http://", "https://", "mailto:")


@dataclass(slots=True)
class Card:
    """A card in the learner's collection: its note, its number, both sides, and what Anki would play."""

    id: str
    number: int
    note: Filled
    deck: str
    sides: Sides
    plays: list[object]


@dataclass(slots=True)
class Trap:
    """A server on this machine that shows one page, and counts what else it is asked for."""

    address: str
    page: str = ""
    asked: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://{self.address}/"


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    made = Trap("")

    class Counter(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/":
                made.asked.append(self.path)
            self.send_response(404 if self.path != "/" else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(made.page.encode() if self.path == "/" else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    made.address = f"127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def author(trap: Trap, tmp_path_factory: pytest.TempPathFactory) -> Author:
    made = Author(project(tmp_path_factory.mktemp("hostile"), trap.address))
    made.build()
    return made


@pytest.fixture(scope="module")
def learner(author: Author, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    made = Learner(tmp_path_factory.mktemp("learner"))
    made.take(author.package("hostile"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def cards(learner: Learner) -> list[Card]:
    key_of = {note_type.name: key for key, note_type in NOTE_TYPES.items()}
    found = []
    for card_id in learner.collection.find_cards(""):
        card = learner.collection.get_card(card_id)
        output = card.render_output()
        both = Sides(output.question_text, output.answer_text)
        plays = [*output.question_av_tags, *output.answer_av_tags]
        note = card.note()
        filled = Filled(key_of[card.note_type()["name"]], note.fields, note.tags)
        found.append(Card(note["Id"], card.ord, filled, learner.collection.decks.name(card.did), both, plays))
    return sorted(found, key=lambda each: (each.id, each.number))


class _Parts(HTMLParser):
    """The elements of a page, and the attributes that could do something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.found.add(f"<{tag}>")
        for name, value in attrs:
            goes = name in ("href", "src", "action", "formaction", "data", "xlink:href", "srcset")
            if name.startswith("on") or name == "style" or (goes and not (value or "").startswith(ADDRESSES)):
                self.found.add(f"{tag} {name}={value}")


def parts(side: str) -> set[str]:
    reader = _Parts()
    reader.feed(side)
    reader.close()
    return reader.found


def test_every_hostile_text_arrives_as_a_card_of_each_kind(author: Author, learner: Learner, cards: list[Card]):
    kinds = ("recall", "explain", "story", "choice", "cloze", "code")
    assert {card.id for card in cards} == {f"{kind}-{name}" for name in TEXTS for kind in kinds}
    assert len(TEXTS) > 60
    assert learner.health() == Health()


def test_nothing_in_them_is_an_element_a_handler_an_address_or_a_sound(cards: list[Card]):
    alive = {card.id: found for card in cards if (found := parts(card.sides.front) | parts(card.sides.back))}
    assert alive == {}
    assert {card.id: card.plays for card in cards if card.plays} == {}
    assert "[anki:" not in "".join(card.sides.front + card.sides.back for card in cards)


def test_anki_finds_no_mark_of_its_own_in_them(learner: Learner, cards: list[Card]):
    # Touching a note makes Anki look for blanks in all its fields: a mark that is alive would make another card.
    before = learner.collection.card_count()
    for note_id in learner.collection.find_notes(""):
        note = learner.collection.get_note(note_id)
        note.tags = [*note.tags, "touched"]
        learner.collection.update_note(note)
    assert learner.collection.card_count() == before
    for card in cards:
        assert "No cloze" not in card.sides.front + card.sides.back, card.id
        assert 'data-shape="' not in card.sides.front + card.sides.back, card.id


def test_what_the_preview_shows_of_them_is_what_anki_shows(cards: list[Card]):
    for card in cards:
        assert sides(card.note, card.number, card.deck) == card.sides, card.id


class Watch:
    """A browser's page, and what came to life in it."""

    def __init__(self, page: Page, trap: Trap) -> None:
        self.page = page
        self.trap = trap
        self.did: list[str] = []
        page.add_init_script(LIST)
        page.on("dialog", lambda dialog: (self.did.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.did.append(f"error {error}"))
        page.on("request", lambda request: self.did.append(f"request {request.url}"))
        page.on("websocket", lambda socket: self.did.append(f"socket {socket.url}"))
        page.on("popup", lambda popup: self.did.append(f"window {popup.url}"))

    def open(self, body: str) -> list[str]:
        """Open a page as Anki does, touch all that is in it, and return what came to life, by what it did."""
        self.did.clear()
        self.trap.asked.clear()
        self.trap.page = body
        self.page.goto(self.trap.origin)  # until all that it loads is there, or has failed
        self.page.evaluate(
            """() => document.querySelectorAll('#qa *').forEach((element) => {
                for (const name of ['mouseover', 'focus', 'toggle', 'load', 'error', 'begin'])
                    element.dispatchEvent(new Event(name, { bubbles: true }));
                if (element.tagName === 'DETAILS') element.open = true;
                if (element.tagName === 'A' && !/^(https?|mailto):/.test(element.href)) element.click();
            })"""
        )
        owned = self.page.evaluate("() => owned.length")
        own = {f"request {self.trap.origin}", f"request {self.trap.origin}favicon.ico"}
        asked = [f"asked {path}" for path in self.trap.asked if path != "/favicon.ico"]
        return [*(each for each in self.did if each not in own), *asked, *["a script"] * owned]


@pytest.fixture(scope="module")
def watch(browser: Browser, trap: Trap) -> Iterator[Watch]:
    context = browser.new_context()
    yield Watch(context.new_page(), trap)
    context.close()


def shown_on(cards: list[Card]) -> str:
    """Return one page with both sides of all these cards."""
    both = "".join(f"<div>{card.sides.front}</div><div>{card.sides.back}</div>" for card in cards)
    return document(Shown(f"<style>{CHOICE.css}</style>{both}", "", 1), side="front")


@pytest.mark.parametrize("name", TEXTS)
def test_a_browser_runs_and_asks_nothing(name: str, cards: list[Card], watch: Watch):
    mine = [card for card in cards if card.id.partition("-")[2] == name]
    assert len(mine) >= 6
    assert watch.open(shown_on(mine)) == []
    text = html.unescape(TEXTS[name].replace(HOST, watch.trap.address))
    if re.fullmatch(r"[^`*_$\[\\]+", text):  # no Markdown: each place shows the text, sign for sign
        places = watch.page.evaluate("() => document.querySelector('#qa').innerText").count(text.strip())
        assert places >= 20, places


def test_the_trap_snaps(trap: Trap, watch: Watch, tmp_path: Path):
    # The same texts where the project trusts HTML: the scripts are the author's own there. So the trap is no dummy.
    trusting = Author(project(tmp_path / "trusting", trap.address, html="trusted"))
    trusting.build()
    learner = Learner(tmp_path / "learner")
    learner.take(trusting.package("hostile"))
    outputs = [learner.cards(f"recall-{name}")[1].render_output() for name in ("img-onerror", "picture-from-afar")]
    learner.close()
    both = "".join(output.question_text for output in outputs)
    assert {*watch.open(document(Shown(both, "", 1), side="front"))} == {
        f"request {trap.origin}x",
        f"request {trap.origin}pixel.png",
        "asked /x",
        "asked /pixel.png",
        "a script",
    }
