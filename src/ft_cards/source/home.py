"""Paths as typed → the projects they belong to, found as git finds `.git`."""

import os.path
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ft_cards.source.deck import Home
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem

PROJECT_FILE = "ft-cards.yaml"
LOCK_FILE = "ft-cards.lock"
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A project, and those of its deck files that the user asked for."""

    home: Home
    picked: tuple[Path, ...]

    @property
    def whole(self) -> bool:
        """Whether all decks of the project were asked for."""
        return set(self.picked) == set(self.home.decks)


def find_homes(paths: Sequence[Path], cwd: Path) -> tuple[list[Chosen], list[Problem]]:
    """Return each project that the paths touch; without paths, the one around `cwd`."""
    chosen: dict[Path, Chosen] = {}
    problems: list[Problem] = []
    for path in paths or [cwd]:
        found = list(_homes_of(Path(os.path.abspath(path)), named=bool(paths)))  # noqa: PTH100
        if not found:
            problems.append(_nothing_at(path, named=bool(paths)))
        for home, picked in found:
            key = home.root if home.file else home.decks[0]
            before = chosen[key].picked if key in chosen else ()
            chosen[key] = Chosen(home, before + tuple(file for file in picked if file not in before))
    return [replace(each, picked=tuple(sorted(each.picked))) for each in chosen.values()], problems


def _homes_of(path: Path, *, named: bool) -> Iterator[tuple[Home, list[Path]]]:
    if _is_folder(path):
        project = _project_around(path)
        decks = [deck for deck in project.decks if not named or deck.is_relative_to(path)] if project else []
        if project and (decks or path == project.root):
            yield project, decks
        elif named:
            for file in _deck_files(path):
                yield _alone(file), [file]
        return
    project = _project_around(path.parent)
    if project and path in (project.file, project.lock):
        yield project, list(project.decks)
    elif project and path.is_relative_to(project.root / "decks"):
        yield replace(project, decks=tuple(sorted({*project.decks, path}))), [path]
    else:
        yield _alone(path), [path]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long, say: reading it as a file tells
        return False


def _project_around(folder: Path) -> Home | None:
    for root in (folder, *folder.parents):
        if (root / PROJECT_FILE).is_file():
            return Home(root, root / PROJECT_FILE, root / LOCK_FILE, tuple(_deck_files(root / "decks")))
    return None


def _alone(file: Path) -> Home:
    return Home(file.parent, None, file.parent / LOCK_FILE, (file,))


def _deck_files(folder: Path) -> list[Path]:
    return sorted(
        file
        for suffix in _SUFFIXES
        for file in folder.rglob(f"*{suffix}")
        if not any(part.startswith(".") for part in file.relative_to(folder).parts) and file.name != PROJECT_FILE
    )


def _nothing_at(path: Path, *, named: bool) -> Problem:
    if named:
        return Problem(
            Location(str(path)), "no-decks", "there is no deck file in this folder", "a deck is a .yaml file"
        )
    hint = "`ft-cards init` makes a project here; or name a deck file"
    return Problem(Location("."), "no-decks", f"there is no {PROJECT_FILE} here or in a folder above", hint)
