"""Projects → items: the identity that a build would give, written or not."""

from pathlib import Path

from ft_cards.memory.records import CardKey
from ft_cards.plan import next_lock, plan
from ft_cards.study.cards import library
from tests.builders import card_text
from tests.study.desks import CARDS, projects, shelf, write


def test_each_card_of_each_note_is_an_item(tmp_path: Path) -> None:
    items = shelf(tmp_path).items
    assert [(item.name, item.id, item.blank, item.card.kind, item.asked) for item in items] == [
        ("what", "what", None, "recall", None),
        ("what~reverse", "what~reverse", None, "recall", None),
        ("which", "which", None, "choice", None),
        ("step:1", "step", 1, "code", 0),
        ("step:2", "step", 2, "code", 1),
        ("lora:1", "lora", 1, "cloze", 0),
        ("lora:2", "lora", 2, "cloze", 1),
        ("say", "say", None, "explain", None),
        ("why", "why", None, "story", None),
    ]
    assert [(item.level, item.tags) for item in items[:3]] == [("easy", ("a::b",)), ("easy", ("a::b",)), ("hard", ())]


def test_a_project_that_was_never_built_has_the_identities_of_its_first_build(tmp_path: Path) -> None:
    path = write(tmp_path)
    (project,) = projects(path)
    lock = next_lock(project, plan(project), 1_700_000_000)
    before = library([project]).items
    assert [item.key for item in before] == [
        CardKey(lock.notes[f"sample/{item.id}"].guid, item.blank or 0) for item in before
    ]
    assert not (tmp_path / "ft-cards.lock").exists()
    (tmp_path / "ft-cards.lock").write_text(_dumped(lock))
    assert [item.key for item in library(projects(path)).items] == [item.key for item in before]


def _dumped(lock: object) -> str:
    from ft_cards.package.lockfile import dump

    return dump(lock)  # type: ignore[arg-type]


def test_a_blank_keeps_its_number_when_another_comes_before_it(tmp_path: Path) -> None:
    path = write(tmp_path, card_text("code", "step", code="a.b(c)\n", blanks=["c"]))
    (project,) = projects(path)
    (tmp_path / "ft-cards.lock").write_text(_dumped(next_lock(project, plan(project), 1_700_000_000)))
    (only,) = library([project]).items
    write(tmp_path, card_text("code", "step", code="a.b(c)\n", blanks=["b", "c"]))
    first, second = library(projects(path)).items
    assert (first.name, second.name, second.key) == ("step:2", "step:1", only.key)


def test_a_deck_with_errors_is_left_out_and_named(tmp_path: Path) -> None:
    from ft_cards.cache import Cache
    from ft_cards.compile import open_projects

    good, bad = write(tmp_path), tmp_path / "bad.yaml"
    bad.write_text("deck: Bad\nid: bad\ncards: [{id: x, kind: nothing}]\n")
    found, _ = open_projects([good, bad], tmp_path, Cache(None))
    made = library(found)
    assert (len(made.items), [deck.id for deck in made.decks], made.broken) == (9, ["sample"], ("bad.yaml",))


def test_a_lock_that_cannot_be_read_gives_no_identities(tmp_path: Path) -> None:
    from ft_cards.cache import Cache
    from ft_cards.compile import open_projects

    path = write(tmp_path, *CARDS)
    (tmp_path / "ft-cards.lock").write_text("<<<<<<< mine\n")
    found, _ = open_projects([path], tmp_path, Cache(None))
    made = library(found)
    assert (made.items, made.broken) == ((), ("sample.yaml",))
