"""Rules over the whole project."""

from ft_cards.source.checks import check_together
from ft_cards.source.deck import Deck
from tests.builders import card_text, deck_text, read


def _deck(*cards: str, id: str) -> Deck:
    deck = read(deck_text(*cards, id=id)).deck
    assert deck
    return deck


def _told(decks: list[Deck], namespace: str | None = "tests") -> list[tuple[str, str, int]]:
    placed = [(f"{number}.yaml", deck) for number, deck in enumerate(decks)]
    found = check_together(placed, namespace)
    return [(each.code, each.location.path, each.location.line) for each in found]


def test_different_cards_in_different_decks_are_fine() -> None:
    assert _told([_deck(card_text(id="a"), id="x"), _deck(card_text(id="b", question="Else?"), id="y")]) == []


def test_an_id_names_one_card_of_all_decks() -> None:
    one = _deck(card_text(id="a"), card_text(id="b", question="Else?"), card_text(id="a", question="Third?"), id="x")
    two = _deck(card_text(id="b", question="Fourth?"), card_text("cloze", id="a"), id="y")
    assert _told([one, two]) == [
        ("duplicate-id", "0.yaml", 12),
        ("duplicate-id", "1.yaml", 4),
        ("duplicate-id", "1.yaml", 8),
    ]


def test_decks_have_ids_of_their_own_and_none_is_the_namespace() -> None:
    decks = [_deck(card_text(id=name, question=name), id=id) for name, id in [("a", "x"), ("b", "x"), ("c", "tests")]]
    assert _told(decks) == [("duplicate-id", "1.yaml", 2), ("duplicate-id", "2.yaml", 2)]
    assert _told(decks[2:]) == []
    assert _told(decks, None) == [("duplicate-id", "1.yaml", 2)]


def test_the_same_question_is_the_same_in_other_case_and_spacing() -> None:
    decks = [_deck(card_text(id="a"), card_text(id="b", question="what  does lora\nLEARN?"), id="x")]
    assert _told(decks) == [("same-question", "0.yaml", 8)]


def test_programs_and_options_make_a_question_another() -> None:
    same = {"question": "What does this print?"}
    cards = [
        card_text("choice", id="a", code="for x in y:\n    z()\nprint(1)", **same),
        card_text("choice", id="b", code="for x in y:\n    z()\n    print(1)", **same),
        card_text("choice", id="c", code="for X in y:\n    z()\nprint(1)", **same),
        card_text("choice", id="d", code="for x in y:\n    z()\nprint(1)", **same),
        card_text("choice", id="e", distractors=["four"], **same),
        card_text("choice", id="f", distractors=["five"], **same),
    ]
    assert _told([_deck(*cards, id="x")]) == [("same-question", "0.yaml", 22)]
