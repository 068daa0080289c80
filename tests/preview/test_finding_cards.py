"""Cards are found: by search, filters and links; on narrow and wide screens, by day and by night."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .conftest import Reader, project, run


def shown(reader: Reader) -> list[str]:
    return reader.page.locator("article:visible").evaluate_all("all => all.map(each => each.id)")


def test_the_search_finds_what_fronts_and_backs_say(reader: Reader) -> None:
    page = reader.open()
    page.locator("#_search").fill("BY heart")
    assert shown(reader) == ["words"]
    expect(page.locator("#_count")).to_have_text("1 of 7 cards")
    page.locator("#_search").fill("no such word")
    assert shown(reader) == []
    page.locator(".none .clear").click()
    assert len(shown(reader)) == 7
    expect(page.locator("#_search")).to_have_value("")


def test_filters_add_up_and_stay_in_the_link(reader: Reader, readers: Callable[..., Reader], site: Path) -> None:
    page = reader.open()
    for name in ("choice", "medium"):
        page.locator(f'.chip[data-value="{name}"]').click()
    assert shown(reader) == ["one", "several"]
    page.locator(".tags summary").click()
    page.locator('.chip[data-value="loss"]').click()
    assert shown(reader) == ["one"]
    assert urlsplit(page.url).fragment == "?kind=choice&level=medium&tag=loss"
    other = readers(site.as_uri())
    other.page.goto(page.url)
    assert shown(other) == ["one"]
    expect(other.page.locator('.chip[data-value="loss"]')).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("anchor", ["calls~2", "shown"])
def test_a_link_leads_to_its_card(reader: Reader, anchor: str) -> None:
    reader.open(f"decks/preview.html#{anchor}")
    expect(reader.article(anchor)).to_be_focused()
    expect(reader.article(anchor)).to_be_in_viewport()
    reader.card(anchor)
    reader.page.wait_for_timeout(300)
    expect(reader.article(anchor).locator(".flip")).to_be_in_viewport()


def test_a_card_s_own_link_keeps_the_filters(reader: Reader) -> None:
    page = reader.open("decks/preview.html#?kind=choice")
    reader.article("several").locator(".id").click()
    assert urlsplit(page.url).fragment == "several?kind=choice"
    assert shown(reader) == ["one", "several"]


def test_no_card_s_name_gets_in_the_way_of_the_page(
    readers: Callable[..., Reader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FT_CARDS_CACHE", "")
    names = ["looks", "search", "count", "cards", "article", "main", "controls", "location"]
    cards = "".join(f"  - {{id: {name}, kind: recall, question: What is {name}?, answer: It.}}\n" for name in names)
    folder = project(tmp_path / "samples", f"deck: Names\nid: preview\ncards:\n{cards}")
    run("preview", folder)
    reader = readers((folder / "dist" / "site").as_uri())
    for name in names:
        reader.open(f"decks/preview.html#{name}")
        reader.page.reload()
        expect(reader.article(name)).to_be_focused()
        assert reader.card(name).locator(".ft-question").inner_text() == f"What is {name}?"
    reader.open("decks/preview.html#%")
    reader.page.reload()
    reader.card("looks")


def test_the_index_tells_of_the_deck_and_leads_to_it(reader: Reader) -> None:
    page = reader.open("index.html")
    assert page.locator(".decks").locator("h2, .about, .facts, .counts > span:not(.unseen)").all_inner_texts() == [
        "Samples › Preview",
        "Every sort of card.",
        "6 notes, 7 cards",
        *("2 choice", "1 code", "1 explain", "2 recall"),
        *("1 easy", "4 medium", "1 hard"),
    ]
    with page.expect_download() as asked:
        page.locator(".package a").click()
    package = Path(asked.value.path()).read_bytes()
    assert package == (Path(urlsplit(reader.base).path).parent / "preview.apkg").read_bytes()
    page.locator(".decks h2 a").click()
    reader.card("plain")


@pytest.mark.parametrize("width", [360, 800, 1600])
@pytest.mark.parametrize("path", ["index.html", "decks/preview.html"])
def test_nothing_is_wider_than_the_screen(readers: Callable[..., Reader], site: Path, width: int, path: str) -> None:
    reader = readers(site.as_uri(), viewport={"width": width, "height": 800})
    page = reader.open(path)
    if "decks" in path:
        reader.card("plain")
        reader.flip("calls")
        inner = page.frame_locator('article[id="calls"] iframe').locator("html")
        assert inner.evaluate("each => each.scrollWidth <= each.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_until_the_reader_says(
    readers: Callable[..., Reader], site: Path, scheme: str
) -> None:
    reader = readers(site.as_uri(), color_scheme=scheme)
    page = reader.open()
    dark = {"light": False, "dark": True}

    def night() -> tuple[bool, bool]:
        on_page = page.evaluate("document.documentElement.classList.contains('night')")
        return on_page, "nightMode" in (reader.card("plain").locator("body").get_attribute("class") or "").split()

    assert night() == (dark[scheme], dark[scheme])
    page.locator(".theme").click()
    page.locator(".theme").click()
    expect(page.locator(".theme")).to_have_text("Theme: dark")
    assert night() == (True, True)
    page.reload()
    assert night() == (True, True)


def test_on_paper_every_card_stands_with_its_answer(reader: Reader) -> None:
    page = reader.open()
    reader.card("plain")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    texts = page.locator("article .text").all_inner_texts()
    assert len(texts) == 7
    assert "It learns by heart." in texts[5]
    assert page.locator("iframe:visible, .controls:visible").count() == 0
