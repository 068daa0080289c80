"""choice: options to pick from."""

from typing import Any

import pytest

from ft_cards.source.kinds.choice import Choice


def _card(**keys: Any) -> Choice:
    wanted = {"id": "a", "kind": "choice", "question": "q", "answer": "yes", "distractors": ["no"], **keys}
    return Choice.model_validate({key: value for key, value in wanted.items() if value is not None})


@pytest.mark.parametrize(
    ("keys", "findings"),
    [
        ({}, []),
        ({"distractors": ["Yes", "YES"]}, []),
        ({"distractors": ["yes "]}, [("option-is-answer", ("distractors", 0))]),
        ({"distractors": ["a  b", "a b"]}, [("option-repeated", ("distractors", 1))]),
        ({"answer": None, "answers": ["a", "b", "a"]}, [("option-repeated", ("answers", 2))]),
        ({"answer": None, "answers": ["a", "b"], "distractors": ["b"]}, [("option-is-answer", ("distractors", 0))]),
        ({"verify": "run"}, [("missing-key", ("verify",))]),
        ({"verify": "run", "code": "print()"}, []),
        ({"answer": "x" * 33, "distractors": ["y" * 20]}, [("option-gives-away", ("answer",))]),
        ({"answer": "x" * 32, "distractors": ["y" * 20]}, []),
        ({"answer": "x" * 13, "distractors": ["y"]}, []),
        ({"answer": "x" * 14, "distractors": ["y"]}, [("option-gives-away", ("answer",))]),
        ({"answer": None, "answers": ["x" * 50, "y"], "distractors": ["z"]}, []),
    ],
)
def test_what_is_wrong_with_the_options(keys: dict[str, Any], findings: list[tuple[str, tuple[Any, ...]]]) -> None:
    assert [(each.code, each.path) for each in _card(**keys).findings()] == findings


def test_a_front_is_its_question_program_and_options() -> None:
    card = _card(question="What  DOES it\nprint?", code="if A:\n    print(a)", answer="b", distractors=["a"])
    assert card.asks() == "what does it print?\nif A:\n    print(a)\na\nb"
