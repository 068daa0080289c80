"""What `check` prints, in each of its forms, and how it exits."""

import json
from pathlib import Path

from tests.builders import card_text, deck_text
from tests.cli.conftest import Run

WRONG = deck_text(
    card_text(id="a", question=None), card_text(id="b", question="Same?"), card_text(id="c", question="same?")
)


def test_a_right_deck_is_counted(run: Run, here: Path) -> None:
    cards = [
        card_text(id="a"),
        card_text("code", id="b", code="f(g)", blanks=["f", "g"]),
        card_text(id="c", reverse=True),
    ]
    (here / "deck.yaml").write_text(deck_text(*cards), encoding="utf-8")
    done = run("check", "deck.yaml")
    same = "deck.yaml:10:11: warning"
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "1 deck, 4 notes, 5 cards: 1 warning", same


def test_json_gives_every_problem_as_a_row(run: Run, here: Path) -> None:
    (here / "deck.yaml").write_text(WRONG, encoding="utf-8")
    done = run("check", "deck.yaml", "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "problems": [
            {
                "path": "deck.yaml",
                "line": 4,
                "column": 9,
                "level": "error",
                "code": "missing-key",
                "message": 'a recall card needs the key "question"',
                "hint": "write `question:`",
            }
        ],
        "decks": 0,
        "notes": 0,
        "cards": 0,
    }


def test_github_gets_annotations(run: Run, here: Path) -> None:
    (here / "deck.yaml").write_text(WRONG, encoding="utf-8")
    done = run("check", "--format", "github", "deck.yaml")
    assert done.stdout == (
        "::error file=deck.yaml,line=4,col=9,title=missing-key::"
        'a recall card needs the key "question". write `question:`\n'
    )


def test_strict_takes_warnings_for_errors(run: Run, here: Path) -> None:
    (here / "deck.yaml").write_text(deck_text(card_text(id="b"), card_text(id="c")), encoding="utf-8")
    assert run("check", "deck.yaml").returncode == 0
    strict = run("check", "--strict", "deck.yaml")
    assert strict.returncode == 1
    assert "error: it asks the same" in strict.stdout


def test_the_second_run_says_the_same_from_the_cache(run: Run, here: Path) -> None:
    (here / "deck.yaml").write_text(WRONG, encoding="utf-8")
    first, second = run("check", "deck.yaml"), run("check", "deck.yaml")
    assert (first.stdout, first.returncode) == (second.stdout, second.returncode)
    (here / "other.yaml").write_text(WRONG, encoding="utf-8")
    assert run("check", "other.yaml").stdout == first.stdout.replace("deck.yaml", "other.yaml")


def test_outside_of_a_project_it_says_what_to_do(run: Run) -> None:
    done = run("check")
    assert done.returncode == 2
    assert "`ft-cards init` makes a project here" in done.stderr


def test_a_mistyped_command_gets_a_suggestion(run: Run) -> None:
    done = run("chekc")
    assert done.returncode == 2
    assert 'there is no command "chekc": did you mean "check"?' in done.stderr


def test_a_name_too_long_is_no_traceback(run: Run) -> None:
    done = run("check", "x" * 300 + ".yaml")
    assert done.returncode == 1
    assert "file-unreadable" in done.stdout


def test_colours_only_on_a_terminal(run: Run, here: Path) -> None:
    (here / "deck.yaml").write_text(WRONG, encoding="utf-8")
    assert "\x1b" not in run("check", "deck.yaml", NO_COLOR="").stdout


def test_a_closed_pipe_is_no_traceback(run: Run, here: Path) -> None:
    import subprocess
    import sys

    (here / "deck.yaml").write_text(deck_text(*(card_text(id=f"x{n}") for n in range(2000))), encoding="utf-8")
    pipe = f"{sys.executable} -m ft_cards check deck.yaml | head -1"
    done = subprocess.run(["bash", "-c", pipe], capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.stderr == ""
