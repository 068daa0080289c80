"""Recall and cloze cards, and what all cards share: folds, the foot, width, night."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from ft_cards.render.notetypes import CHOICE, CLOZE, RECALL

from . import samples
from .anki_page import Renderer, Reviewer, Sides

Screens = Callable[..., Reviewer]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture(scope="module")
def cards(renderer: Renderer) -> dict[str, Sides]:
    code = renderer.cards(CLOZE, samples.CODE_NOTE)
    prose = renderer.cards(CLOZE, samples.CLOZE_NOTE)
    long = dict.fromkeys(("Question", "Answer", "Explanation"), f"<p>{LONG} <code>{LONG}</code></p>")
    long |= {"Mistakes": f'<ul class="ft-list"><li>{LONG}</li></ul>', "Id": LONG}
    choice = samples.choice_note((1, 2))
    choice["Options"] = choice["Options"].replace("0.41", f"<p>{LONG}</p>{samples.LOOP}")
    return {
        "recall": renderer.cards(RECALL, samples.RECALL_NOTE)[0],
        "explain": renderer.cards(RECALL, samples.EXPLAIN_NOTE)[0],
        "long": renderer.cards(RECALL, long)[0],
        "choice": renderer.cards(CHOICE, choice)[0],
        **{f"code{card.number}": card for card in code},
        **{f"cloze{card.number}": card for card in prose},
    }


def visible(page: Page, selector: str) -> list[str]:
    return [item.inner_text() for item in page.locator(selector).all() if item.is_visible()]


def test_ticks_are_counted_without_a_script(reviewer: Screens, cards: dict[str, Sides]):
    page = reviewer(java_script_enabled=False).open(cards["explain"], "back")

    def tally() -> tuple[str, str]:
        # Only the accessibility tree holds the text that the counters made: what a screen reader says.
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        texts = [node["name"]["value"] for node in tree if node["role"]["value"] == "StaticText"]
        return re.findall(r"\|(\d+)\| of \|(\d+)\| concepts", "|".join(texts))[0]

    seen = [tally()]
    for at in (0, 2, 3, 0):
        page.locator(".ft-concepts label").nth(at).click()
        seen.append(tally())
    assert seen == [("0", "4"), ("1", "4"), ("2", "4"), ("3", "4"), ("2", "4")]


def test_the_front_of_an_explain_card_holds_none_of_its_points(cards: dict[str, Sides]):
    assert "memorises" not in cards["explain"].front
    assert "memorises" in cards["explain"].back


@pytest.mark.parametrize(
    ("name", "chips"),
    [("code1", ["zero_grad", "step"]), ("code2", ["backward", "forward", "detach"]), ("code3", [])],
)
def test_only_the_asked_blanks_options_are_shown(
    reviewer: Screens, cards: dict[str, Sides], name: str, chips: list[str]
):
    screen = reviewer()
    assert visible(screen.open(cards[name]), ".ft-chip") == chips
    assert visible(screen.flip(), ".ft-chip") == chips


@pytest.mark.parametrize(("before", "scrolled"), [("", False), ("x + " * 5, False), ("x + " * 20, True)])
def test_a_blank_beyond_the_edge_of_its_box_is_scrolled_to(
    reviewer: Screens, renderer: Renderer, before: str, scrolled: bool
):
    blank = "{{c1::y<span>[</span>0<span>]</span>::left?}}"
    program = f'<pre class="ft-code"><code>{before}{blank}{" + z" * 30}</code></pre>'
    (sides,) = renderer.cards(CLOZE, samples.CODE_NOTE | {"Text": f"<p>short</p>{program}", "Options": ""})
    screen = reviewer(viewport={"width": 360, "height": 700})
    for page in (screen.open(sides), screen.flip()):
        box, found = (page.locator(selector).bounding_box() for selector in ("pre", ".cloze"))
        assert box and found
        assert box["x"] < found["x"] and found["x"] + found["width"] < box["x"] + box["width"]
        assert page.evaluate("[document.querySelector('pre').scrollLeft > 0, scrollX + scrollY]") == [scrolled, 0]


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_a_blank_in_code_has_a_border_and_one_colour(reviewer: Screens, cards: dict[str, Sides], night: bool):
    screen = reviewer(night=night)
    styles = """blank => {
        const colours = [blank, ...blank.querySelectorAll("*")].map(part => getComputedStyle(part).color);
        return {style: getComputedStyle(blank).borderTopStyle, colours: new Set(colours).size};
    }"""
    front = screen.open(cards["code3"]).locator(".cloze").evaluate(styles)
    back = screen.flip().locator(".cloze").evaluate(styles)
    assert (front, back) == ({"style": "dashed", "colours": 1}, {"style": "solid", "colours": 1})
    assert screen.page.locator(".cloze").inner_text() == 'step()\n    print("done")'


def test_the_title_of_a_cloze_is_never_on_the_card(cards: dict[str, Sides]):
    title = samples.CLOZE_NOTE["Title"]
    assert [title in side for name in ("cloze1", "cloze2") for side in (cards[name].front, cards[name].back)] == [
        False
    ] * 4


@pytest.mark.parametrize("name", ["recall", "choice", "code1"])
def test_hint_and_mistakes_are_folded(reviewer: Screens, cards: dict[str, Sides], name: str):
    screen = reviewer()
    front = screen.open(cards[name])
    assert visible(front, "summary") == ["Hint"]
    hint = front.locator("details.tappable:has-text('Hint') > div")
    expect(hint).to_be_hidden()
    front.get_by_text("Hint", exact=True).click()
    expect(hint).to_be_visible()
    back = screen.flip()
    assert visible(back, ".ft-folds summary") == ["Common mistakes", "Hint"]
    expect(back.locator(".ft-list")).to_be_hidden()
    back.get_by_text("Common mistakes").click()
    expect(back.locator(".ft-list")).to_be_visible()


@pytest.mark.parametrize("name", ["recall", "explain", "choice", "code1", "cloze1"])
def test_source_and_id_stand_in_the_foot_of_the_back_only(reviewer: Screens, cards: dict[str, Sides], name: str):
    assert ["loss-after-three-epochs" in side for side in (cards[name].front, cards[name].back)] == [
        False,
        True,
    ]
    assert "arxiv" not in cards[name].front
    foot = reviewer().open(cards[name], "back").locator(".ft-foot")
    assert " ".join(foot.inner_text().split()) == (
        "Source: Hu et al., LoRA, 2021 loss-after-three-epochs Report a mistake"
    )
    link = foot.get_by_text("Report a mistake")
    assert link.get_attribute("href") == "https://example.org/issues/new?title=loss-after-three-epochs&labels=card"


@pytest.mark.parametrize("name", ["recall", "choice", "code1", "cloze1"])
def test_deck_and_level_stand_at_the_head_of_both_sides(reviewer: Screens, cards: dict[str, Sides], name: str):
    screen = reviewer()
    level = "easy" if name == "cloze1" else "medium"
    for page in (screen.open(cards[name]), screen.flip()):
        assert " ".join(page.locator(".ft-deck").inner_text().split()) == f"Foundations Level: {level}"
        dots = page.locator(".ft-level").evaluate("e => getComputedStyle(e, '::before').content")
        assert dots == {"easy": '"●○○" / ""', "medium": '"●●○" / ""'}[level]


def test_nothing_is_wider_than_the_screen_and_lines_stay_short(reviewer: Screens, cards: dict[str, Sides]):
    screen = reviewer()
    measure = """() => {
        document.querySelectorAll("details").forEach(fold => { fold.open = true });
        document.documentElement.classList.toggle("mobile", innerWidth < 400);
        return [document.documentElement.scrollWidth, document.querySelector(".ft").offsetWidth];
    }"""
    too_wide = []
    for name, side in ((name, side) for name in cards for side in ("front", "back")):
        page = screen.open(cards[name], side)
        for width in (320, 360, 1600):
            page.set_viewport_size({"width": width, "height": 700})
            whole, column = page.evaluate(measure)
            if whole > width or column > min(width - 40, 38 * 18):
                too_wide.append((name, side, width, whole, column))
    assert too_wide == []


def test_night_changes_the_ground_of_every_type(reviewer: Screens, cards: dict[str, Sides]):
    ground = "getComputedStyle(document.body).backgroundColor"
    screens = {night: reviewer(night=night) for night in (False, True)}
    grounds = {
        night: {screen.open(cards[name]).evaluate(ground) for name in ("recall", "choice", "code1")}
        for night, screen in screens.items()
    }
    assert grounds == {False: {"rgb(251, 250, 247)"}, True: {"rgb(23, 25, 30)"}}


def test_focus_is_seen(reviewer: Screens, cards: dict[str, Sides]):
    page = reviewer().open(cards["choice"])
    for selector in (".ft-options > li", "summary"):
        page.locator(selector).first.focus()
        page.keyboard.press("Shift")
        outline = page.locator(selector).first.evaluate("e => getComputedStyle(e).outline")
        assert "solid 3px" in outline


def test_motion_stops_where_it_is_not_wanted(reviewer: Screens, cards: dict[str, Sides]):
    moves = [
        reviewer(reduced_motion=wish).open(cards["choice"]).locator(".ft-options > li").first.evaluate(
            "li => getComputedStyle(li).transitionDuration !== '0s'"
        )
        for wish in ("no-preference", "reduce")
    ]  # fmt: skip
    assert moves == [True, False]
