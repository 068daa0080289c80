"""What can be wrong, and in which order it is told."""

import pytest

from ft_cards.source.location import Location
from ft_cards.source.problems import CODES, ERRORS, WARNINGS, Problem, did_you_mean, in_file_order, one_of


def test_every_code_is_an_error_or_a_warning_and_named_as_a_slug() -> None:
    assert list(CODES) == [*ERRORS, *WARNINGS]
    assert set(CODES.values()) == {"error", "warning"}
    assert all(code.replace("-", "").isalnum() and code == code.lower() for code in CODES)


def test_the_level_of_a_problem_is_that_of_its_code() -> None:
    assert [Problem(Location("a"), code, "m").level for code in CODES] == list(CODES.values())


def test_problems_are_told_in_the_order_of_files_lines_and_columns() -> None:
    def at(path: str, line: int, column: int, code: str = "bad-id") -> Problem:
        return Problem(Location(path, line, column), code, "m")

    told = [
        at("project", 9, 9),
        at("b", 0, 0),
        at("b", 1, 1, "bad-id"),
        at("b", 1, 1, "bad-tag"),
        at("b", 1, 5),
        at("b", 10, 1),
        at("a", 1, 1),
        at("c", 1, 1),
        at("lock", 2, 1),
    ]
    assert in_file_order(reversed(told), ["project", "b", "a"]) == told


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("bakc", 'did you mean "back"?'),
        ("BACK", 'did you mean "back"?'),
        ("xyz", ""),
        ("", ""),
        ("fron", 'did you mean "front"?'),
    ],
)
def test_a_mistyped_word_is_known_again(word: str, hint: str) -> None:
    assert did_you_mean(word, ["back", "front"]) == hint


def test_words_are_joined_as_in_a_sentence() -> None:
    assert [one_of(words) for words in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a or b", "a, b or c"]
