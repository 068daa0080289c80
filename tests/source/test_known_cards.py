"""Cards that were read before are taken only where reading them again gives the same."""

import random
from pathlib import Path

import pytest

from ft_cards.cache import Cache
from ft_cards.compile import open_projects
from ft_cards.source.reader import read_deck
from tests.builders import card_text, deck_text

ROOT = Path(__file__).parents[2]
TEXTS = [
    path.read_text(encoding="utf-8")
    for path in sorted([*(ROOT / "decks").rglob("*.yaml"), *(ROOT / "tests" / "cases" / "decks").rglob("*.yaml")])
]


def known(text: str):
    """Return the cards of a deck by their marks, as a later reading takes them."""
    reading = read_deck(text.encode(), "deck.yaml")
    cards = reading.deck.cards if reading.deck else ()
    return {mark: card for mark, card in zip(reading.marks, cards, strict=True) if mark}


def edited(text: str, dice: random.Random) -> str:
    """Return the text with a few lines gone, doubled, moved, or changed."""
    lines = text.split("\n")
    for _ in range(dice.randrange(1, 4)):
        at, to = dice.randrange(len(lines)), dice.randrange(len(lines))
        how = dice.choice(["drop", "double", "move", "word", "blank", "indent"])
        if how == "drop":
            del lines[at]
        elif how == "double":
            lines.insert(to, lines[at])
        elif how == "move":
            lines.insert(min(to, len(lines) - 1), lines.pop(at))
        elif how == "word":
            lines[at] += dice.choice(["x", " # x", ": 1", "}}", " &a", " *a"])
        elif how == "blank":
            lines.insert(at, "")
        else:
            lines[at] = " " + lines[at]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(20))
def test_an_edited_deck_reads_the_same_with_what_was_known(seed: int) -> None:
    dice = random.Random(seed)
    for text in TEXTS:
        cards = known(text)
        again = edited(text, dice)
        assert read_deck(again.encode(), "deck.yaml", cards) == read_deck(again.encode(), "deck.yaml")


def test_unchanged_cards_are_taken() -> None:
    text = deck_text(*(card_text("recall", id=f"card-{number}", question=f"What is {number}?") for number in range(9)))
    cards = {mark: card._replace(asks=f"known {card.id}") for mark, card in known(text).items()}
    again = text.replace("What is 4?", "What is four?")
    deck = read_deck(again.encode(), "deck.yaml", cards).deck
    assert deck
    assert [card.asks.startswith("known") for card in deck.cards] == [number != 4 for number in range(9)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("easy", "hard"), ("tags: [a]", "tags: [b]"), ("# nothing", "code-language: bash")],
)
def test_other_defaults_make_other_cards(before: str, after: str) -> None:
    head = "deck: A\nid: a\ndefaults:\n  level: easy\n  tags: [a]\n  # nothing\ncards:\n"
    text = head + card_text("code", code="echo", blanks=["echo"])
    again = text.replace(before, after)
    assert read_deck(again.encode(), "deck.yaml", known(text)) == read_deck(again.encode(), "deck.yaml")


def test_an_anchor_in_another_card_is_followed() -> None:
    cards = "cards:\n  - {id: a, kind: recall, question: &q What?, answer: This}\n  - id: b\n    kind: recall\n"
    text = f"deck: A\nid: a\n{cards}    question: Who?\n    answer: *q\n"
    again = text.replace("What?", "What else?")
    assert read_deck(again.encode(), "deck.yaml", known(text)) == read_deck(again.encode(), "deck.yaml")


def test_a_project_reads_the_same_after_an_edit_with_a_cache(tmp_path: Path) -> None:
    file = tmp_path / "deck.yaml"
    cache = Cache(tmp_path / "cache")
    for text in (TEXTS[0], edited(TEXTS[0], random.Random(7)), TEXTS[0].replace("kind: recall", "kind: recal", 1)):
        file.write_text(text, encoding="utf-8")
        (with_cache,), _ = open_projects([file], tmp_path, cache)
        (without,), _ = open_projects([file], tmp_path, Cache(None))
        assert with_cache == without
