"""Laws of reading: what is written comes back, and nothing that is written can break the reader."""

import json

from hypothesis import given
from hypothesis import strategies as st

from ft_cards.cli.report import show
from ft_cards.source.nodes import parse
from ft_cards.source.problems import CODES
from ft_cards.source.reader import Reading, read_settings
from tests.builders import card_text, deck_text, fields_of, read
from tests.source.strategies import EVERY_KIND, spoilt, texts


def _value(source: str) -> object:
    document = parse(source, "a.yaml")
    assert document.problems == []
    assert document.root
    return document.root.data["key"]


@given(texts(lines=True))
def test_any_text_comes_back_from_double_quotes(text: str) -> None:
    assert _value(f"key: {json.dumps(text, ensure_ascii=False)}\n") == text


@given(texts(lines=False))
def test_any_line_comes_back_from_single_quotes(text: str) -> None:
    doubled = text.replace("'", "''")
    assert _value(f"key: '{doubled}'\n") == text


@given(texts(lines=True).filter(lambda text: text.strip("\n") == text != ""))
def test_any_text_comes_back_from_a_block(text: str) -> None:
    block = "\n".join("  " + line if line else "" for line in text.split("\n"))
    assert _value(f"key: |2-\n{block}\n") == text


@given(texts(lines=True).filter(lambda text: text.strip() != ""))
def test_any_text_of_a_card_is_kept_but_for_space_at_its_end(text: str) -> None:
    reading = read(deck_text(card_text(question=text)))
    assert reading.deck
    assert fields_of(reading.deck.cards[0])["question"] == text.rstrip()


@given(texts(lines=True).filter(lambda text: text.strip("\n") == text and text[:1] not in ("", " ", "\t")), st.data())
def test_a_place_in_a_block_is_that_of_the_sign(text: str, data: st.DataObject) -> None:
    source = "- key: |-\n" + "\n".join("    " + line if line else "" for line in text.split("\n"))
    document = parse(source, "a.yaml")
    assert document.problems == []
    offset = data.draw(st.integers(0, len(text) - 1).filter(lambda offset: text[offset] != "\n"))
    place = document.inside_at((0, "key"), text, offset)
    assert source.split("\n")[place.line - 1][place.column - 1] == text[offset]


def check_sound(reading: Reading, data: bytes) -> None:
    """Check what holds for every reading, and that its report can be written."""
    errors = [problem for problem in reading.problems if problem.level == "error"]
    assert (reading.deck is None) == bool(errors)
    lines = data.decode("utf-8", errors="replace").splitlines()
    for problem in reading.problems:
        assert problem.code in CODES
        assert problem.message
        assert "\n" not in problem.message + problem.hint
        assert 0 <= problem.location.line <= len(lines) + 1
        assert problem.location.column >= 0
    assert show(reading.problems, "text", {}, strict=False).count("(") >= len(reading.problems)
    json.loads(show(reading.problems, "json", {}, strict=False))
    assert show(reading.problems, "github", {}, strict=False).count("\n") == len(reading.problems)


@given(st.binary() | st.text().map(str.encode) | st.text(st.sampled_from("ab:-[]{}*&'\"|>\n ")).map(str.encode))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    check_sound(read(data), data)
    settings, problems = read_settings(data, "ft-cards.yaml")
    assert (settings is None) == any(problem.level == "error" for problem in problems)


@given(spoilt())
def test_no_spoilt_deck_breaks_the_reader(data: bytes) -> None:
    check_sound(read(data), data)


@given(
    st.lists(
        texts(lines=True).filter(lambda text: text.strip("\n") == text and text.strip() != ""), min_size=1, max_size=4
    )
)
def test_windows_line_ends_make_the_same_deck(answers: list[str]) -> None:
    source = "deck: A\nid: a\ncards:\n"
    for number, text in enumerate(answers):
        block = "\n".join("      " + line if line else "" for line in text.split("\n"))
        source += f"  - id: c{number}\n    kind: recall\n    question: q{number}\n    answer: |2\n{block}\n"
    assert read(source).deck
    assert read(source) == read(source.replace("\n", "\r\n")) == read(source.replace("\n", "\r"))


def test_windows_line_ends_make_the_same_deck_of_every_kind() -> None:
    reading = read(EVERY_KIND)
    assert reading.deck
    assert reading == read(EVERY_KIND.replace("\n", "\r\n"))
