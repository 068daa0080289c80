"""Old and new releases in one learner's collection: what arrives, what stays, what is theirs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ft_cards.cache import Cache

from .collection import Health, Imported, Learner
from .project import FIRST, Author, deck, recall

CHOICE = """
id: pick
kind: choice
question: Which one?
answer: right
distractors: [wrong, worse]
"""
CODE = """
id: loop
kind: code
question: Fill it in.
code: |
  for step in range(3):
      print(step)
blanks: [range, print]
"""
CLOZE = """
id: gap
kind: cloze
text: "{{c1::One}} and {{c2::two}}."
"""
ALL = ("gap", "loop", "one", "pick", "two")


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path / "author", a=deck(recall("one"), recall("two"), CHOICE, CODE, CLOZE))


@pytest.fixture
def studied(author: Author, learner: Learner) -> Learner:
    """A learner who took the first release and answered every card."""
    author.build()
    assert learner.take(author.package()) == Imported(new=ALL)
    learner.study()
    return learner


def test_only_the_changed_notes_are_updated_and_no_card_is_touched(author: Author, studied: Learner):
    progress, types, schema = studied.progress(), studied.types(), studied.schema()
    assert types == {"ft-cards recall": 2, "ft-cards choice": 1, "ft-cards cloze": 2}
    author.change("a", ("What is two?", "What, then, is two?"), ("and {{c2", "or {{c2"), ("worse", "worst"))
    author.build(day=1)
    untouched = tuple(id_ for id_ in ALL if id_ in ("loop", "one"))
    assert studied.take(author.package()) == Imported(updated=("gap", "pick", "two"), duplicate=untouched)
    assert studied.note("two")["Question"] == "<p>What, then, is two?</p>"
    assert (studied.progress(), studied.types(), studied.schema()) == (progress, types, schema)
    assert studied.health() == Health()


@pytest.mark.parametrize("day", [-1, 0])
def test_a_change_arrives_though_the_clock_stands_or_goes_back(author: Author, studied: Learner, day: int):
    author.change("a", ("What is two?", "What, then, is two?"))
    author.build(day=day)
    assert studied.take(author.package()).updated == ("two",)


def test_every_change_that_a_learner_sees_is_an_update(author: Author, studied: Learner):
    """One release after the other, each with one changed key."""
    keys = [
        "hint: A nudge.",
        "explanation: Because.",
        "mistakes: [This one.]",
        "source: A book",
        "level: hard",
        "tags: [x]",
    ]
    for day, key in enumerate(keys, 1):
        author.change("a", ("    answer: right\n", f"    answer: right\n    {key}\n"))
        author.build(day=day)
        assert studied.take(author.package()).updated == ("pick",), key
    note = studied.note("pick")
    shown = [note[name] for name in ("Hint", "Explanation", "Mistakes", "Source", "Level")]
    listed = '<ul class="ft-list"><li>This one.</li></ul>'
    assert [*shown, note.tags] == ["<p>A nudge.</p>", "<p>Because.</p>", listed, "A book", "hard", ["x"]]


def test_what_no_learner_sees_is_no_update(author: Author, studied: Learner):
    before = author.files()
    author.change("a", ("blanks: [range, print]", "blanks:\n      - range  # a remark\n      - {text: print}"))
    author.change("a", ("answer: right\n", "answer: 'right'\n"))
    author.change("a", ("question: Fill it in.\n", "verify: run\n    question: Fill it in.\n"))
    author.build(day=1)
    assert studied.take(author.package()) == Imported(duplicate=ALL)
    assert sorted(before) == sorted(author.files())


def test_nothing_changed_is_the_same_bytes_whatever_the_day(author: Author):
    author.build()
    before = author.files()
    outcome = author.build(day=9)
    assert author.files() == before
    assert (outcome.new, outcome.changed, outcome.retired) == (0, 0, 0)


def test_the_same_bytes_with_a_cache_without_one_and_in_another_folder(author: Author, tmp_path: Path):
    cache = Cache(tmp_path / "cache")
    author.build(cache=cache)
    before = author.files()
    assert author.build(day=1, cache=cache).written == frozenset()
    author.package().unlink()
    author.build(day=2, cache=cache)
    assert author.files() == before
    other = Author(tmp_path / "other" / "place", a=author.read("a"))
    other.build(cache=cache)
    assert other.files() == before


def test_the_same_bytes_over_two_processes_and_with_other_hashes(tmp_path: Path):
    text = deck(*(recall(f"card-{n}", answer=f"The *number* `{n}`.") for n in range(450)), CODE, CLOZE, CHOICE)
    author = Author(tmp_path / "author", a=text)
    author.build(jobs=2)
    before = author.files()
    for seed in ("1", "2"):
        other = Author(tmp_path / seed, a=text)
        seeded = {"PYTHONHASHSEED": seed, "FT_CARDS_CACHE": "", "SOURCE_DATE_EPOCH": str(FIRST)}
        command = [sys.executable, "-m", "ft_cards", "build", "--jobs", "1"]
        subprocess.run(command, cwd=other.root, env=os.environ | seeded, check=True, capture_output=True)
        assert other.files() == before


def test_a_learners_edit_to_a_note_that_did_not_change_is_theirs(author: Author, studied: Learner):
    studied.edit("one", Answer="In my own words.", tags=["mine"])
    author.change("a", ("What is two?", "What, then, is two?"))
    author.build(day=1)
    assert studied.take(author.package()).updated == ("two",)
    assert (studied.note("one")["Answer"], studied.note("one").tags) == ("In my own words.", ["mine"])


def test_a_learners_edit_to_a_note_that_changed_is_replaced(author: Author, studied: Learner):
    # Anki has no merge: the note is overwritten whole. docs/anki.md says so.
    studied.edit("two", Answer="In my own words.", tags=["mine"])
    author.change("a", ("What is two?", "What, then, is two?"))
    author.build(day=4_000)
    assert studied.take(author.package()).updated == ("two",)
    assert (studied.note("two")["Answer"], studied.note("two").tags) == ("<p>An answer.</p>", [])


def test_a_new_card_comes_without_touching_the_others(author: Author, studied: Learner):
    progress = studied.progress()
    author.write("a", deck(recall("zero"), recall("two"), recall("one"), CLOZE, CODE, CHOICE))
    author.build(day=1)
    assert studied.take(author.package()) == Imported(new=("zero",), duplicate=ALL)
    assert {key: now for key, now in studied.progress().items() if key in progress} == progress
    assert len(studied.progress()) == len(progress) + 1
    assert studied.health() == Health()


def test_reordering_and_line_ends_change_nothing(author: Author, studied: Learner):
    lock = author.lock
    cards = deck(CHOICE, CLOZE, recall("two"), CODE, recall("one"))
    author.write("a", cards.replace("\n", "\r\n"))
    author.build(day=1)
    assert author.lock == lock
    assert studied.take(author.package()) == Imported(duplicate=ALL)


def test_a_lock_with_other_line_ends_is_the_same_lock(author: Author):
    author.build()
    before = author.files()
    path = author.root / "ft-cards.lock"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    author.build(day=1)
    assert {**author.files(), "ft-cards.lock": ""} == {**before, "ft-cards.lock": ""}


def test_a_card_that_moves_to_another_deck_keeps_all(author: Author, studied: Learner):
    progress, lock = studied.progress(), author.lock
    author.write("a", deck(recall("one"), CHOICE, CODE, CLOZE))
    author.write("b", deck(recall("two"), id_="b", name="Tests::Other"))
    author.build(day=1)
    assert author.lock == lock
    assert studied.take(author.package("b")) == Imported(duplicate=("two",))
    assert studied.take(author.package("a")) == Imported(duplicate=("gap", "loop", "one", "pick"))
    assert studied.progress() == progress


def test_a_renamed_deck_leaves_the_cards_where_the_learner_has_them(author: Author, studied: Learner):
    progress, lock = studied.progress(), author.lock
    author.change("a", ("deck: Tests\n", "deck: Tests::Renamed\n"), ('    text: "{{c1', '    text: "So: {{c1'))
    author.build(day=1)
    assert author.lock != lock
    assert studied.take(author.package()) == Imported(updated=("gap",), duplicate=("loop", "one", "pick", "two"))
    assert (studied.progress(), studied.decks()) == (progress, {"Tests": 7})


def test_a_deleted_card_stays_with_the_learner_and_comes_back_as_itself(author: Author, studied: Learner):
    progress = studied.progress()
    text = author.read("a")
    author.write("a", deck(recall("one"), CHOICE, CODE, CLOZE))
    assert author.build(day=1).retired == 1
    assert studied.take(author.package()) == Imported(duplicate=("gap", "loop", "one", "pick"))
    assert studied.progress() == progress
    author.write("a", text)
    author.build(day=2)
    assert studied.take(author.package()) == Imported(duplicate=ALL)
    author.write("a", deck(recall("one"), CHOICE, CODE, CLOZE))
    author.build(day=3)
    author.write("a", text.replace("What is two?", "What was two?"))
    author.build(day=4)
    assert studied.take(author.package()) == Imported(updated=("two",), duplicate=("gap", "loop", "one", "pick"))
    assert (studied.progress(), studied.health()) == (progress, Health())


def test_the_other_way_round_is_a_note_of_its_own(tmp_path: Path, learner: Learner):
    author = Author(tmp_path / "author", a=deck(recall("one", answer="1"), recall("two", more="reverse: true")))
    author.build()
    assert learner.take(author.package()) == Imported(new=("one", "two", "two~reverse"))
    learner.study()
    progress = learner.progress()
    there, back = learner.note("two"), learner.note("two~reverse")
    assert (there["Question"], there["Answer"]) == (back["Answer"], back["Question"])
    author.change("a", ("answer: 1", "answer: 1\n    reverse: true"))
    author.change("a", ("answer: An answer.\n    reverse: true", "answer: An answer."))
    author.build(day=1)
    # `reverse` makes a second note, and so changes nothing of the first.
    assert learner.take(author.package()) == Imported(new=("one~reverse",), duplicate=("one", "two"))
    kept = learner.progress()
    assert {key: kept[key] for key in progress} == progress
    assert learner.health() == Health()
