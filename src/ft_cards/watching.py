"""Decks that are being written → the state that is served: the last good cards, and what is wrong just now."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from ft_cards.cache import Cache
from ft_cards.compile import Project, open_projects
from ft_cards.parallel import Workers
from ft_cards.preview import Preview
from ft_cards.site import html
from ft_cards.site.index_page import index_page, lost_page
from ft_cards.site.serve import State
from ft_cards.site.shown import Head
from ft_cards.source.problems import Problem

Look = tuple[list[Project], tuple[Problem, ...]]


class Watching:
    """The preview of some paths, made anew from their files as often as it is asked for."""

    def __init__(self, paths: Sequence[Path], cwd: Path, cache: Cache, clock: Callable[[], int], *, run: str) -> None:
        """Take where to look, a clock in seconds since 1970, and a name for this run that no other has."""
        self._paths, self._cwd, self._cache, self._clock = paths, cwd, cache, clock
        self._pages: dict[str, tuple[str, bytes]] = {}
        self._copies: dict[str, Path] = {}
        self._run = run
        self._count = 0
        self._last: object = None
        self._files: set[Path] = set()
        self._folders: set[Path] = {
            path if path.is_dir() else path.parent for path in map(self._absolute, paths or [cwd])
        }

    def state(self, workers: Workers | None = None) -> tuple[State, tuple[Problem, ...]]:
        """Read the sources; return what is to be served now, and all problems.

        `workers` are for the first time: none may be started beside threads that serve.
        """
        workers = workers or Workers()
        projects, problems = self._look(workers)
        if projects and not any(problem.level == "error" for problem in problems):
            preview = Preview(projects, self._cache, self._clock(), workers, live=True)
            keys = preview.keys()
            same = {name: self._pages[name] for name, key in keys.items() if self._pages.get(name, ("",))[0] == key}
            made = preview.make([name for name in keys if name not in same])
            self._pages = {**same, **{name: (keys[name], page) for name, page in made}}
            self._copies = preview.copies()
        now = {name: key for name, (key, _) in self._pages.items()}, self._copies, problems
        self._count += now != self._last
        self._last = now
        version = f"{self._run}-{self._count}"
        pages = {name: page for name, (_, page) in self._pages.items()}
        if not pages:
            pages = {"index.html": index_page(Head(live=True), [], None)}
        files: dict[str, bytes | Path] = {name: html.dated(page, version, problems) for name, page in pages.items()}
        lost = html.dated(lost_page(Head(live=True)), version, problems)
        return State(version, {**self._copies, **files}, lost), problems

    def states(self, stop: threading.Event) -> Iterator[tuple[State, tuple[Problem, ...]]]:
        """Yield a state after each save, until `stop` is set."""
        from ft_cards.site.watch import saves

        for _ in saves(lambda: self._folders, self._now, stop):
            with suppress(OSError):  # a file that went while it was read: its folder tells of the next save
                yield self.state()

    def _look(self, workers: Workers) -> Look:
        projects, loose = open_projects(self._paths, self._cwd, self._cache, workers)
        problems = (*loose, *(problem for project in projects for problem in project.problems))
        self._folders = self._folders | {folder for project in projects for folder in _folders(project)}
        self._files = {medium.file for project in projects for medium in project.media.values()}
        return projects, problems

    def _now(self) -> set[Path]:
        """Return the files that matter: all decks, project files and locks that lie there, and the media."""
        found = set(self._files)
        for folder in self._folders:
            found |= {path for pattern in ("*.yaml", "*.yml", "*.lock") for path in folder.glob(pattern)}
            if folder.name == "media":
                found |= set(folder.iterdir() if folder.is_dir() else ())
        return found

    def _absolute(self, path: Path) -> Path:
        return path if path.is_absolute() else self._cwd / path


def _folders(project: Project) -> Iterator[Path]:
    """Yield the folders in which a save matters: the project's, those of decks, and those of media."""
    home = project.chosen.home
    yield home.root
    decks = home.root / "decks"
    if home.file and decks.is_dir():
        yield decks
        yield from (path for path in decks.rglob("*") if path.is_dir() and not path.name.startswith("."))
    for source in project.sources:
        yield source.path.parent
        yield source.path.parent / "media"
    yield from (medium.file.parent for medium in project.media.values())
