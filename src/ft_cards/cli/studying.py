"""What the commands for learners share: the store, the settings, the clock, and where the cards come from."""

import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ft_cards.memory.day import Calendar, Moment
from ft_cards.memory.errors import StoreError
from ft_cards.memory.records import UtcMillis
from ft_cards.study.config import ConfigError, read_config
from ft_cards.study.filters import NoMatch
from ft_cards.study.settings import Settings

if TYPE_CHECKING:
    from ft_cards.memory.store import Store
    from ft_cards.study.cards import Item, Library

Command = TypeVar("Command", bound=Callable[..., Any])

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


def store_option(command: Command) -> Command:
    """Give a command the option that names the review database."""
    kind = click.Path(path_type=Path, dir_okay=False)
    text = "The review database. Default: FT_CARDS_STORE, or your own one."
    return click.option("--store", "store_path", metavar="FILE", type=kind, help=text)(command)


def from_option(command: Command) -> Command:
    """Give a command the option that names the decks, for commands whose arguments are cards."""
    kind = click.Path(path_type=Path)
    text = "Deck files or folders. Default: the project around this folder, or the decks that come with ft-cards."
    return click.option("--from", "paths", metavar="PATH", multiple=True, type=kind, help=text)(command)


def store_file(named: Path | None) -> Path:
    """Where the review database lies: as named, or `FT_CARDS_STORE`, or in the user's data folder."""
    from ft_cards.memory.database import default_path

    return named or Path(os.environ.get("FT_CARDS_STORE") or default_path())


def config_file() -> Path:
    """Where the settings lie: `FT_CARDS_CONFIG`, or in the user's folder for settings."""
    from platformdirs import user_config_path

    given = os.environ.get("FT_CARDS_CONFIG")
    return Path(given) if given else user_config_path("ft-cards", appauthor=False) / "config.toml"


def clock() -> UtcMillis:
    """The instant now; `FT_CARDS_NOW` stands in for it when something is tried out."""
    given = os.environ.get("FT_CARDS_NOW")
    if not given:
        return UtcMillis(time.time_ns() // 1_000_000)
    try:
        return UtcMillis(round(datetime.fromisoformat(given).timestamp() * 1000))
    except ValueError:
        raise click.UsageError(f'FT_CARDS_NOW is "{given}", and no time like 2026-05-01T12:00:00Z') from None


@contextmanager
def failures() -> Iterator[None]:
    """Say plainly what the world did not let us do (exit code 1), and what was asked for in vain (2)."""
    try:
        yield
    except (StoreError, ConfigError) as error:
        raise click.ClickException(str(error)) from error
    except NoMatch as error:
        raise click.UsageError(str(error)) from error


def read_settings() -> Settings:
    """The learner's settings. Raises `ConfigError`."""
    path = config_file()
    try:
        return read_config(path.read_text(encoding="utf-8"), str(path)) if path.exists() else Settings()
    except OSError as error:
        raise ConfigError(f"{path} can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8; save it as UTF-8") from error


class Learner:
    """An open store with the settings and the calendar that go with it."""

    def __init__(self, store: "Store", settings: Settings, calendar: Calendar) -> None:
        self.store = store
        self.settings = settings
        self.calendar = calendar

    def now(self) -> Moment:
        """What the clock says to this learner."""
        return self.calendar.moment(clock())


@contextmanager
def opened(named: Path | None) -> Iterator[Learner]:
    """Open the store for a command, and say failures plainly."""
    from ft_cards.memory.store import Store

    with failures():
        settings = read_settings()
        calendar = Calendar(rollover_hour=settings.rollover_hour)
        with Store(store_file(named), calendar.moment(clock()).day) as store:
            yield Learner(store, settings, calendar)


def shipped() -> Path | None:
    """The project that comes with ft-cards: inside the installed package, or around a checkout of it."""
    package = Path(__file__).parents[1]
    for root in (package / "shipped", package.parents[1]):
        if (root / "ft-cards.yaml").is_file() and (root / "decks").is_dir():
            return root
    return None


def load(paths: Sequence[Path]) -> "Library":
    """Read the decks at the paths; or of the project around this folder; or those that come with ft-cards."""
    from ft_cards.cli.common import cache
    from ft_cards.source.collector import collector_at_rest
    from ft_cards.study.shelf import open_library

    jobs = os.cpu_count() or 1
    with collector_at_rest():  # ten thousand cards are no garbage, and looking at each costs more than reading it
        made, problems = open_library(paths, Path.cwd(), cache(), jobs)
        if problems and not paths and (root := shipped()):
            made, problems = open_library([root], Path.cwd(), cache(), jobs)
        if problems:
            first = problems[0]
            raise NoMatch(f"{first.message}: {first.location.path}; {first.hint}")
    gc.freeze()
    return made


def warn(library: "Library") -> None:
    """Name the decks that errors keep out."""
    for path in library.broken:
        click.echo(f"{path} is left out: it has errors, `ft-cards check` names them", err=True)


def named(library: "Library", names: Sequence[str]) -> "tuple[Item, ...]":
    """The items that names mean, each once. Raises `NoMatch`."""
    from ft_cards.study.filters import find

    return tuple(dict.fromkeys(item for name in names for item in find(library, name)))


def stamp(at: UtcMillis) -> str:
    """An instant as part of a file's name, by the wall clock: `2026-05-01-120000`."""
    return datetime.fromtimestamp(at // 1000).strftime("%Y-%m-%d-%H%M%S")
