"""Choice cards: picked by tap or key, shuffled alike on both sides, judged with signs and words."""

import re
from collections.abc import Callable
from textwrap import dedent

import pytest
from playwright.sync_api import Locator, Page, expect

from ft_cards.render.notetypes import CHOICE

from .anki_page import Renderer, Reviewer, Sides
from .samples import choice_note

Screens = Callable[..., Reviewer]
PLAIN = ["0.41", "0.27", "0.56", "0.34", "0.8", "0.06", "0.49", "0.19"]


@pytest.fixture(scope="module")
def one(renderer: Renderer) -> Sides:
    return renderer.cards(CHOICE, choice_note((1,), options=8))[0]


@pytest.fixture(scope="module")
def two(renderer: Renderer) -> Sides:
    return renderer.cards(CHOICE, choice_note((1, 2)))[0]


def order(page: Page) -> list[str]:
    """Return the options' numbers from top to bottom."""
    return [re.findall(r"\d\.\d+", text)[0] for text in page.locator(".ft-options > li").all_inner_texts()]


def option(page: Page, text: str) -> Locator:
    return page.locator(".ft-options > li").filter(has_text=re.compile(rf"(^|\D){re.escape(text)}($|\D)"))


def checked(page: Page) -> list[str]:
    return sorted(page.locator(".ft-options > [aria-checked=true]").all_inner_texts())


def marks(page: Page) -> dict[str, str]:
    """Return the word on each marked option."""
    found = page.locator(".ft-options > li:has(> .ft-tag)").all()
    return {
        re.findall(r"\d\.\d+", li.inner_text())[0]: li.locator(".ft-tag").inner_text()
        for li in found
    }  # fmt: skip


def sign(page: Page, text: str) -> str:
    return option(page, text).evaluate("li => getComputedStyle(li, '::before').content")


def test_a_tap_picks_one_and_the_next_tap_moves_it(reviewer: Screens, one: Sides):
    page = reviewer(has_touch=True).open(one)
    option(page, "0.41").tap()
    option(page, "0.8").tap()
    option(page, "0.8").tap()
    assert checked(page) == ["0.8"]
    assert page.locator(".ft-options").get_attribute("role") == "radiogroup"
    assert page.locator(".ft-options > li.tappable[role=radio]").count() == 8


def test_several_right_options_can_be_picked_together(reviewer: Screens, two: Sides):
    page = reviewer().open(two)
    for text in ("0.41", "0.56", "0.27", "0.41"):
        option(page, text).click()
    assert checked(page) == ["0.27", "0.56"]
    assert page.locator(".ft-options > li.tappable[role=option]").count() == 4
    heading = page.locator(".ft-options").evaluate("ol => getComputedStyle(ol, '::before').content")
    assert heading.replace('" "', "") == '"Pick 2"'


def test_tab_and_space_pick_but_digits_and_letters_are_left_to_anki(reviewer: Screens, two: Sides):
    page = reviewer().open(two)
    shown = order(page)
    for key in ("Tab", "1", "a", "b", "Space", "Tab", "Enter"):
        page.keyboard.press(key)
    assert checked(page) == sorted(shown[:2])


@pytest.mark.parametrize("same_document", [True, False], ids=["desktop", "droid"])
def test_the_back_keeps_the_order_and_the_picks_of_the_front(
    reviewer: Screens, one: Sides, two: Sides, same_document: bool
):
    screen = reviewer()
    for sides in (one, two, one):
        page = screen.open(sides)
        front = order(page)
        option(page, "0.56").click()
        page = screen.flip() if same_document else screen.open(sides, "back")
        assert order(page) == front
        expected = {"0.56": "Wrong", "0.27": "Answer"} if sides is one else {"0.56": "Right", "0.27": "Missed"}
        assert marks(page) == expected


def test_each_showing_is_shuffled_anew_and_every_place_is_reached(reviewer: Screens, one: Sides):
    screen = reviewer()
    page = screen.open(one)
    orders = [order(page)]
    for _ in range(60):
        page.evaluate("show('front')")
        orders.append(order(page))
    assert all(sorted(shown) == sorted(PLAIN) for shown in orders)
    assert len({tuple(shown) for shown in orders}) > 50
    assert {shown.index("0.27") for shown in orders} == set(range(8))


def test_shuffle_off_keeps_the_authors_order(reviewer: Screens, renderer: Renderer):
    sides = renderer.cards(CHOICE, choice_note(shuffle=False, options=8))[0]
    screen = reviewer()
    assert order(screen.open(sides)) == PLAIN
    assert order(screen.flip()) == PLAIN


def test_the_back_judges_with_a_verdict_words_and_signs(reviewer: Screens, two: Sides):
    screen = reviewer()
    signs = {"Right": '"✓"', "Answer": '"✓"', "Missed": '"✓"', "Wrong": '"✗"'}
    judged = {}
    cases = ((), ("0.27",), ("0.27", "0.41"), ("0.27", "0.56"), ("0.27", "0.56", "0.34"))
    for picks in cases:
        page = screen.open(two)
        for text in picks:
            option(page, text).click()
        page = screen.flip()
        words = marks(page)
        assert {text: sign(page, text) for text in words} == {t: signs[word] for t, word in words.items()}
        judged[picks] = (page.locator(".ft-verdict").inner_text(), words)
    assert judged == {
        cases[0]: ("Nothing picked", {"0.27": "Answer", "0.56": "Answer"}),
        cases[1]: ("Not quite: 1 of 2", {"0.27": "Right", "0.56": "Missed"}),
        cases[2]: ("Not quite: 1 of 2", {"0.27": "Right", "0.41": "Wrong", "0.56": "Missed"}),
        cases[3]: ("Right", {"0.27": "Right", "0.56": "Right"}),
        cases[4]: ("Not quite: 2 of 2, and 1 wrong", {"0.27": "Right", "0.34": "Wrong", "0.56": "Right"}),
    }


def test_a_single_choice_is_right_or_not(reviewer: Screens, one: Sides):
    screen = reviewer()
    verdicts = []
    for text in ("0.27", "0.41"):
        option(screen.open(one), text).click()
        verdicts.append(screen.flip().locator(".ft-verdict").inner_text())
    assert verdicts == ["Right", "Not quite"]


def test_a_reason_stands_below_its_own_option(reviewer: Screens, one: Sides):
    screen = reviewer()
    screen.open(one)
    page = screen.flip()
    reasons = {
        re.findall(r"\d\.\d+", li.inner_text())[0]: li.locator(".ft-reason").inner_text().strip()
        for li in page.locator(".ft-options > li:has(.ft-reason)").all()
    }
    assert reasons == {"0.56": "That is the loss after one epoch.", "0.34": "A decay too few."}
    expect(page.locator(".ft-reasons")).to_be_hidden()


def test_picks_of_another_card_are_not_taken_over(reviewer: Screens, one: Sides, two: Sides):
    screen = reviewer()
    option(screen.open(one), "0.27").click()
    page = screen.open(two, "back")
    assert page.locator(".ft-verdict").count() == 0
    assert marks(page) == {"0.27": "Answer", "0.56": "Answer"}


@pytest.mark.parametrize("same_document", [True, False], ids=["desktop", "droid"])
def test_without_storage_both_sides_agree_for_the_day(reviewer: Screens, one: Sides, same_document: bool):
    screen = reviewer(deny_storage=True)
    page = screen.open(one)
    front = order(page)
    option(page, "0.56").click()
    assert checked(page) == ["0.56"]
    page = screen.flip() if same_document else screen.open(one, "back")
    assert order(page) == front != PLAIN
    assert (marks(page), page.locator(".ft-verdict").count()) == ({"0.27": "Answer"}, 0)


def test_without_a_script_there_is_a_list_and_the_correct_line(reviewer: Screens, two: Sides):
    screen = reviewer(java_script_enabled=False)
    assert order(screen.open(two)) == PLAIN[:4]
    page = screen.open(two, "back")
    assert order(page) == PLAIN[:4]
    assert page.locator(".ft-correct").inner_text() == "Correct: 0.27, 0.56"
    assert [li.strip() for li in page.locator(".ft-key > li:visible").all_inner_texts() if li.strip()] == [
        "That is the loss after one epoch.",
        "A decay too few.",
    ]


def test_steps_open_one_at_a_time_even_without_a_script(reviewer: Screens, one: Sides):
    page = reviewer(java_script_enabled=False).open(one, "back")
    steps = page.locator(".ft-steps p")
    seen = []
    for name in (None, "Show step 1 of 2", "Show step 2 of 2"):
        if name:
            page.get_by_text(name).click()
        seen.append([step.is_visible() for step in steps.all()])
    assert seen == [[False, False], [True, False], [True, True]]


def test_the_script_leaves_no_name_behind(reviewer: Screens, one: Sides):
    screen = reviewer()
    page = screen.open(one)
    before = page.evaluate("Object.keys(window).sort()")
    page.evaluate("show('front'); show('back'); show('front')")
    assert page.evaluate("Object.keys(window).sort()") == before
    assert page.evaluate("Object.keys(sessionStorage)") == ["ft-choice"]
    own = page.evaluate("['KEY', 'card', 'list', 'options', 'state', 'order'].filter(n => n in window)")
    assert own == []


def test_what_a_screen_reader_is_told(reviewer: Screens, renderer: Renderer):
    note = samples_without_folds()
    screen = reviewer()
    page = screen.open(renderer.cards(CHOICE, note)[0])
    option(page, "0.41").click()
    assert page.locator("body").aria_snapshot() == dedent("""\
        - article "Question":
          - paragraph: "Foundations Level: medium"
          - paragraph: What does this print?
          - radiogroup "Pick one":
            - radio "0.41" [checked]
            - radio "0.27"
            - radio "0.56"
            - radio "0.34\"""")
    assert screen.flip().locator("body").aria_snapshot() == dedent("""\
        - article "Answer":
          - paragraph: "Foundations Level: medium"
          - paragraph: What does this print?
          - status: Not quite
          - list:
            - listitem: ✗ Wrong 0.41
            - listitem: ✓ Answer 0.27
            - listitem: "0.56"
            - listitem: 0.34 A decay too few.
          - paragraph: loss-after-three-epochs""")


def samples_without_folds() -> dict[str, str]:
    kept = {"Question", "Options", "Key", "Level", "Id"}
    note = {name: value for name, value in choice_note(shuffle=False).items() if name in kept}
    return note | {"Key": note["Key"].replace("<p>That is the loss after <strong>one</strong> epoch.</p>", "")}
