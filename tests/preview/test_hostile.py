"""Hostile decks in the preview, from files and served, whether the project trusts their HTML or not."""

import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from tests.browser.test_hostile import Trap, trap

from .conftest import run
from .hostile import HOST, LIST, TEXTS, project

__all__ = ["trap"]

KINDS = ("recall", "choice", "code", "cloze")
"""One for each way that a page shows a card."""

LIVE = """() => [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes].flatMap(
    ({ name, value }) => {
        const goes = ['href', 'src', 'action', 'formaction', 'data', 'srcset', 'xlink:href'].includes(name);
        const fine = /^(https?:|mailto:|#|[a-z0-9.-]+$)/i.test(value);
        const bad = name.startsWith('on') || (goes && !fine) || (name === 'style' && /url/i.test(value));
        return bad ? [`${element.localName} ${name}=${value}`] : [];
    }))"""
"""What in a card could run or lead astray; the page around it is our own."""

TOUCH = """() => document.querySelectorAll('*').forEach((element) => {
    for (const name of ['mouseover', 'focus', 'toggle', 'load', 'error', 'begin'])
        element.dispatchEvent(new Event(name));
    if (element.localName === 'details') element.open = true;
    if (element.localName === 'a' && !/^https?:|^mailto:/.test(element.href)) element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
})"""

ALL_AT_ONCE = """window.IntersectionObserver = class {
    constructor(tell) { this.tell = tell; }
    observe(target) { this.tell([{ target, isIntersecting: true }]); }
}"""
"""Takes each card for one on the screen: a page as high as all of them would be costly to paint."""


@dataclass
class Visit:
    """A reader of one site, and all that its pages did."""

    context: BrowserContext
    base: str
    trap: Trap
    page: Page = field(init=False)
    did: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.add_init_script(LIST)
        self.context.add_init_script(ALL_AT_ONCE)
        self.context.on("request", lambda request: self._asked(request.url))
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("dialog", lambda dialog: (self.did.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.did.append(f"error {error}"))
        self.page.on("websocket", lambda socket: self.did.append(f"socket {socket.url}"))
        self.page.on("popup", lambda popup: self.did.append(f"window {popup.url}"))

    def _asked(self, url: str) -> None:
        path = unquote(url.removeprefix(self.base))
        if (url == path or ".." in path) and not url.startswith(("data:", "about:")):
            self.did.append(f"request {url}")

    def open(self, path: str) -> list[str]:
        """Open a page, turn all its cards over, touch everything; return what came to life."""
        self.did.clear()
        self.trap.asked.clear()
        self.page.goto(f"{self.base}/{path}")
        cards = self.page.locator("main > article[aria-label]").count()
        for side in ("front", "back"):
            if cards:
                self._come("front" if side == "front" else "back", cards)
            for frame in self.frames:
                frame.evaluate(TOUCH)
        owned = sum(frame.evaluate("() => (window.owned || []).length") for frame in self.page.frames)
        return [*self.did, *(f"asked {path}" for path in self.trap.asked), *["a script"] * owned]

    def _come(self, side: str, cards: int) -> None:
        if side == "back":
            self.page.locator(".flip-all").click()
        shown = f"document.querySelectorAll('main > article[data-shown={side}]').length === {cards}"
        self.page.wait_for_function(f"() => {shown}")

    @property
    def frames(self) -> list[Frame]:
        """The frames of the cards."""
        return [frame for frame in self.page.frames if frame != self.page.main_frame]


@dataclass(frozen=True)
class Way:
    """How a reader comes to the pages, and whether the project lets raw HTML through to Anki."""

    served: bool
    trusted: bool


WAYS = [
    pytest.param(Way(served=False, trusted=False), id="files"),
    pytest.param(Way(served=False, trusted=True), id="files, trusted"),
    pytest.param(Way(served=True, trusted=True), id="served, trusted"),
    pytest.param(Way(served=True, trusted=False), id="served", marks=pytest.mark.proof),
]


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def visit(way: Way, trap: Trap, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    settings = {"html": "trusted"} if way.trusted else {}
    root = project(tmp_path_factory.mktemp("hostile"), trap.address, each=8, kinds=KINDS, **settings)
    context = browser.new_context(viewport={"width": 400, "height": 300})
    cache = {"FT_CARDS_CACHE": str(tmp_path_factory.mktemp("cache"))}
    if way.served:
        command = [sys.executable, "-m", "ft_cards", "preview", str(root), "--serve", "--port", "0"]
        with subprocess.Popen(
            command, env=os.environ | cache, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdout
            yield Visit(context, process.stdout.readline().split()[0].rstrip("/"), trap)
            process.terminate()
    else:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FT_CARDS_CACHE", cache["FT_CARDS_CACHE"])
            run("preview", root)
        yield Visit(context, (root / "dist" / "site").as_uri(), trap)
    context.close()


def pages() -> list[str]:
    """Return the names of the decks' pages: the first of the texts in each names it."""
    return [f"decks/{name}.html" for name in list(TEXTS)[::8]]


@pytest.mark.parametrize("path", ["index.html", *pages()])
def test_nothing_runs_and_nothing_is_asked_of_anyone(visit: Visit, way: Way, path: str):
    assert visit.open(path) == []
    if not way.trusted:  # else the policy alone stands between what is there and what it could do
        assert [found for frame in visit.frames for found in frame.evaluate(LIVE)] == []
        assert path == "index.html" or _not_shown(visit, path) == {}


def _not_shown(visit: Visit, path: str) -> dict[str, list[str]]:
    """Return the cards that do not show their text sign for sign, of the texts that are no Markdown."""
    names = list(TEXTS)
    first = names.index(path.removeprefix("decks/").removesuffix(".html"))
    missing = {}
    for name in names[first : first + 8]:
        text = html.unescape(TEXTS[name].replace(HOST, visit.trap.address)).strip()
        if not re.fullmatch(r"[^`*_$\[\\]+", text):
            continue
        texts = visit.page.evaluate(
            """(end) => [...document.querySelectorAll(`main > article[id$="-${end}"]`)].map(
                (article) => article.querySelector('iframe').contentDocument.body.textContent)""",
            name,
        )
        assert len(texts) >= len(KINDS)
        if lacking := [shown for shown in texts if text not in shown]:
            missing[name] = lacking
    return missing
