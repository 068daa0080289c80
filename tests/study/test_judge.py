"""What was typed, picked or ticked → the verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ft_cards.memory.records import Grade
from ft_cards.study.faces import Fill, Gap, Option, Pick, Tick
from ft_cards.study.judge import (
    Attempt,
    Bit,
    Mark,
    Verdict,
    current_gap,
    diff,
    fits,
    judge_attempts,
    judge_pick,
    judge_ticks,
)

AGAIN, HARD, GOOD, _ = Grade
ONE = Pick((Option("a", False, "not a"), Option("b", True), Option("c", False)))
TWO = Pick((Option("a", True), Option("b", False, "not b"), Option("c", True)))


@pytest.mark.parametrize(
    ("task", "picked", "verdict"),
    [
        (ONE, {1}, Verdict(GOOD, Mark.RIGHT, "Right")),
        (ONE, {0}, Verdict(AGAIN, Mark.WRONG, "Wrong", (("a", "not a"),))),
        (ONE, {2}, Verdict(AGAIN, Mark.WRONG, "Wrong", (("c", ""),))),
        (TWO, {0, 2}, Verdict(GOOD, Mark.RIGHT, "Right")),
        (TWO, {0}, Verdict(HARD, Mark.PARTLY, "Partly: 1 of 2 right ones")),
        (TWO, {0, 1}, Verdict(AGAIN, Mark.WRONG, "Wrong: 1 of 2 right ones, 1 wrong", (("b", "not b"),))),
        (TWO, {1}, Verdict(AGAIN, Mark.WRONG, "Wrong: 0 of 2 right ones, 1 wrong", (("b", "not b"),))),
    ],
)
def test_options_picked(task: Pick, picked: set[int], verdict: Verdict) -> None:
    assert judge_pick(task, picked) == verdict


@pytest.mark.parametrize(
    ("ticked", "verdict"),
    [
        (set(), Verdict(AGAIN, Mark.WRONG, "0 of 4")),
        ({1}, Verdict(AGAIN, Mark.WRONG, "1 of 4")),
        ({1, 2}, Verdict(HARD, Mark.PARTLY, "2 of 4")),
        ({0, 1, 3}, Verdict(HARD, Mark.PARTLY, "3 of 4")),
        ({0, 1, 2, 3}, Verdict(GOOD, Mark.RIGHT, "4 of 4")),
    ],
)
def test_concepts_ticked(ticked: set[int], verdict: Verdict) -> None:
    assert judge_ticks(Tick(("a", "b", "c", "d")), ticked) == verdict


def tries(*texts: str, gap: int = 0, right: bool = False) -> list[Attempt]:
    """Attempts at one blank; only the last one may be right."""
    return [Attempt(gap, text, right and place == len(texts) - 1) for place, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("attempts", "hinted", "verdict"),
    [
        ([], False, Verdict(GOOD)),
        (tries("x", right=True), False, Verdict(GOOD, Mark.RIGHT, "Right")),
        (tries("x", right=True), True, Verdict(HARD, Mark.RIGHT, "Right, with the hint")),
        (tries("x", "y", right=True), False, Verdict(HARD, Mark.RIGHT, "Right at the second try")),
        (
            tries("x", "y", "z", right=True),
            False,
            Verdict(AGAIN, Mark.RIGHT, "Right at the third try, with the options"),
        ),
        (tries("x", "y", "z"), False, Verdict(AGAIN, Mark.WRONG, "Wrong")),
        (tries("x"), False, Verdict(AGAIN, Mark.WRONG, "Wrong")),
    ],
)
def test_a_blank_typed(attempts: list[Attempt], hinted: bool, verdict: Verdict) -> None:
    assert judge_attempts(Fill((Gap("y"),)), attempts, hinted=hinted) == verdict


def test_blanks_asked_together_are_as_good_as_the_worst() -> None:
    task = Fill((Gap("a"), Gap("b")))
    one = tries("a", right=True)
    assert judge_attempts(task, one, hinted=False) == Verdict(AGAIN, Mark.PARTLY, "Partly: 1 of 2 blanks")
    both = one + tries("x", "b", gap=1, right=True)
    assert judge_attempts(task, both, hinted=False) == Verdict(HARD, Mark.RIGHT, "Right at the second try")
    assert [current_gap(task, each) for each in ([], one, one + tries("x", "y", gap=1), both)] == [0, 1, 1, None]
    assert current_gap(task, tries("x", "y", "z")) == 1


PROGRAM = 'rate = compute(a, b)  # slow at first\nname = "two words"\n'


def gap(answer: str, language: str = "python", program: str = PROGRAM) -> Gap:
    return Gap(answer, program=program, start=program.index(answer), language=language)


@pytest.mark.parametrize(
    ("answer", "typed", "right"),
    [
        ("compute(a, b)", "compute(a,b)", True),
        ("compute(a, b)", " compute ( a , b ) ", True),
        ("compute(a, b)", "compute(b, a)", False),
        ("compute(a, b)", "compute(a, b", False),
        ("compute(a, b)", "compute(a, b) # more", True),
        ("compute", "Compute", False),
        ('"two words"', "'two words'", True),
        ('"two words"', '"twowords"', False),
        ('"two words"', '"two  words"', False),
        ("two words", "two  words", False),
        ("two words", "two words", True),
        (" = ", "=", True),
        ("slow", "fast", False),
        ("slow", " slow", True),
    ],
)
def test_whitespace_and_quotes_do_not_matter_in_python(answer: str, typed: str, right: bool) -> None:
    assert fits(gap(answer), typed) == right


def test_a_program_that_does_not_parse_is_compared_token_by_token() -> None:
    broken = "for x in 'a b' print(x, 'a b')\n"
    assert fits(gap("print(x, 'a b')", program=broken), 'print( x,"a b")')
    assert not fits(gap("print(x, 'a b')", program=broken), "print(x, 'ab')")


def test_other_languages_keep_their_quotes() -> None:
    shell = "echo  \"$HOME\" 'a'\n"
    assert fits(gap("'a'", "bash", shell), " 'a' ")
    assert not fits(gap("'a'", "bash", shell), '"a"')


@pytest.mark.parametrize(
    ("answer", "typed", "right"),
    [
        ("two low-rank factors", "Two  low-rank factors.", True),
        ("**most**", "most", True),
        ("most", "mostly", False),
        ("`backward`", "backward", True),
        ("_", "*", False),
        ("+", "+", True),
    ],
)
def test_prose_forgives_case_spacing_and_marks(answer: str, typed: str, right: bool) -> None:
    assert fits(Gap(answer), typed) == right


def test_a_diff_shows_what_was_typed_and_what_is_missing() -> None:
    assert diff("bakward", "backward") == (Bit("ba", "same"), Bit("c", "missing"), Bit("kward", "same"))
    assert diff("step", "backward") == (Bit("step", "typed"), Bit("backward", "missing"))
    assert diff("steps", "step") == (Bit("step", "same"), Bit("s", "typed"))


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_diff_holds_both_texts(typed: str, answer: str) -> None:
    bits = diff(typed, answer)
    assert "".join(bit.text for bit in bits if bit.kind != "missing") == typed
    assert "".join(bit.text for bit in bits if bit.kind != "typed") == answer


@given(st.text(max_size=20))
def test_judging_never_fails_and_the_answer_always_fits(typed: str) -> None:
    for answer in ("compute(a, b)", "slow", '"two words"'):
        fits(gap(answer), typed)
        assert fits(gap(answer), f"  {answer} ")
