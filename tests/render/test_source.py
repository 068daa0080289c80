"""The source at a card's foot: each address is a link, and nothing else of the text becomes one."""

import pytest

from ft_cards.render.notes import Frame, render
from ft_cards.render.notetypes import RECALL
from tests.builders import card_text, cards_of, deck_text

FIELD = [field.name for field in RECALL.fields].index("Source")


def link(address: str, text: str) -> str:
    return f'<a href="{address.replace(":", "&#58;").replace("$", "&#36;")}">{text}</a>'


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Deep Learning, section 5.2", "Deep Learning, section 5.2"),
        ("*Deep* Learning", "<em>Deep</em> Learning"),
        ("https://a.b/c_d_e", link("https://a.b/c_d_e", "a.b/c_d_e")),
        (
            "Hu et al., https://a.b/1; Li, http://c.d/2.",
            f"Hu et al., {link('https://a.b/1', 'a.b/1')}; Li, {link('http://c.d/2', 'c.d/2')}.",
        ),
        ("at https://a.b/*x*?e=$f", f"at {link('https://a.b/*x*?e=$f', 'a.b/*x*?e=$f')}"),
        ("[the paper](https://a.b/1)", link("https://a.b/1", "the paper")),
        ("<https://a.b/1>", link("https://a.b/1", "https://a.b/1")),
        ("javascript://a.b/1", "javascript://a.b/1"),
    ],
)
def test_addresses_are_links(source: str, shown: str):
    (card,) = cards_of(deck_text(card_text(source=source)))
    assert render(card, "lora", (), Frame()).fields[FIELD] == shown
