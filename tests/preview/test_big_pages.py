"""A page with many cards stays light: only the cards near the screen have frames, and a search is quick."""

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Reader, project, run

CARDS = 2_000


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cards = "".join(
        f"  - {{id: card-{n}, kind: recall, level: easy, question: What is {n} + 1?, answer: It is {n + 1}.}}\n"
        for n in range(CARDS)
    )
    folder = project(tmp_path_factory.mktemp("big"), f"deck: Big\nid: preview\ncards:\n{cards}")
    run("preview", folder, "--jobs", "1")
    return folder / "dist" / "site"


def test_two_thousand_cards_have_few_frames_and_are_searched_at_once(readers: Callable[..., Reader], big: Path) -> None:
    reader = readers(big.as_uri())
    page = reader.open()
    reader.card("card-0")
    for _ in range(30):
        page.mouse.wheel(0, 1500)
        page.wait_for_timeout(50)
    assert page.locator("iframe").count() <= 45
    took = page.evaluate(
        """() => {
          const search = document.getElementById("_search");
          const start = performance.now();
          search.value = "1234";
          search.dispatchEvent(new Event("input"));
          document.body.offsetHeight;
          return performance.now() - start;
        }"""
    )
    shown = page.locator("article:visible").evaluate_all("all => all.map(each => each.id)")
    assert shown == ["card-1233", "card-1234"]
    assert took < 500  # milliseconds, on a busy machine; some 30 on a quiet one


def test_a_link_leads_to_a_card_far_down(readers: Callable[..., Reader], big: Path) -> None:
    reader = readers(big.as_uri())
    reader.open("decks/preview.html#card-1500")
    reader.page.wait_for_timeout(500)
    assert reader.card("card-1500").locator(".ft-question").inner_text() == "What is 1500 + 1?"
    assert reader.page.evaluate(
        "Math.abs(document.getElementById('card-1500').getBoundingClientRect().top) < innerHeight / 2"
    )
