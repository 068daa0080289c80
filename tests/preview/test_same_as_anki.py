"""The pages of the real decks, held against Anki's own renderer: the same HTML, style, script and classes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.anki.collection import Learner
from tests.anki.project import Author
from tests.anki.test_sides import decks

from .conftest import run

__all__ = ["decks"]

_ARTICLE = re.compile(r'<article id="([^"]+)".*?<script type="application/json">(.*?)</script>', re.DOTALL)
_LOOKS = re.compile(r'<script type="application/json" id="_looks">(.*?)</script>', re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

Shown = dict[str, tuple[Any, ...]]
"""By the card's anchor: the body's classes, the style, and for each side its HTML and its scripts."""


@pytest.fixture(scope="module")
def site(decks: tuple[Author, Learner], tmp_path_factory: pytest.TempPathFactory) -> Path:
    author, _ = decks
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FT_CARDS_CACHE", str(tmp_path_factory.mktemp("cache")))
        run("preview", author.root)
    return author.dist / "site"


def on_the_pages(site: Path) -> Shown:
    shown: Shown = {}
    for page in sorted((site / "decks").glob("*.html")):
        text = page.read_text(encoding="utf-8")
        (looks,) = map(json.loads, _LOOKS.findall(text))
        for anchor, data in _ARTICLE.findall(text):
            type_, body, front, back = json.loads(data)
            first, second = looks[type_]["scripts"]
            assert anchor not in shown
            shown[anchor] = (body, looks[type_]["style"], front, first, back, second)
    return shown


def in_anki(learner: Learner) -> Shown:
    shown: Shown = {}
    for note_id in learner.collection.find_notes(""):
        note = learner.collection.get_note(note_id)
        for part, card in enumerate(sorted(note.cards(), key=lambda each: each.ord), 1):
            output = card.render_output()
            sides: list[Any] = []
            for side in (output.question_text, output.answer_text):
                sides += [_SCRIPT.sub("", side), _SCRIPT.findall(side)]
            anchor = note["Id"] if part == 1 else f"{note['Id']}~{part}"
            shown[anchor] = (f"card card{card.ord + 1}", output.css, *sides)
    return shown


def test_every_card_on_the_pages_is_what_anki_shows(site: Path, decks: tuple[Author, Learner]):
    _, learner = decks
    anki, pages = in_anki(learner), on_the_pages(site)
    assert pages.keys() == anki.keys()
    assert [anchor for anchor in anki if pages[anchor] != anki[anchor]] == []
