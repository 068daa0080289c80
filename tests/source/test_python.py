"""A program in Python → where it does not parse."""

import pytest

from ft_cards.source.kinds.common import Finding
from ft_cards.source.python import syntax_finding


@pytest.mark.parametrize(
    "program",
    ["", "x = 1", "async def f():\n    await g()", "match x:\n    case 1: ...", "x = '\\d'", "assert (1, 2)", "1 is 1"],
)
def test_a_program_that_parses_has_no_finding(program: str) -> None:
    assert syntax_finding(("code",), program) is None


@pytest.mark.parametrize(
    ("program", "line", "column"),
    [
        ("x = (", 1, 5),
        ("x = 1\ny = = 2", 2, 5),
        ("if x:\nprint(x)", 2, 1),
        ("x = 'ü' +", 1, 10),
        ("ü = 'é'; y = (", 1, 14),
        ("def f(:\n    pass", 1, 7),
        ("print 'x'", 1, 1),
        ("x = '''\nabc", 1, 5),
    ],
)
def test_the_first_mistake_is_found_where_it_stands(program: str, line: int, column: int) -> None:
    finding = syntax_finding(("code",), program)
    assert finding
    assert (finding.code, finding.path, finding.line, finding.column) == ("python-syntax", ("code",), line, column)
    assert finding.message.startswith("this Python does not parse: ")


@pytest.mark.parametrize(
    "program",
    ["(" * 5000, "-" * 200_000 + "1", "x" + "[0]" * 100_000, "x = 1\0", "lambda: " * 3000 + "1"],
    ids=["brackets", "signs", "indices", "nul", "lambdas"],
)
def test_a_monstrous_program_is_a_finding_or_fine_but_never_an_exception(program: str) -> None:
    finding = syntax_finding(("code",), program)
    assert finding is None or (isinstance(finding, Finding) and finding.code == "python-syntax")


def test_warnings_of_the_program_are_not_ours() -> None:
    assert syntax_finding(("code",), "x = '\\q'; 'a' is 'b'; return_ = 1 if 1 is 1 else 0") is None
