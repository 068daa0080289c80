"""What the commands share: where the cache lies, which clock is read, how the world's failures are said."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ft_cards.cache import Cache

if TYPE_CHECKING:
    from ft_cards.compile import Ahead, Project
    from ft_cards.parallel import Workers
    from ft_cards.source.problems import Problem


def cache() -> Cache:
    """Return the cache of this user; `FT_CARDS_CACHE` names another folder, or none when it is empty."""
    return Cache(None if os.environ.get("FT_CARDS_CACHE") == "" else _cache_folder())


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    named = os.environ.get("FT_CARDS_CACHE")
    return Path(named) if named else user_cache_path("ft-cards", appauthor=False)


def now() -> int:
    """Return the time in seconds since 1970; `SOURCE_DATE_EPOCH` stands in for it in reproducible builds."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdigit() else int(time.time())


def projects(
    paths: tuple[Path, ...], known: Cache | None = None, workers: "Workers | None" = None, ahead: "Ahead | None" = None
) -> "tuple[list[Project], list[Problem]]":
    """Read the projects that the paths touch; what is about no project is misuse, and ends the command."""
    from ft_cards.compile import open_projects

    found, problems = open_projects(paths, Path.cwd(), known or cache(), workers, ahead)
    if problems and not found:
        first = problems[0]
        raise click.UsageError(f"{first.message}: {first.location.path}\n{first.hint}")
    return found, problems


def problems_of(found: "list[Project]", loose: "list[Problem]") -> "list[Problem]":
    """Return all problems of some projects, and before them those that belong to none."""
    return [*loose, *(problem for project in found for problem in project.problems)]


@contextmanager
def alone(paths: tuple[Path, ...]) -> Iterator[None]:
    """Keep two builds of the same decks apart: both would write one lock, with two clocks."""
    import hashlib

    from filelock import FileLock, Timeout

    from ft_cards.source.home import find_homes

    homes, _ = find_homes(paths, Path.cwd())
    names = sorted({str(chosen.home.lock.resolve()) for chosen in homes})
    with ExitStack() as stack:
        for name in names:
            file = f"ft-cards-{hashlib.sha256(name.encode()).hexdigest()[:24]}.lock"
            guard = FileLock(_cache_folder() / "locks" / file)
            try:
                Path(guard.lock_file).parent.mkdir(parents=True, exist_ok=True)
                stack.enter_context(guard.acquire(timeout=0))
            except Timeout:
                click.echo("another build of these decks is running; waiting for it", err=True)
                stack.enter_context(guard.acquire())
            except OSError:
                continue  # no place for a guard: build without one
        yield


@contextmanager
def disk_failures(what: str) -> Iterator[None]:
    """Say plainly that the disk did not let us; nothing is half written then."""
    try:
        yield
    except OSError as error:
        name = f": {error.filename}" if error.filename else ""
        raise click.ClickException(f"{what} failed: {error.strerror or error}{name}; nothing was lost") from error
