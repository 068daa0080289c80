"""Every text on every card, signs included, stands out from its ground as WCAG 2.2 asks for: 4.5 to 1 (AA)."""

import re
from collections.abc import Callable

import pytest

from ft_cards.render.notetypes import CHOICE, CLOZE, RECALL

from . import samples
from .anki_page import Renderer, Reviewer, Sides

Screens = Callable[..., Reviewer]

FAINT = """() => {
    document.querySelectorAll("details").forEach(fold => { fold.open = true });
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [0.2126, 0.7152, 0.0722].reduce((sum, part, at) => {
        const c = [r, g, b][at] / 255;
        return sum + part * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    }, 0);
    const solid = colour => { const [, , , alpha] = numbers(colour); return alpha === undefined || alpha === 1 };
    const ground = element => {
        for (let at = element; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (solid(colour)) return colour;
        }
        throw new Error("no ground");
    };
    const ratio = (text, under) => {
        const [a, b] = [light(numbers(text)), light(numbers(under))].sort((x, y) => x - y);
        return (b + 0.05) / (a + 0.05);
    };
    const seen = [];
    const look = (element, pseudo, words) => {
        const style = getComputedStyle(element, pseudo);
        const under = pseudo && solid(style.backgroundColor) ? style.backgroundColor : ground(element);
        seen.push([words.trim().slice(0, 30), Math.round(100 * ratio(style.color, under)) / 100]);
    };
    for (const element of document.querySelectorAll("#qa .ft *")) {
        if (!element.getClientRects().length || getComputedStyle(element).visibility === "hidden") continue;
        const words = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join(" ");
        if (words.trim()) look(element, null, words);
        for (const pseudo of ["::before", "::after"]) {
            const content = getComputedStyle(element, pseudo).content;
            if (!["none", "normal", '""'].includes(content)) look(element, pseudo, content);
        }
    }
    return seen;
}"""


@pytest.fixture(scope="module")
def cards(renderer: Renderer) -> dict[str, Sides]:
    classes = sorted(set(re.findall(r"\.ft-code \.(\w+)", CLOZE.css)) - {"cloze"})
    program = "".join(f'<span class="{name}">{name}</span> ' for name in classes)
    table = f"<table><tr><th>a</th><td>1</td></tr></table><blockquote>b <a href='#'>c</a></blockquote>{samples.LOOP}"
    rich = {"Context": table + f'<pre class="ft-code"><code>{program}</code></pre>'}
    return {
        "recall": renderer.cards(RECALL, samples.RECALL_NOTE | rich)[0],
        "explain": renderer.cards(RECALL, samples.EXPLAIN_NOTE)[0],
        "one": renderer.cards(CHOICE, samples.choice_note())[0],
        "several": renderer.cards(CHOICE, samples.choice_note((0, 1)))[0],
        **{f"code{card.number}": card for card in renderer.cards(CLOZE, samples.CODE_NOTE)},
        "cloze": renderer.cards(CLOZE, samples.CLOZE_NOTE)[0],
    }


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_no_text_is_fainter_than_aa(reviewer: Screens, cards: dict[str, Sides], night: bool):
    screen = reviewer(night=night, reduced_motion="reduce")
    faint, seen = [], 0
    for name, sides in cards.items():
        for side in ("front", "back"):
            page = screen.open(sides) if side == "front" else screen.flip()
            if side == "front":  # one that is right among several, one that is wrong
                for text in ("0.41", "0.56") if sides.front.count("ft-choice") else ():
                    page.locator(f".ft-options > li:has-text('{text}')").click()
            found = page.evaluate(FAINT)
            seen += len(found)
            faint += [(name, side, *one) for one in found if one[1] < 4.5]
    assert faint == []
    assert seen > 300
