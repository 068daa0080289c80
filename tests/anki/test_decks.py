"""The decks of this repository, in a real Anki."""

import shutil
from pathlib import Path

import pytest

from ft_cards.plan import plan

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


@pytest.fixture(scope="module")
def keys(released: Author) -> dict[str, tuple[str, ...]]:
    """The keys of the notes of each deck, sorted, by the deck's id."""
    project = released.project()
    planned = plan(project)
    return {deck.id: tuple(sorted(note.key for note in planned[source.path])) for source, deck in project.decks()}


def test_each_package_imports_whole(released: Author, keys: dict[str, tuple[str, ...]], tmp_path: Path):
    whole = tuple(sorted(key for each in keys.values() for key in each))
    for name, wanted in {**keys, "fine-tuning": whole}.items():
        learner = Learner(tmp_path / name)
        assert learner.take(released.package(name)) == Imported(new=wanted), name
        assert learner.health() == Health(), name
        schema = learner.schema()
        assert learner.take(released.package(name)) == Imported(duplicate=wanted), name
        assert learner.schema() == schema
        learner.close()


def test_after_the_decks_one_by_one_the_whole_project_brings_nothing_new(
    released: Author, keys: dict[str, tuple[str, ...]], learner: Learner
):
    new = [key for name in keys for key in learner.take(released.package(name)).new]
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
