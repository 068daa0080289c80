"""`init`, `new`, `render` and `schema`: the author's first ten minutes."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from ft_cards.cli.skeletons import SKELETONS
from ft_cards.source.schema import deck_schema, project_schema
from tests.builders import deck_text
from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent


def test_init_makes_a_project_that_builds_at_once(run: Run, here: Path) -> None:
    made = run("init", "My decks")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.splitlines()[-1] == "next: cd 'My decks' && ft-cards build"
    checked = run("check", "--strict", "My decks")
    assert (checked.returncode, checked.stdout) == (0, "1 deck, 4 notes, 5 cards: no problems\n")
    assert run("build", "My decks").returncode == 0
    again = run("init", "My decks")
    assert again.returncode == 2
    assert "there is a project in My decks already" in again.stderr


def test_init_leaves_files_that_are_there(run: Run, here: Path) -> None:
    (here / ".gitignore").write_text("mine\n", encoding="utf-8")
    assert "left   .gitignore" in run("init").stderr
    assert (here / ".gitignore").read_text(encoding="utf-8") == "mine\n"


@pytest.mark.parametrize("kind", SKELETONS)
def test_a_new_card_of_each_kind_checks_clean(run: Run, here: Path, kind: str) -> None:
    printed = run("new", kind, "--id", "mine").stdout
    (here / "deck.yaml").write_text("deck: A\nid: a\ncards:\n" + printed, encoding="utf-8")
    assert run("check", "--strict", "deck.yaml").returncode == 0


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_new_card_is_appended_and_nothing_else_touched(run: Run, here: Path, newline: str) -> None:
    before = deck_text().replace("\n", newline).encode()
    (here / "deck.yaml").write_bytes(before)
    assert run("new", "recall", "--to", "deck.yaml").stdout == "deck.yaml:9: new-recall\n"
    assert run("new", "recall", "--to", "deck.yaml").stdout == "deck.yaml:20: new-recall-2\n"
    after = (here / "deck.yaml").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\r") == (after.count(b"\n") if newline == "\r\n" else 0)
    assert run("check", "deck.yaml").stdout.splitlines()[-1] == "1 deck, 3 notes, 3 cards: 1 warning"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("deck: A\nid: a\ncards: []\n", "has no list of cards to append to"),
        ("cards:\n  - {id: a, kind: recall, question: q, answer: a}\nid: a\ndeck: A\n", "stands after the cards"),
        ("deck: [", "has no list of cards to append to"),
    ],
)
def test_a_deck_that_can_not_take_a_card_is_left_alone(run: Run, here: Path, text: str, reason: str) -> None:
    (here / "deck.yaml").write_text(text, encoding="utf-8")
    done = run("new", "recall", "--to", "deck.yaml")
    assert done.returncode == 1
    assert reason in done.stderr
    assert (here / "deck.yaml").read_text(encoding="utf-8") == text


def test_render_shows_front_and_back(run: Run, here: Path) -> None:
    run("init", ".")
    shown = run("render", "mean-of-a-list").stdout
    front, back = shown.split("answer ─")
    assert "return [1](numbers) / [2]" in front
    assert "return sum(numbers) / len(numbers)" in back
    wrong = run("render", "mean-of-list")
    assert wrong.returncode == 2
    assert 'did you mean "mean-of-a-list"?' in wrong.stderr


def test_the_schemas_in_docs_are_those_of_the_tool(run: Run) -> None:
    assert json.loads((ROOT / "docs" / "deck.schema.json").read_text(encoding="utf-8")) == deck_schema()
    assert json.loads((ROOT / "docs" / "project.schema.json").read_text(encoding="utf-8")) == project_schema()
    assert json.loads(run("schema").stdout) == deck_schema()
    assert json.loads(run("schema", "--project").stdout) == project_schema()


@pytest.mark.parametrize("path", sorted((ROOT / "decks").rglob("*.yaml")), ids=lambda path: path.name)
def test_editors_find_nothing_wrong_in_the_real_decks(path: Path) -> None:
    checker = jsonschema.Draft202012Validator(deck_schema())
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [error.message for error in checker.iter_errors(data)] == []


@pytest.mark.parametrize(
    "card",
    [
        {"kind": "recall", "question": "q", "anser": "a"},
        {"kind": "recall", "question": "q"},
        {"kind": "recal", "question": "q", "answer": "a"},
        {"kind": "choice", "question": "q", "distractors": ["b"]},
        {"kind": "code", "question": "q", "code": "x", "blanks": [{"txt": "x"}]},
        {"kind": "cloze", "text": "a", "level": "hrad"},
    ],
    ids=lambda card: card["kind"],
)
def test_editors_see_what_the_tool_sees(card: dict[str, object]) -> None:
    checker = jsonschema.Draft202012Validator(deck_schema())
    assert not checker.is_valid({"deck": "A", "id": "a", "cards": [{"id": "x", **card}]})


def test_the_real_decks_are_strictly_clean_and_their_lock_is_up_to_date(run: Run, here: Path) -> None:
    checked = run("check", "--strict", str(ROOT))
    assert checked.stdout.endswith(": no problems\n")
    built = run("build", str(ROOT), "--locked", "-o", "packages")
    assert (built.returncode, built.stderr) == (0, "")
