"""Paths as typed → the projects they belong to."""

from pathlib import Path

import pytest

from ft_cards.source.deck import Home
from ft_cards.source.home import Chosen, find_homes
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem
from tests.builders import deck_text, project, write


def _whole(root: Path, *names: str) -> Home:
    return Home(root, root / "ft-cards.yaml", root / "ft-cards.lock", tuple(root / "decks" / name for name in names))


def _alone(file: Path) -> Chosen:
    return Chosen(Home(file.parent, None, file.parent / "ft-cards.lock", (file,)), (file,))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with decks at several depths, and things beside them that are none."""
    root = project(tmp_path / "project", ["b", "a", "sub/c"])
    others = ("decks/.hidden/x.yaml", "decks/media/note.txt", "other/lone.yaml", "decks/sub/ft-cards.lock.yaml.bak")
    write(root, {name: deck_text() for name in others})
    return root


ALL = ("a.yaml", "b.yaml", "sub/c.yaml")


def test_without_paths_it_is_the_project_around(root: Path) -> None:
    home = _whole(root, *ALL)
    for folder in (root, root / "decks", root / "decks" / "sub", root / "other"):
        assert find_homes([], folder) == ([Chosen(home, home.decks)], [])


@pytest.mark.parametrize("named", ["ft-cards.yaml", "ft-cards.lock", ".", "decks", "decks/..", "decks/sub/../.."])
def test_the_whole_project_has_many_names(root: Path, named: str) -> None:
    (root / "ft-cards.lock").touch()
    home = _whole(root, *ALL)
    found = find_homes([root / named], root)
    assert found == ([Chosen(home, home.decks)], [])
    assert found[0][0].whole


@pytest.mark.parametrize(
    ("named", "picked"),
    [
        (["decks/a.yaml"], ["a.yaml"]),
        (["decks/b.yaml", "decks/a.yaml", "decks/sub/../b.yaml"], ["a.yaml", "b.yaml"]),
        (["decks/sub"], ["sub/c.yaml"]),
        (["decks/sub", "decks/a.yaml"], ["a.yaml", "sub/c.yaml"]),
    ],
)
def test_some_decks_of_a_project_are_picked(root: Path, named: list[str], picked: list[str]) -> None:
    home = _whole(root, *ALL)
    chosen = Chosen(home, tuple(root / "decks" / name for name in picked))
    assert find_homes([root / name for name in named], root) == ([chosen], [])
    assert not chosen.whole


def test_relative_paths_are_meant_from_here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "decks" / "sub")
    found, problems = find_homes([Path("../a.yaml"), Path("c.yaml")], Path.cwd())
    assert problems == []
    assert [each.picked for each in found] == [(root / "decks" / "a.yaml", root / "decks" / "sub" / "c.yaml")]
    assert found[0].home == _whole(root, *ALL)


def test_a_deck_that_is_not_there_yet_belongs_to_the_project(root: Path) -> None:
    missing = root / "decks" / "new.yaml"
    assert find_homes([missing], root) == (
        [Chosen(_whole(root, "a.yaml", "b.yaml", "new.yaml", "sub/c.yaml"), (missing,))],
        [],
    )


def test_a_file_outside_decks_stands_alone(root: Path) -> None:
    lone = root / "other" / "lone.yaml"
    assert find_homes([lone], root) == ([_alone(lone)], [])
    assert find_homes([root / "decks" / ".." / "other" / "lone.yaml"], root) == ([_alone(lone)], [])
    assert find_homes([root / "other"], root) == ([_alone(lone)], [])


def test_lone_files_beside_each_other_are_projects_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": deck_text(), "b.yml": deck_text()})
    assert find_homes([tmp_path / "b.yml", tmp_path / "a.yaml"], tmp_path) == (
        [_alone(tmp_path / "b.yml"), _alone(tmp_path / "a.yaml")],
        [],
    )


def test_the_nearest_project_file_counts(root: Path) -> None:
    inner = project(root / "decks" / "sub" / "inner", ["d"])
    home = _whole(inner, "d.yaml")
    assert find_homes([inner / "decks" / "d.yaml"], root) == ([Chosen(home, home.decks)], [])


def test_two_projects_at_once(tmp_path: Path) -> None:
    one, two = project(tmp_path / "one"), project(tmp_path / "two", ["b"])
    homes = _whole(one, "a.yaml"), _whole(two, "b.yaml")
    assert find_homes([one, two], tmp_path) == ([Chosen(home, home.decks) for home in homes], [])


def test_nothing_to_be_found_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    hint = "`ft-cards init` makes a project here; or name a deck file"
    message = "there is no ft-cards.yaml here or in a folder above"
    assert find_homes([], tmp_path) == ([], [Problem(Location("."), "no-decks", message, hint)])
    folder = tmp_path / "empty"
    problem = Problem(
        Location(str(folder)), "no-decks", "there is no deck file in this folder", "a deck is a .yaml file"
    )
    assert find_homes([folder], tmp_path) == ([], [problem])


def test_a_project_without_decks_is_still_the_project(tmp_path: Path) -> None:
    root = project(tmp_path, [])
    assert find_homes([], root) == ([Chosen(_whole(root), ())], [])
