"""What a card's program proves: which programs are made of a card, and what their outcomes say. Nothing runs here."""

import pytest

from ft_cards.source.fence.outside import Outcome
from ft_cards.source.kinds.common import Finding
from ft_cards.source.proof import Proof, of_options, of_trial, of_truth, proofs, unmarked
from tests.builders import card_text, deck_text, read

FINE = Outcome("", 0, "", "")


def proof_of(kind: str, **keys: object) -> Proof:
    deck = read(deck_text(card_text(kind, **keys))).deck
    assert deck
    (proof,) = proofs(deck)
    return proof


def printing(text: str) -> Outcome:
    return Outcome("", 0, text, "")


def doubled(**verify: object) -> Proof:
    blanks = [{"text": "n + n", "distractors": ["n * n", "n"]}, {"text": "double", "distractors": ["twice"]}]
    code = "def double(n):\n    return n + n"
    return proof_of("code", code=code, blanks=blanks, verify=verify or "run", ask="together")


def test_only_cards_that_declare_it_are_run() -> None:
    cards = [
        card_text("recall", id="a"),
        card_text("code", id="b"),
        card_text("choice", id="c", question="C?", code="print(1)", answer="1"),
        card_text("choice", id="d", question="D?", code="print(1)", answer="1", verify="run"),
    ]
    deck = read(deck_text(*cards)).deck
    assert deck
    assert [proof.card.id for proof in proofs(deck)] == ["d"]


def test_each_distractor_takes_the_place_of_its_own_blank_alone() -> None:
    proof = doubled(setup="import math", then="print(double(3))", prints="6")
    assert proof.program == "import math\ndef double(n):\n    return n + n\nprint(double(3))\n"
    assert [(trial.path, trial.text, trial.program) for trial in proof.trials] == [
        (
            ("blanks", 1, "distractors", 0),
            "twice",
            "import math\ndef twice(n):\n    return n + n\nprint(double(3))\n",
        ),
        (
            ("blanks", 0, "distractors", 0),
            "n * n",
            "import math\ndef double(n):\n    return n * n\nprint(double(3))\n",
        ),
        (("blanks", 0, "distractors", 1), "n", "import math\ndef double(n):\n    return n\nprint(double(3))\n"),
    ]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (1, (("verify", "setup"), 1)),
        (2, (("verify", "setup"), 2)),
        (3, (("code",), 1)),
        (4, (("code",), 2)),
        (5, (("verify", "then"), 1)),
    ],
)
def test_a_line_of_the_program_is_found_in_the_card(line: int, place: object) -> None:
    assert doubled(setup="import math\nimport json", then="print(double(3))").place(line) == place


def test_an_error_points_at_its_line() -> None:
    trace = 'Traceback:\n  File "/x/program.py", line 9, in f\n  File "/usr/lib/json.py", line 3\nValueError: no "x"\n'
    proof = doubled(setup="a\nb\nc", then="d\ne\nf\ng")
    assert of_truth(proof, Outcome("", 1, "", trace), 5) == Finding(
        ("verify", "then"),
        "program-fails",
        'the program ends with an error: ValueError: no "x"',
        "mend the program, or what runs before and after it",
        line=4,
    )


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        ("ModuleNotFoundError: No module named 'x'", "name the modules that it imports under `needs`"),
        ("MemoryError", "a card's program has 1 GB of memory"),
        ("OSError: [Errno 28] No space left on device", "a card's program may write 64 MB"),
        ("BlockingIOError: [Errno 11] Resource", "a card's program may have 32 processes and 64 threads"),
        ("PermissionError: [Errno 13] no", "a card's program has no network, and sees no files but its own"),
    ],
)
def test_what_the_fence_refuses_has_a_way_out(error: str, hint: str) -> None:
    wrong = of_truth(doubled(), Outcome("", 1, "", error), 5)
    assert wrong
    assert (wrong.code, wrong.hint) == ("program-fails", hint)


@pytest.mark.parametrize("stopped", ["time", "memory", "processes", "disk", "output", "left", "guard"])
def test_a_true_program_that_was_stopped_is_a_problem(stopped: str) -> None:
    wrong = of_truth(doubled(), Outcome(stopped, 0, "", ""), 5)
    assert wrong
    assert wrong.code == "program-stopped"
    tried = of_trial(next(doubled().trials), FINE, Outcome(stopped, 0, "", ""), 5)
    assert (tried is None) == (stopped in ("time", "memory", "output")), "a wrong program may well loop for ever"


@pytest.mark.parametrize(
    ("answer", "printed"),
    [
        ("0.27", "0.27\n"),
        ("`0.27`", "0.27"),
        ("``a`b``", "a`b\n"),
        ("```text\na  \n\nb\n```", "a\n\nb\n\n"),
        ("~~~\na\n~~~", "a"),
        ("*", "*"),
    ],
)
def test_an_answer_is_compared_without_the_marks_of_code(answer: str, printed: str) -> None:
    proof = proof_of("choice", code="print()", answer=answer, distractors=["x"], verify="run")
    assert of_truth(proof, printing(printed), 5) is None
    assert of_truth(proof, printing(printed + "!"), 5) is not None


def test_marks_inside_a_text_stay() -> None:
    assert unmarked("a `b` c") == "a `b` c"
    assert unmarked("`a` and `b`") == "`a` and `b`"


def test_the_options_that_are_printed_are_wrong_distractors() -> None:
    proof = proof_of("choice", code="print(1)", answer="1", distractors=["2", "`1`", "1.0"], verify="run")
    assert [finding.path for finding in of_options(proof, printing("1\n"))] == [("distractors", 1)]


@pytest.mark.parametrize(
    ("truth", "outcome", "also"),
    [
        (printing("6"), printing("9"), False),
        (printing("6"), printing("6 \n\n"), True),
        (printing("6"), Outcome("", 1, "6", ""), False),
        (printing("6"), Outcome("time", 0, "6", ""), False),
        (FINE, FINE, True),
        (FINE, printing("x"), False),
        (FINE, Outcome("", -11, "", ""), False),
    ],
)
def test_a_distractor_is_right_too_if_it_ends_well_and_prints_the_same(
    truth: Outcome, outcome: Outcome, *, also: bool
) -> None:
    found = of_trial(next(doubled().trials), truth, outcome, 5)
    assert (found.code if found else "") == ("distractor-also-right" if also else "")
