"""The decks of this repository, in a real Anki."""

import shutil
from pathlib import Path

import pytest

from .collection import Health, Imported, Learner
from .project import Author

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Author:
    """The repository's own decks, built elsewhere."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "decks", root / "decks")
    for name in ("ft-cards.yaml", "ft-cards.lock"):
        shutil.copy(ROOT / name, root / name)
    author = Author(root)
    author.build()
    return author


def decks_of(author: Author) -> list[str]:
    return [deck.id for _, deck in author.project().decks()]


def test_each_package_imports_whole(released: Author, tmp_path: Path):
    for name in [*decks_of(released), "fine-tuning"]:
        wanted = [
            note.key
            for path, notes in planned(released).items()
            for note in notes
            if name in ("fine-tuning", deck_at(released, path))
        ]
        learner = Learner(tmp_path / name)
        assert learner.take(released.package(name)) == Imported(new=tuple(sorted(wanted))), name
        assert learner.health() == Health(), name
        schema = learner.schema()
        assert learner.take(released.package(name)) == Imported(duplicate=tuple(sorted(wanted))), name
        assert learner.schema() == schema
        learner.close()


def planned(author: Author):
    from ft_cards.plan import plan

    return plan(author.project())


def deck_at(author: Author, path: Path) -> str:
    return next(deck.id for source, deck in author.project().decks() if source.path == path)


def test_after_the_decks_one_by_one_the_whole_project_brings_nothing_new(released: Author, learner: Learner):
    new = [key for name in decks_of(released) for key in learner.take(released.package(name)).new]
    learner.study()
    progress, types, decks = learner.progress(), learner.types(), learner.decks()
    assert learner.take(released.package("fine-tuning")) == Imported(duplicate=tuple(sorted(new)))
    assert (learner.progress(), learner.types(), learner.decks()) == (progress, types, decks)
    assert learner.health() == Health()


def test_every_card_asks_and_answers_something(released: Author, learner: Learner):
    learner.take(released.package("fine-tuning"))
    for card_id in learner.collection.find_cards(""):
        card = learner.collection.get_card(card_id)
        question, answer = card.question(), card.answer()
        assert len(question) > 300 and len(answer) > 300, card.note()["Id"]
        assert "{{" not in question.split("<script>")[0].split("</style>")[-1], card.note()["Id"]
        assert not card.question_av_tags() and not card.answer_av_tags()
