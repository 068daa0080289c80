"""Cards on the pages do what they do in Anki: flip, pick, tick, fold; from files, without asking anyone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, expect

from .conftest import Reader

DENIED = """
for (const name of ["sessionStorage", "localStorage"])
  Object.defineProperty(window, name, {configurable: true, get() { throw new DOMException("denied", "SecurityError"); }});
"""


def options(card: FrameLocator) -> list[str]:
    """The options in the order they are shown, without marks and reasons."""
    return card.locator(".ft-options > li").evaluate_all(
        """all => all.map(each => {
             const bare = each.cloneNode(true);
             bare.querySelectorAll('.ft-tag, .ft-reason').forEach(part => part.remove());
             return bare.textContent;
           })"""
    )


def test_a_card_flips_by_button_and_by_key(reader: Reader) -> None:
    page = reader.open()
    front = reader.card("plain")
    expect(front.locator(".ft-question")).to_have_text("What does LoRA train?")
    assert front.locator("#answer").count() == 0
    back = reader.flip("plain")
    expect(back.locator("#answer")).to_have_count(1)
    expect(reader.article("plain").locator(".flip")).to_have_text("Show question")
    reader.article("plain").focus()
    page.keyboard.press("Space")
    reader.card("plain", "front")
    page.keyboard.press("Enter")
    reader.card("plain", "back")


def test_j_and_k_go_from_card_to_card_and_the_frame_passes_keys_on(reader: Reader) -> None:
    page = reader.open()
    reader.card("plain").locator("summary").focus()
    page.keyboard.press("j")
    expect(reader.article("one")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(reader.article("one")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(reader.article("several")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#_search")).to_be_focused()


@pytest.mark.parametrize("denied", [False, True], ids=["storage", "no-storage"])
def test_one_is_picked_and_the_order_is_the_same_on_both_sides(
    readers: Callable[..., Reader], site: Path, denied: bool
) -> None:
    reader = readers(site.as_uri())
    if denied:
        reader.context.add_init_script(DENIED)
    reader.open()
    for _ in range(2):
        front = reader.card("one")
        order = options(front)
        assert sorted(order) == sorted(["0.27", "0.56", "0.41", "0.39", "0.61", "0.12"])
        front.locator("li", has_text="0.56").click()
        expect(front.locator("li", has_text="0.56")).to_have_attribute("aria-checked", "true")
        several = reader.card("several")
        several.locator("li", has_text="2").click()  # another card's picks must not meddle
        back = reader.flip("one")
        assert options(back) == order
        expect(back.locator(".ft-verdict")).to_have_text("Not quite")
        expect(back.locator(".ft-wrong")).to_contain_text("0.56")
        reader.page.reload()


def test_several_are_picked(reader: Reader) -> None:
    reader.open()
    front = reader.card("several")
    for text in ("2", "9"):
        front.locator("li", has_text=text).click()
    back = reader.flip("several")
    expect(back.locator(".ft-verdict")).to_have_text("Not quite: 1 of 2")
    assert back.locator(".ft-missed, .ft-right, .ft-wrong").count() == 3


def test_ticks_are_counted_and_steps_unfold_one_by_one(reader: Reader) -> None:
    reader.open()
    reader.card("words")
    back = reader.flip("words")
    back.locator("label").first.click()
    assert back.locator("input:checked").count() == 1
    reader.card("one")
    steps = reader.flip("one")
    assert steps.locator(".ft-step > div:visible").count() == 0
    steps.locator("summary", has_text="step 1").click()
    assert steps.locator(".ft-step > div:visible").count() == 1


def test_each_blank_is_a_card_with_its_own_chips(reader: Reader) -> None:
    reader.open()
    shown = {}
    for anchor in ("calls", "calls~2"):
        card = reader.card(anchor)
        assert card.locator(".cloze").inner_text() == "[...]"
        shown[anchor] = sorted(card.locator(".ft-chips:visible .ft-chip").all_inner_texts())
        shown[anchor].append(reader.flip(anchor).locator(".cloze").inner_text())
    assert shown == {
        "calls": ["no_grad", "zero_grad", "zero_grad"],
        "calls~2": ["backward", "detach", "forward", "backward"],
    }
    assert reader.article("calls~2").locator(".part").inner_text() == "card 2 of 2"


def test_math_is_drawn_and_code_left_alone(reader: Reader) -> None:
    reader.open()
    reader.card("plain")
    back = reader.flip("plain")
    assert back.locator(".ft-answer mjx-container svg").count() == 2
    assert back.locator('mjx-container[display="true"]').count() == 1
    back.locator("summary").click()
    assert back.locator(".ft-fold code").inner_text() == r"\(W\)"
    height = back.locator("mjx-container").first.bounding_box()
    assert height and height["height"] < 40


def test_pictures_and_sounds_are_there_and_links_open_elsewhere(reader: Reader) -> None:
    reader.open()
    picture = reader.card("shown").locator("img")
    expect(picture).to_have_attribute("alt", "a red square")
    assert picture.evaluate("each => each.naturalWidth") == 40
    back = reader.flip("shown")
    assert back.locator("audio").get_attribute("src")
    link = back.locator(".ft-source a")
    assert [link.get_attribute(name) for name in ("target", "rel")] == ["_blank", "noopener noreferrer"]


def test_without_scripts_every_card_can_be_read(readers: Callable[..., Reader], site: Path) -> None:
    reader = readers(site.as_uri(), java_script_enabled=False)
    page = reader.open()
    texts = page.locator("article .text").all_inner_texts()
    assert len(texts) == 7
    assert texts[0].startswith("What does LoRA train?")
    page.locator("article summary").nth(4).click()
    assert "backward" in page.locator("article .text").nth(4).inner_text()
    assert "Without JavaScript" in page.locator(".note").inner_text()
    assert page.locator(".flip:visible, .controls:visible").count() == 0
