"""`check --run`: what is said, what is asked, what is skipped, and what comes out for programs."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.builders import card_text, deck_text, write
from tests.cli.conftest import Run

RIGHT = card_text("choice", id="right", question="One?", code="print(1)", answer="1", distractors=["2"], verify="run")
WRONG = card_text("choice", id="wrong", question="Two?", code="print(2)", answer="3", distractors=["4"], verify="run")
LUA = card_text(
    "choice",
    id="lua",
    question="Lua?",
    code="print(1)",
    code_language="lua",
    answer="1",
    distractors=["2"],
    verify="run",
)
BASH = card_text(
    "code", id="bash", question="Bash?", code="n=1\necho $n", code_language="Bash", verify="run",
    blanks=[{"text": "n=1", "distractors": ["n=2", "n=$((2 - 1))"]}],
)  # fmt: skip
NEEDS = card_text("code", id="needs", verify={"needs": ["no_such_module"]})


def said(err: str) -> list[str]:
    """Return what was said, but for the fence, which is another on each system."""
    return [line for line in err.splitlines() if not line.startswith("fence: ")]


def test_nothing_runs_unless_it_is_asked_for(run: Run, here: Path) -> None:
    write(here, {"deck.yaml": deck_text(RIGHT, WRONG)})
    done = run("check", "deck.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 deck, 2 notes, 2 cards: no problems\n", "")


def test_the_first_run_of_a_project_says_whose_programs_it_runs(run: Run, here: Path) -> None:
    write(here, {"deck.yaml": deck_text(RIGHT)})
    cache = {"FT_CARDS_CACHE": str(here / "cache")}
    first, second = run("check", "--run", "deck.yaml", **cache), run("check", "--run", "deck.yaml", **cache)
    assert first.returncode == second.returncode == 0
    assert first.stdout == second.stdout == "proof: 1 card proven by 1 run\n1 deck, 1 note, 1 card: no problems\n"
    assert "about to run programs that the authors of these decks wrote, on your computer" in first.stderr
    assert str(here) in first.stderr
    assert said(second.stderr) == ["1 of the runs were known from before"]
    changed = deck_text(RIGHT.replace("print(1)", "print(1 + 0)"))
    write(here, {"deck.yaml": changed})
    assert said(run("check", "--run", "deck.yaml", **cache).stderr) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize(("answer", "code"), [(b"n\n", 130), (b"\n", 130), (b"y\n", 0)])
def test_on_a_terminal_it_asks_first(here: Path, answer: bytes, code: int) -> None:
    import pty
    import subprocess

    write(here, {"deck.yaml": deck_text(RIGHT)})
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "ft_cards", "check", "--run", "deck.yaml"]
    env = {**os.environ, "FT_CARDS_CACHE": str(here / "cache")}
    os.write(master, answer)
    done = subprocess.run(command, stdin=slave, capture_output=True, env=env, timeout=60, check=False)
    os.close(master)
    os.close(slave)
    assert done.returncode == code, done.stderr
    assert b"run them? [y/N]" in done.stderr
    assert (b"1 card proven" in done.stdout) == (code == 0)


def test_what_was_skipped_is_said_and_can_be_an_error(run: Run, here: Path) -> None:
    write(here, {"deck.yaml": deck_text(RIGHT, NEEDS, LUA)})
    done = run("check", "--run", "deck.yaml")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "proof: 1 card proven by 1 run, 2 skipped"
    skipped = [line for line in done.stderr.splitlines() if ": skipped " in line]
    assert skipped == [
        "deck.yaml:11: skipped needs: it needs no_such_module",
        'deck.yaml:17: skipped lua: there is no runner for "lua"',
    ]
    assert run("check", "--run", "--require-all", "deck.yaml").returncode == 1


def test_programs_of_other_languages_run_by_the_project_s_command(run: Run, here: Path) -> None:
    lua = "  lua: [no-such-program-here]\n"
    files = {"ft-cards.yaml": f"namespace: n\nrunners:\n  bash: [bash, --norc]\n{lua}"}
    write(here, {**files, "decks/a.yaml": deck_text(BASH, LUA)})
    done = run("check", "--run")
    if os.name == "posix":
        assert done.stdout == (
            'decks/a.yaml:8:53: error: with "n=$((2 - 1))" the program prints "1", with the answer "1" '
            "(distractor-also-right)\n"
            '    8 |     blanks: [{"text": "n=1", "distractors": ["n=2", "n=$((2 - 1))"]}]\n'
            "      |                                                     ^^^^^^^^^^^^^^\n"
            "   hint: take another distractor, or print under `then` what tells them apart\n"
            "proof: 0 cards proven by 3 runs, 1 skipped\n1 deck, 2 notes, 2 cards: 1 error\n"
        )
    assert 'skipped lua: "no-such-program-here" is not here' in done.stderr


def test_json_tells_what_ran(run: Run, here: Path) -> None:
    write(here, {"deck.yaml": deck_text(RIGHT, WRONG, LUA)})
    done = run("check", "--run", "--format", "json", "deck.yaml", FT_CARDS_CACHE="")
    told = json.loads(done.stdout)
    assert [(each["code"], each["line"]) for each in told["problems"]] == [("output-differs", 14)]
    assert told["proof"].pop("fence") in done.stderr
    reason = 'there is no runner for "lua"'
    skipped = [{"path": "deck.yaml", "line": 18, "id": "lua", "reason": reason}]
    assert told["proof"] == {"proven": 1, "ran": 2, "known": 0, "skipped": skipped}
    assert "about to run" in done.stderr


def test_a_broken_card_does_not_keep_the_other_decks_from_being_proven(run: Run, here: Path) -> None:
    broken = deck_text(card_text("recall", id="broken", answer=None), id="other")
    write(here, {"ft-cards.yaml": "namespace: n\n", "decks/a.yaml": deck_text(WRONG), "decks/b.yaml": broken})
    done = run("check", "--run", "--format", "github")
    assert [line.split("title=")[1].split("::")[0] for line in done.stdout.splitlines()] == [
        "output-differs",
        "missing-key",
    ]
    named = run("check", "--run", "--format", "github", "decks/b.yaml")
    assert "output-differs" not in named.stdout, "only what was asked for is run"
    assert "fence" not in named.stderr


@pytest.mark.parametrize("options", [["--fence", "strict"], ["--require-all"]])
def test_options_of_a_run_alone_are_misuse(run: Run, here: Path, options: list[str]) -> None:
    write(here, {"deck.yaml": deck_text(RIGHT)})
    done = run("check", *options, "deck.yaml")
    assert done.returncode == 2
    assert "about --run" in done.stderr


def test_a_fence_that_can_not_be_had_is_misuse(run: Run, here: Path) -> None:
    write(here, {"deck.yaml": deck_text(RIGHT)})
    done = run("check", "--run", "--fence", "bubblewrap", "deck.yaml", PATH=str(here))
    assert done.returncode == 2
    assert 'this system does not offer the fence "bubblewrap"' in done.stderr


@pytest.mark.parametrize(
    ("runners", "told"),
    [
        ("bash", '"runners" must be a mapping'),
        ("{bash: bash}", '"bash" must be a list'),
        ("{bash: []}", 'the list "bash" is empty'),
        ("", '"runners" has nothing after it'),
    ],
)
def test_runners_are_commands_by_language(run: Run, here: Path, runners: str, told: str) -> None:
    files = {"ft-cards.yaml": f"namespace: n\nrunners: {runners}\n", "decks/a.yaml": deck_text(RIGHT)}
    write(here, files)
    done = run("check")
    assert done.returncode == 1
    assert told in done.stdout
