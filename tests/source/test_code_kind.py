"""code: blanks in a program."""

import re
from typing import Any

import pytest
import yaml

from ft_cards.source.kinds.code import CodeCard, Span

STEP = "optimizer.zero_grad()\nloss.backward()\noptimizer.step()\n"


def _card(*blanks: Any, code: str = STEP, **keys: Any) -> CodeCard:
    return CodeCard.model_validate(
        {"id": "a", "kind": "code", "question": "q", "code": code, "blanks": list(blanks), **keys}
    )


def _findings(card: CodeCard) -> list[tuple[str, tuple[Any, ...], str, str]]:
    return [(each.code, each.path, each.message, each.hint) for each in card.findings()]


def test_blanks_are_found_by_text_line_and_occurrence() -> None:
    card = _card(
        {"text": "()", "occurrence": 2},
        "zero_grad",
        {"text": "optimizer", "line": 3},
        {"text": "t", "line": 1, "occurrence": 1},
        ".step()",
    )
    assert _findings(card) == []
    assert card.spans() == [Span(2, 3, 3), Span(10, 19, 1), Span(35, 37, 0), Span(38, 47, 2), Span(47, 54, 4)]
    assert card.asked() == ("t", "zero_grad", "()", "optimizer", ".step()")
    assert _card("zero_grad", "backward", ask="together").asked() == ("*",)


@pytest.mark.parametrize("text", ["\n", "}}", "{{c1::", "::", "d()\nloss", "  x = 1", "ü", "\t", "𝛼"])
def test_a_blank_may_hold_any_character(text: str) -> None:
    card = _card(text, code=f"a = 0;{text};b = 1")
    assert _findings(card) == []
    assert card.spans() == [Span(6, 6 + len(text), 0)]


def test_occurrences_may_overlap() -> None:
    assert _card({"text": "aa", "occurrence": 2}, code="aaa").spans() == [Span(1, 3, 0)]


@pytest.mark.parametrize(
    ("blank", "finding"),
    [
        (
            "Zero_grad",
            ("blank-not-found", ("blanks", 0, "text"), '"Zero_grad" does not occur in the code', 'the code has "zero_grad"'),
        ),
        (
            {"text": "backward", "line": 1},
            ("blank-not-found", ("blanks", 0, "line"), '`line: 1` picks no "backward": it occurs on line 2',
             "count the code's lines from 1"),
        ),
        (
            {"text": "optimizer", "occurrence": 3},
            ("blank-not-found", ("blanks", 0, "occurrence"),
             '`occurrence: 3` picks no "optimizer": it occurs on lines 1 and 3', "count the code's lines from 1"),
        ),
        (
            {"text": "optimizer", "line": 3, "occurrence": 2},
            ("blank-not-found", ("blanks", 0, "occurrence"),
             '`line: 3` and `occurrence: 2` picks no "optimizer": it occurs on lines 1 and 3', "count the code's lines from 1"),
        ),
        (
            "optimizer",
            ("blank-ambiguous", ("blanks", 0, "text"), '"optimizer" occurs 2 times in the code, on lines 1 and 3',
             "say which: {text: optimizer, line: 3}"),
        ),
        (
            {"text": "r", "line": 1},
            ("blank-ambiguous", ("blanks", 0, "text"), '"r" occurs 5 times in the code, on lines 1, 2 and 3',
             "say which: {text: r, line: 1, occurrence: 3}"),
        ),
        (
            ".",
            ("blank-ambiguous", ("blanks", 0, "text"), '"." occurs 3 times in the code, on lines 1, 2 and 3',
             "say which: {text: '.', line: 3}"),
        ),
    ],
)  # fmt: skip
def test_a_blank_that_names_no_place_or_several(blank: Any, finding: tuple[str, Any, str, str]) -> None:
    assert _findings(_card(blank)) == [finding]


def test_the_way_out_of_two_meanings_is_a_way_out() -> None:
    for text, code in [
        ("optimizer", STEP),
        ("()", STEP),
        ("e", STEP),
        ("a", "a a"),
        ("'", "''\n'"),
        ("x: y", "x: y\nx: y"),
    ]:
        (found,) = _findings(_card(text, code=code))
        written = re.fullmatch(r"say which: (\{.*\})", found[3])
        assert written
        blank = yaml.load(written.group(1), yaml.BaseLoader)
        assert _findings(_card(blank, code=code)) == []


def test_blanks_must_not_overlap() -> None:
    assert _findings(_card("loss.backward", "backward()")) == [
        (
            "blank-overlap",
            ("blanks", 1),
            'the blank "backward()" overlaps the blank "loss.backward"',
            "make them one, or shorten one",
        )
    ]
    assert [finding[0] for finding in _findings(_card("step", "step"))] == ["blank-overlap"]
    assert [finding[0] for finding in _findings(_card(STEP.strip(), "step"))] == ["blank-overlap"]
    assert _findings(_card("loss", ".", code="loss.x")) == []


def test_distractors_differ_from_the_blank_and_from_each_other() -> None:
    found = _findings(_card({"text": "step", "distractors": ["stop", "step", "stop", "Step"]}))
    assert [(code, path) for code, path, _, _ in found] == [
        ("option-is-answer", ("blanks", 0, "distractors", 1)),
        ("option-repeated", ("blanks", 0, "distractors", 2)),
    ]


def test_all_programs_of_a_card_are_given() -> None:
    card = _card("step", verify={"setup": "a = 1", "then": "print(a)", "prints": "1"})
    assert list(card.programs()) == [
        (("code",), STEP.rstrip()),
        (("verify", "setup"), "a = 1"),
        (("verify", "then"), "print(a)"),
    ]
