"""The repository's own decks: how many cards of which kind there are, what they cover, and that the tables say so."""

import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from ft_cards.cache import Cache
from ft_cards.compile import open_projects
from ft_cards.contents import Contents, contents
from ft_cards.source.deck import Card
from tests.cli.conftest import Run, run

__all__ = ["run"]

ROOT = Path(__file__).parent.parent
ITEMS = [
    *(f"R{number}" for number in range(1, 11)),
    *(f"Q{number}" for number in range(1, 11)),
    *(f"E{number}" for number in range(1, 5)),
    *(f"P{number}" for number in range(1, 11)),
    *(f"C{number}" for number in range(1, 6)),
    "S1",
]
KINDS = {"R": {"recall", "cloze", "choice"}, "Q": {"choice"}, "E": {"explain"}, "P": {"choice", "code"}}
KINDS |= {"C": {"code", "choice"}, "S": {"story"}}
"""By the letter of an item: the kinds of the cards that teach it."""
SUBJECTS = {
    "Pre-training and transfer": 6,
    "Data": 7,
    "The training step": 4,
    "Hyper-parameters": 8,
    "Parameter-efficient tuning": 11,
    "Forgetting and its cures": 6,
    "Preference tuning": 4,
    "Evaluation": 6,
    "Choosing": 3,
    "Debugging": 6,
}
"""By deck: how many subjects it covers, beyond the lessons."""

_CARD = re.compile(r"\[([a-z0-9.-]+)\]\((\S+?\.yaml)\)")


@pytest.fixture(scope="module")
def found() -> Contents:
    projects, problems = open_projects([], ROOT, Cache(None))
    assert problems == [] and not any(project.problems for project in projects)
    return contents(projects)


@pytest.fixture(scope="module")
def cards() -> dict[tuple[str, str], Card]:
    """The cards by id and file, the file as seen from the folder of the decks."""
    (project,), _ = open_projects([], ROOT, Cache(None))
    return {
        (card.id, source.path.relative_to(ROOT / "decks").as_posix()): card
        for source, deck in project.decks()
        for card in deck.cards
    }


def test_there_are_cards_of_each_kind_and_decks_of_a_good_size(found: Contents) -> None:
    kinds = Counter[str]()
    for entry in found.entries:
        kinds.update(entry.kinds)
    least = {"code": 45, "choice": 45, "recall": 40, "cloze": 15, "explain": 12, "story": 5}
    assert {kind: number for kind, number in kinds.items() if number < least[kind]} == {}
    assert kinds.total() >= 160
    assert len(found.entries) >= 11
    assert [entry.id for entry in found.entries if not 15 <= entry.notes <= 40] == []


def rows(title: str) -> list[list[str]]:
    """Return the rows of the table under a heading, as cells."""
    text = (ROOT / "decks" / "COVERAGE.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return [line[2:-2].split(" | ") for line in section.splitlines() if line.startswith("|")][2:]


def test_each_item_of_the_lessons_is_covered_once(cards: dict[tuple[str, str], Card]) -> None:
    table = rows("The lessons")
    assert [item for item, _, _ in table] == ITEMS
    for item, what, listed in table:
        named = _CARD.findall(listed)
        assert what and named and all(each in cards for each in named), item
        assert {cards[each].kind for each in named} <= KINDS[item[0]], item
        if item[0] == "E":
            assert [len(cards[each].fields["concepts"]) for each in named] == [4], item


def test_the_subjects_beyond_the_lessons_are_covered(cards: dict[tuple[str, str], Card]) -> None:
    table = rows("Beyond the lessons")
    deck = ""
    subjects = []
    for name, subject, listed in table:
        deck = name.strip(" *") or deck
        named = _CARD.findall(listed)
        assert named and all(each in cards for each in named), subject
        subjects.append((deck, subject))
    assert len(set(subjects)) == len(subjects)
    assert {name: len(list(each)) for name, each in groupby(subjects, key=lambda each: each[0])} == SUBJECTS


def test_the_table_of_the_decks_is_current(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = run("contents", "-o", "decks/README.md", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "decks/README.md  (as before)\n", ""), "make tables"
