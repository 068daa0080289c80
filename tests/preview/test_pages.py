"""What stands in the pages, without a browser: the real decks' cards, whole; and the plain text of a side."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from ft_cards.cache import Cache
from ft_cards.compile import open_projects
from ft_cards.package.apkg import SEPARATOR
from ft_cards.plan import next_lock, plan
from ft_cards.render.notetypes import NOTE_TYPES
from ft_cards.render.sides import Filled, body_class, sides
from ft_cards.rendered import Rendering
from ft_cards.site.text import plain
from tests.docs_pages import ROOT

from .conftest import run

_ARTICLE = re.compile(r'<article id="([^"]+)".*?<script type="application/json">(.*?)</script>', re.DOTALL)
_LOOKS = re.compile(r'<script type="application/json" id="looks">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the real decks."""
    out = tmp_path_factory.mktemp("real")
    run("preview", ROOT, "-o", out, "--jobs", "1")
    return out


def test_pages_hold_each_card_of_the_real_decks_as_anki_makes_it(real: Path) -> None:
    (project,), _ = open_projects([ROOT], ROOT, Cache(None))
    planned = plan(project)
    lock = next_lock(project, planned, 1_700_000_000)
    rendering = Rendering(project, lock, planned, Cache(None))
    rendering.render(list(planned), 1, lambda done, all_: None)
    for source, deck in project.decks():
        page = (real / "decks" / f"{deck.id}.html").read_text(encoding="utf-8")
        looks = json.loads(_LOOKS.findall(page)[0])
        shown = [(unescape(anchor), *json.loads(data)) for anchor, data in _ARTICLE.findall(page)]
        wanted = []
        for note, made in zip(planned[source.path], rendering.notes(source.path), strict=True):
            for part, number in enumerate(made.ords, 1):
                both = sides(Filled(made.type, made.fields.split(SEPARATOR), made.tags), number, deck.name)
                anchor = note.key if part == 1 else f"{note.key}~{part}"
                wanted.append((anchor, made.type, body_class(number), both.front, both.back))
        assert [
            (anchor, type_, body, *(whole(side, looks[type_]["scripts"][n]) for n, side in enumerate(parts)))
            for anchor, type_, body, *parts in shown
        ] == wanted
        assert {name: look["style"] for name, look in looks.items()} == {name: NOTE_TYPES[name].css for name in looks}


def whole(side: str, scripts: list[str]) -> str:
    """Return a side with its scripts where the template has them: after the article."""
    for script in scripts:
        side = side.replace("</article>\n", f"</article>\n<script>{script}</script>", 1)
    return side


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One &lt;b&gt;</p><p>two</p>", "One <b>\ntwo"),
        ("<ul><li>a</li><li>b\nc</li></ul>", "• a\n• b c"),
        ("<pre><code>for x in y:\n    <span>go</span>()\n</code></pre>", "for x in y:\n    go()"),
        ('<img src="x.png" alt="a &quot;red&quot; square">', 'a "red" square'),
        ("<script>no</script><style>no</style>yes<!-- no -->", "yes"),
        ('<p class="ft-deck">Deck</p><p>x<br>y</p>', "x\ny"),
        ("", ""),
    ],
)
def test_a_side_becomes_plain_text(html: str, text: str) -> None:
    assert plain(html) == text
