"""Blanks of a program over several releases: what the learner knows of each blank stays with it."""

from pathlib import Path

import pytest

from .collection import Health, Imported, Learner
from .look import look
from .project import Author, deck

BASE = ["load", "train", "save"]


def program(*calls: str, ask: str = "each") -> str:
    lines = "\n".join(f"  {call}()" for call in calls)
    head = "id: run\nkind: code\nquestion: Fill it in."
    return f"{head}\ncode: |\n{lines}\nask: {ask}\nblanks: [{', '.join(calls)}]\n"


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path / "author", a=deck(program(*BASE)))


@pytest.fixture
def studied(author: Author, learner: Learner) -> Learner:
    author.build()
    learner.take(author.package())
    learner.study()
    assert asked(learner) == {1: "load", 2: "train", 3: "save"}
    return learner


def asked(learner: Learner) -> dict[int, str]:
    """Return what each card of the note hides, by Anki's number."""
    return {number: "".join(look(card.answer()).asked) for number, card in learner.cards("run").items()}


def release(author: Author, learner: Learner, text: str, day: int = 1) -> Imported:
    author.write("a", deck(text))
    author.build(day=day)
    return learner.take(author.package())


@pytest.mark.parametrize(
    ("calls", "numbers"),
    [
        (["check", "load", "train", "save"], {1: "load", 2: "train", 3: "save", 4: "check"}),
        (["load", "check", "train", "save"], {1: "load", 2: "train", 3: "save", 4: "check"}),
        (["save", "train", "load"], {1: "load", 2: "train", 3: "save"}),
        (["load", "training", "save"], {1: "load", 2: "training", 3: "save"}),
    ],
    ids=["insert first", "insert between", "reorder", "reword"],
)
def test_each_blank_keeps_its_progress(author: Author, studied: Learner, calls: list[str], numbers: dict[int, str]):
    progress = studied.progress()
    assert release(author, studied, program(*calls)) == Imported(updated=("run",))
    assert asked(studied) == numbers
    now = studied.progress()
    assert {key: now[key] for key in progress} == progress
    assert {ord_: row[1] for (_, ord_), row in now.items() if ord_ > 2} == ({3: 0} if len(numbers) > 3 else {})
    assert studied.health() == Health()


def test_a_removed_blank_leaves_an_empty_card_and_comes_back_with_its_progress(author: Author, studied: Learner):
    progress = studied.progress()
    assert release(author, studied, program("load", "save")) == Imported(updated=("run",))
    assert asked(studied) == {1: "load", 2: "", 3: "save"}
    assert (studied.progress(), studied.health()) == (progress, Health(empty_cards=("run",)))
    assert release(author, studied, program("load", "save", "evaluate"), day=2) == Imported(updated=("run",))
    assert asked(studied) == {1: "load", 2: "", 3: "save", 4: "evaluate"}
    assert release(author, studied, program("load", "train", "save"), day=3) == Imported(updated=("run",))
    assert asked(studied) == {1: "load", 2: "train", 3: "save", 4: ""}
    assert {key: studied.progress()[key] for key in progress} == progress


def test_a_blank_that_becomes_another_text_is_another_card(author: Author, studied: Learner):
    progress = studied.progress()
    assert release(author, studied, program("load", "xyz", "save")) == Imported(updated=("run",))
    assert asked(studied) == {1: "load", 2: "", 3: "save", 4: "xyz"}
    assert {key: studied.progress()[key] for key in progress} == progress


def test_from_each_to_together_and_back(author: Author, studied: Learner):
    progress = studied.progress()
    assert release(author, studied, program(*BASE, ask="together")) == Imported(updated=("run",))
    together = studied.cards("run")[4]
    assert together.question().count('class="cloze"') == 3
    assert release(author, studied, program(*BASE), day=2) == Imported(updated=("run",))
    assert asked(studied) == {1: "load", 2: "train", 3: "save", 4: ""}
    assert {key: studied.progress()[key] for key in progress} == progress


def test_a_program_with_the_most_blanks_that_anki_allows(tmp_path: Path, learner: Learner):
    author = Author(tmp_path / "author", a=deck(program(*(f"call_{n:03}" for n in range(500)))))
    author.build()
    learner.take(author.package())
    assert learner.collection.card_count() == 500
    assert learner.health() == Health()
