"""What is in a package: decks, order, tags, pictures, sounds, and what the manifest tells of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .collection import Health, Imported, Learner
from .project import FIRST, Author, contents, deck, recall
from .test_updates import CHOICE, CLOZE, CODE


def test_two_decks_and_then_the_whole_project(tmp_path: Path, learner: Learner):
    author = Author(
        tmp_path / "author",
        a=deck(recall("one"), CODE),
        b=deck(recall("two"), CLOZE, id_="b", name="Tests::Other"),
    )
    author.build()
    assert learner.take(author.package("b")) == Imported(new=("gap", "two"))
    assert learner.take(author.package("a")) == Imported(new=("loop", "one"))
    learner.study()
    progress = learner.progress()
    assert learner.take(author.package("tests")) == Imported(duplicate=("gap", "loop", "one", "two"))
    assert learner.decks() == {"Tests": 3, "Tests::Other": 3}
    assert (learner.progress(), learner.health()) == (progress, Health())


def test_new_cards_are_due_in_the_order_of_the_deck(tmp_path: Path, learner: Learner):
    author = Author(tmp_path, a=deck(recall("one"), recall("two"), CHOICE, CODE, CLOZE))
    author.build()
    learner.take(author.package())
    cards = [learner.collection.get_card(id_) for id_ in learner.collection.find_cards("")]
    cards.sort(key=lambda card: (card.due, card.ord))
    order = [(card.note()["Id"], card.ord + 1) for card in cards]
    assert order == [("one", 1), ("two", 1), ("pick", 1), ("loop", 1), ("loop", 2), ("gap", 1), ("gap", 2)]
    assert {card.type for card in cards} == {0}


def test_tags_of_deck_and_card_arrive(tmp_path: Path, learner: Learner):
    cards = [recall("one", more="tags: [loops, py::basics]"), recall("two")]
    author = Author(tmp_path / "author", a=deck(*cards, head="defaults: {tags: [week-1, 'naïve']}"))
    author.build()
    learner.take(author.package())
    assert learner.note("one").tags == ["loops", "naïve", "py::basics", "week-1"]
    assert learner.note("two").tags == ["naïve", "week-1"]
    assert learner.health() == Health()


def test_a_changed_picture_arrives_under_a_new_name(tmp_path: Path, learner: Learner):
    shown = "'![Loss](<media/Loss Curve.PNG>)'"
    author = Author(tmp_path / "author", a=deck(recall("one", answer=shown), recall("two")))
    picture = author.root / "decks" / "media" / "Loss Curve.PNG"
    picture.parent.mkdir()
    picture.write_bytes(b"first")
    author.build()
    learner.take(author.package())
    first = "loss-curve-a7937b64b8ca.png"
    assert learner.note("one")["Answer"] == f'<p><img src="{first}" alt="Loss"></p>'
    assert (learner.media(), learner.health()) == ({first: b"first"}, Health())
    picture.write_bytes(b"second")
    author.build(day=1)
    assert learner.take(author.package()) == Imported(updated=("one",), duplicate=("two",))
    second = "loss-curve-16367aacb67a.png"
    assert learner.note("one")["Answer"] == f'<p><img src="{second}" alt="Loss"></p>'
    assert learner.media() == {first: b"first", second: b"second"}
    assert learner.health() == Health(media_unused=(first,))


def test_a_sound_plays(tmp_path: Path, learner: Learner):
    author = Author(tmp_path / "author", a=deck(recall("one", answer="'![](a.mp3)'")))
    (author.root / "decks" / "a.mp3").write_bytes(b"noise")
    author.build()
    learner.take(author.package())
    (tag,) = learner.cards("one")[1].answer_av_tags()
    assert (tag.filename, learner.media()) == ("a-efe2a5c09e6d.mp3", {"a-efe2a5c09e6d.mp3": b"noise"})
    assert learner.health() == Health()


def test_a_deck_file_alone_updates_too(tmp_path: Path, learner: Learner):
    path = tmp_path / "alone.yaml"

    def build(text: str, clock: int) -> None:
        path.write_text(text, encoding="utf-8")
        clocked = {"FT_CARDS_CACHE": "", "SOURCE_DATE_EPOCH": str(clock)}
        command = [sys.executable, "-m", "ft_cards", "build", str(path)]
        subprocess.run(command, cwd=tmp_path, env=os.environ | clocked, check=True, capture_output=True)

    build(deck(recall("one"), recall("two")), FIRST)
    assert learner.take(tmp_path / "dist" / "a.apkg") == Imported(new=("one", "two"))
    build(deck(recall("one"), recall("two", "And two?")), FIRST + 1)
    assert learner.take(tmp_path / "dist" / "a.apkg") == Imported(updated=("two",), duplicate=("one",))


def test_the_package_holds_what_the_manifest_says(tmp_path: Path):
    author = Author(tmp_path, a=deck(recall("one"), recall("two"), CHOICE, CODE, CLOZE))
    author.build()
    (listed,) = json.loads((author.dist / "manifest.json").read_bytes())["packages"]
    data = author.package().read_bytes()
    assert listed == {
        "file": "a.apkg", "deck": "a", "title": "Tests", "language": "", "sha256": author.files()["a.apkg"],
        "bytes": len(data), "notes": 5, "cards": 7,
    }  # fmt: skip
    assert list(contents(author.package())) == ["collection.anki2", "media"]
