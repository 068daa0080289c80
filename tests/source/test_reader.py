"""Nodes → correct decks."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from ft_cards.source.deck import Passage, Settings, from_data, to_data
from ft_cards.source.kinds import KINDS
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem
from ft_cards.source.reader import read_deck, read_settings
from tests.builders import card_text, cards_of, deck_text, fields_of, read, said

DECKS = Path(__file__).parent.parent / "cases" / "decks"


def test_a_deck_of_every_kind_is_read_whole() -> None:
    reading = read_deck((DECKS / "every-kind.yaml").read_bytes(), "every-kind.yaml")
    assert reading.problems == ()
    deck = reading.deck
    assert deck
    assert {card.kind for card in deck.cards} == set(KINDS)
    assert replace(deck, cards=()) == type(deck)(
        id="every-kind",
        name="Fine-tuning::Every kind",
        line=3,
        column=5,
        description="One card of *each* kind.",
        language="en",
    )
    rows = [
        [card.id, card.kind, card.line, card.column, fields_of(card), card.asks, list(card.asked)]
        for card in deck.cards
    ]
    file = DECKS / "every-kind.json"
    if os.environ.get("UPDATE_CASES"):
        text = "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows) + "\n]\n"
        file.write_bytes(text.encode())
    assert rows == json.loads(file.read_bytes())


def test_a_deck_comes_back_whole_from_plain_data() -> None:
    deck = read_deck((DECKS / "every-kind.yaml").read_bytes(), "every-kind.yaml").deck
    assert deck
    assert from_data(json.loads(json.dumps(to_data(deck)))) == deck


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("no", "no"),
        ("Yes", "Yes"),
        ("on", "on"),
        ("true", "true"),
        ("1:30", "1:30"),
        ("012", "012"),
        ("0x1f", "0x1f"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        (".5", ".5"),
        ("-0", "-0"),
        (".inf", ".inf"),
        ("~", "~"),
        ("null", "null"),
        ("2024-02-30", "2024-02-30"),
        ("12:30:45", "12:30:45"),
        ("=", "="),
        ("a: b", None),
        ("'~'", "~"),
        ('"null"', "null"),
        ("a #b", "a"),
        ("a#b", "a#b"),
        ("  spaced   out  ", "spaced   out"),
        ("|\n      two\n      lines\n", "two\nlines"),
        (">\n      one\n      line\n", "one line"),
        ("one\n      line", "one line"),
        ("🤗 ünï", "🤗 ünï"),
    ],
)
def test_a_scalar_is_the_text_it_looks_like(written: str, text: str | None) -> None:
    source = f"deck: A\nid: a\ncards:\n  - id: b\n    kind: recall\n    question: Q\n    answer: {written}\n"
    if text is None:
        assert said(read(source)) == [("colon-in-text", 7, 14)]
    else:
        assert fields_of(cards_of(source)[0]) == {"question": "Q", "answer": text}


@pytest.mark.parametrize("key", ["shuffle"])
@pytest.mark.parametrize(
    ("written", "value"),
    [("true", None), ("yes", None), ("on", None), ("false", False), ("no", False), ("off", False)],
)
def test_a_switch_takes_the_words_of_yaml(key: str, written: str, value: bool | None) -> None:
    (card,) = cards_of(deck_text(card_text("choice")) + f"    {key}: {written}\n")
    assert fields_of(card).get(key) is value


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("easy", "easy"),
        ("beginner", "easy"),
        ("intermediate", "medium"),
        ("hard", "hard"),
        ("advanced", "hard"),
    ],
)
def test_levels_have_two_names_each(word: str, level: str) -> None:
    (card,) = cards_of(deck_text(card_text(level=word)))
    assert fields_of(card)["level"] == level


def test_defaults_hold_where_a_card_says_nothing_and_tags_add_up() -> None:
    defaults = {"level": "hard", "tags": ["all", "lora"], "code-language": "rust"}
    cards = cards_of(
        deck_text(
            card_text(id="a"),
            card_text(id="b", question="And?", level="easy", tags=["own", "all"]),
            card_text("code", id="c", code="let x;", blanks=["let"]),
            card_text("code", id="d", code="x = 1", blanks=["x"], code_language="python"),
            card_text("choice", id="e"),
            defaults=defaults,
        )
    )
    keys = ("level", "tags", "code-language")
    assert [tuple(fields_of(card).get(key) for key in keys) for card in cards] == [
        ("hard", ["all", "lora"], None),
        ("easy", ["own", "all", "lora"], None),
        ("hard", ["all", "lora"], "rust"),
        ("hard", ["all", "lora"], None),
        ("hard", ["all", "lora"], None),
    ]
    assert cards[2].language == Passage("rust", ((3, 71),))


def test_a_digest_moves_with_what_a_learner_sees_and_with_nothing_else() -> None:
    def digest(**keys: object) -> str:
        return cards_of(deck_text(card_text("code", **keys)))[0].digest

    assert (
        digest() == digest(id="other") == digest(verify="run") == digest(ask="each") == digest(code_language="python")
    )
    changed = [digest(), digest(hint="h"), digest(ask="together"), digest(tags=["t"]), digest(level="easy"),
               digest(question="q"), digest(blanks=[{"text": "backward", "hint": "h"}])]  # fmt: skip
    assert len(set(changed)) == len(changed)


def test_every_problem_of_a_file_is_reported_at_once() -> None:
    source = deck_text(
        card_text(id="Bad Id"),
        card_text(id="b", question=None),
        card_text("cloze", id="c", text="no blank"),
        card_text("code", id="d", code="x = (", blanks=["y"]),
        language="",
    )
    assert said(read(source)) == [
        ("empty-value", 3, 11),
        ("bad-id", 5, 9),
        ("missing-key", 9, 9),
        ("no-blank", 14, 11),
        ("blank-not-found", 19, 14),
        ("python-syntax", 18, 16),
    ]


def test_a_mistyped_key_is_one_problem_not_two() -> None:
    source = deck_text(card_text(answer=None)) + "    anwser: A\n"
    assert said(read(source)) == [("unknown-key", 7, 5)]


def test_wrong_items_do_not_make_a_list_empty() -> None:
    source = deck_text(card_text("choice", distractors=[{"text": "a", "weil": "b"}]))
    assert [code for code, _, _ in said(read(source))] == ["unknown-key"]


def test_a_warning_leaves_the_deck_whole() -> None:
    reading = read("\ufeff" + deck_text())
    assert said(reading) == [("byte-order-mark", 1, 1)]
    assert reading.deck


def test_pictures_are_found_in_every_text_but_not_in_programs() -> None:
    source = deck_text(
        card_text(
            "choice",
            answer="![a](a.png)",
            distractors=[{"text": "b", "why": "![b](b.png)"}],
            steps=["![c](c.png)"],
        )
    )
    source += "    explanation: |\n      first\n      ![d](d.png)\n    code: |\n      x = '![e](e.png)'\n"
    (card,) = cards_of(source)
    assert sorted(card.pictures, key=lambda each: each.places) == [
        Passage("![a](a.png)", ((7, 14),)),
        Passage("![b](b.png)", ((8, 41),)),
        Passage("![c](c.png)", ((9, 14),)),
        Passage("first\n![d](d.png)", ((12, 7),)),
    ]


def test_a_project_file_is_read_whole() -> None:
    source = (
        "namespace: tuning\ntitle: Tuning\nauthor: Me\nurl: https://example.org\nlicense: MIT\n"
        "version: 1.10\nreport: mailto:me@example.org?subject={id}\nhtml: trusted\n"
    )
    assert read_settings(source.encode(), "ft-cards.yaml") == (
        Settings(
            namespace="tuning",
            title="Tuning",
            author="Me",
            url="https://example.org",
            license="MIT",
            version="1.10",
            report="mailto:me@example.org?subject={id}",
            html="trusted",
        ),
        (),
    )


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (b"", ["empty-file"]),
        (b"# none\n", ["empty-file"]),
        (b"- a\n", ["wrong-type"]),
        (b"title: T\n", ["missing-key"]),
        (b"namespace: A B\n", ["bad-id"]),
        (b"namespace: a\nreport: ftp://x\n", ["bad-value"]),
        (b"namespace: a\ntitle:\n", ["empty-value"]),
        (b"namespace: [a\n", ["yaml-syntax"]),
    ],
)
def test_a_wrong_project_file_gives_problems_and_no_settings(source: bytes, codes: list[str]) -> None:
    settings, problems = read_settings(source, "ft-cards.yaml")
    assert settings is None
    assert [problem.code for problem in problems] == codes


def test_the_path_is_only_for_the_problems() -> None:
    problem = read_deck(b"deck: A\nid: a\n", "some/where.yaml").problems
    hint = "write `cards:`"
    place = Location("some/where.yaml", 2, 5)
    assert problem == (Problem(place, "missing-key", 'a deck needs the key "cards"', hint),)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("A::", 'the deck name "A::" has an empty part'),
        ("<b>A</b>", 'the deck name "<b>A</b>" holds "<", and Anki would run it'),
        ("A [sound:a.mp3]", 'the deck name "A [sound:a.mp3]" holds "[s", and Anki would run it'),
        ("A [LaTeX]x", 'the deck name "A [LaTeX]x" holds "[L", and Anki would run it'),
        ("A \\(x", 'the deck name "A \\(x" holds "\\(", and Anki would run it'),
        ("A\nB", 'the deck name "A B" holds a line break or tab, and Anki would run it'),
    ],
)
def test_a_deck_name_that_anki_would_not_show_as_it_is_is_refused(name: str, message: str) -> None:
    (problem,) = read(deck_text(deck=name)).problems
    assert (problem.code, problem.message, problem.location.line) == ("bad-value", message, 1)


@pytest.mark.parametrize("name", ["R&D", "A > B", "[draft] A", "C:\\x", "{{c1::x}}", 'A "B"', "A &lt;b&gt;"])
def test_a_deck_name_that_anki_shows_as_it_is_is_taken(name: str) -> None:
    assert read(deck_text(deck=name)).problems == ()
