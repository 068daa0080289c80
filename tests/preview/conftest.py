"""A project with each sort of card, its pages in files, and readers in a real browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Locator, Page

from ft_cards.cli import cli
from tests.browser.conftest import browser

__all__ = ["browser"]

DECK = r"""
deck: Samples::Preview
id: preview
description: Every *sort* of card.
defaults: {level: medium, code-language: python}
cards:
  - id: plain
    kind: recall
    level: easy
    question: What does **LoRA** train?
    answer: |
      Two factors of rank $r$ with

      $$W' = W + \frac{\alpha}{r} BA$$
    hint: Their product has the shape of $W$, not of `\(W\)`.
    tags: [lora, factors]
  - id: one
    kind: choice
    question: What does this print?
    answer: "0.27"
    distractors: [{text: "0.56", why: After one epoch.}, "0.41", "0.39", "0.61", "0.12"]
    steps: [Multiply thrice., Round it.]
    tags: [loss]
  - id: several
    kind: choice
    question: Which of these are prime?
    answers: ["2", "3"]
    distractors: [{text: "4", why: Two by two.}, "9", "6"]
  - id: calls
    kind: code
    level: hard
    question: Fill in the calls.
    code: |
      optimizer.zero_grad()
      loss.backward()
    blanks: [{text: zero_grad, distractors: [no_grad]}, {text: backward, distractors: [forward, detach]}]
  - id: words
    kind: explain
    question: What does over-tuning do?
    concepts: [it memorises, skill is lost, the loss rises]
    answer: It learns by heart.
  - id: shown
    kind: recall
    question: What is this? ![a red square](media/square.svg)
    answer: A square. ![a tone](media/tone.wav)
    source: "[A paper](https://example.org/paper)"
"""
SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="red"/></svg>'
)


def project(folder: Path, deck: str = DECK) -> Path:
    (folder / "decks" / "media").mkdir(parents=True)
    (folder / "ft-cards.yaml").write_text("namespace: samples\ntitle: Sample decks\n", encoding="utf-8")
    (folder / "decks" / "preview.yaml").write_text(deck, encoding="utf-8")
    (folder / "decks" / "media" / "square.svg").write_text(SQUARE, encoding="utf-8")
    (folder / "decks" / "media" / "tone.wav").write_bytes(b"RIFF\x24\0\0\0WAVEfmt ")
    return folder


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(cli, [str(each) for each in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the sample project, with its packages, in files."""
    folder = project(tmp_path_factory.mktemp("samples"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FT_CARDS_CACHE", str(folder / ".cache"))
        run("build", folder)
        run("preview", folder)
    return folder / "dist" / "site"


@dataclass
class Reader:
    """Someone who reads the pages; afterwards nothing may have been asked of anyone else, and no script have raised."""

    context: BrowserContext
    base: str
    page: Page = field(init=False)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.context.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "about:")):
            self.outside.append(url)

    def open(self, path: str = "decks/preview.html") -> Page:
        self.page.goto(f"{self.base}/{path}")
        return self.page

    def article(self, anchor: str) -> Locator:
        return self.page.locator(f'article[id="{anchor}"]')

    def card(self, anchor: str, side: str = "front") -> FrameLocator:
        """Come to a card and return its frame, once that shows this side."""
        article = self.article(anchor)
        article.scroll_into_view_if_needed()
        self.page.locator(f'article[id="{anchor}"][data-shown="{side}"]').wait_for()
        return article.frame_locator("iframe")

    def flip(self, anchor: str) -> FrameLocator:
        self.article(anchor).locator(".flip").click()
        return self.card(anchor, "back")


@pytest.fixture
def readers(browser: Browser) -> Iterator[Callable[..., Reader]]:
    made: list[Reader] = []

    def make(base: str, **options: object) -> Reader:
        made.append(Reader(browser.new_context(**options), base))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for reader in made:
        reader.context.close()
    assert [(reader.outside, reader.errors) for reader in made] == [([], []) for _ in made]


@pytest.fixture
def reader(readers: Callable[..., Reader], site: Path) -> Reader:
    return readers(site.as_uri())
