"""Deck and project files → what is in them, read once: cached by content, over several processes when many."""

import functools
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ft_cards import __version__, parallel
from ft_cards.cache import Cache
from ft_cards.parallel import Workers
from ft_cards.render.media import Shown, shown_by
from ft_cards.source.deck import Card, Deck, Home, Settings, from_data, to_data
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem, did_you_mean
from ft_cards.source.text import read_bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A deck file that was read: its deck (None where it has errors) and the media it shows."""

    path: Path
    shown_as: str
    deck: Deck | None
    problems: tuple[Problem, ...]
    shows: tuple[Shown, ...] = ()


@functools.cache
def fingerprint() -> str:
    """Return what changes whenever this tool might read or render otherwise: its files and what it stands on."""
    from importlib.util import find_spec

    root = Path(__file__).parent
    files = sorted(path for path in root.rglob("*.*") if path.suffix != ".pyc")
    specs = [find_spec(name) for name in ("pygments", "markdown_it", "mdit_py_plugins", "pydantic")]
    files += [Path(spec.origin) for spec in specs if spec and spec.origin]
    state = [f"{path}:{(stat := path.stat()).st_size}:{stat.st_mtime_ns}" for path in files]
    state.append(f"{__version__} {sys.version}")
    return hashlib.sha256("\0".join(state).encode()).hexdigest()


def shown_path(path: Path, cwd: Path) -> str:
    """Return a path as reports name it: from here, where it is below here."""
    return (path.relative_to(cwd) if path.is_relative_to(cwd) else path).as_posix()


def read_settings(home: Home, cwd: Path, cache: Cache) -> tuple[Settings, list[Problem]]:
    """Read the project file; without one, the namespace is empty, and with a broken one it is "?"."""
    if not home.file:
        return Settings(""), []
    shown = shown_path(home.file, cwd)
    data = read_bytes(home.file, shown)
    if isinstance(data, Problem):
        return Settings("?"), [data]
    key = content_key("project", data)
    try:
        return Settings(**cache.get(key)), []
    except TypeError:
        pass
    from ft_cards.source import reader

    settings, problems = reader.read_settings(data, shown)
    if settings and not problems:
        cache.put(key, asdict(settings))
    return settings or Settings("?"), list(problems)


_WORTH_ONE, _WORTH_ALL = 50_000, 500_000
"""Bytes to read that pay for one more process, where that starts quickly, and for as many as there may be."""


class Reading:
    """Deck files that are being read, but for those whose bytes an earlier run has read."""

    def __init__(
        self, paths: Sequence[Path], cwd: Path, cache: Cache, workers: Workers, *, ahead: bool = False
    ) -> None:
        """Begin; `ahead` says that there is something else to do until `sources` is asked for."""
        self._cache = cache
        self._all = [(path, shown := shown_path(path, cwd), read_bytes(path, shown)) for path in paths]
        self._fresh = [
            (path, shown, data, cache)
            for path, shown, data in self._all
            if isinstance(data, bytes) and not cache.holds(content_key("deck", data))
        ]
        size = sum(len(data) for _, _, data, _ in self._fresh)
        one = int(parallel.QUICK and ahead and size >= _WORTH_ONE)
        many = size >= _WORTH_ALL and len(self._fresh) > 1
        self._rows = workers.run(_read, self._fresh, workers.jobs if many else one)

    def sources(self) -> tuple[Source, ...]:
        """Wait for the rest; return all, in the order of the paths."""
        waiting = {path for path, *_ in self._fresh}
        sources = {}
        for path, shown, data in self._all:
            if isinstance(data, Problem):
                sources[path] = Source(path, shown, None, (data,))
            elif path not in waiting:
                sources[path] = read_source(path, shown, data, self._cache)
        for path, shown, _, _ in self._fresh:
            sources[path] = _source_from(next(self._rows), path, shown)
        return tuple(sources[path] for path, *_ in self._all)


def read_source(path: Path, shown: str, data: bytes, cache: Cache) -> Source:
    """Read one deck file whose bytes are at hand."""
    row = cache.get(content_key("deck", data)) or _read((path, shown, data, cache))
    return _source_from(row, path, shown)


def content_key(what: str, data: bytes) -> str:
    """Return the cache's key for what is made of these bytes."""
    return f"{what}\0{fingerprint()}\0{hashlib.sha256(data).hexdigest()}"


def _read(item: tuple[Path, str, bytes, Cache]) -> dict[str, Any]:
    """Read one deck file, as plain data: so it passes between processes, and into the cache."""
    from ft_cards.source.collector import collector_at_rest
    from ft_cards.source.reader import read_deck

    path, shown, data, cache = item
    latest = f"latest\0{fingerprint()}\0{path}"
    with collector_at_rest():
        reading = read_deck(data, shown, _cards_of(cache.get(cache.get(latest) or "")))
        deck = reading.deck
        problems = reading.problems + tuple(_languages(deck, shown) if deck else ())
        shows = tuple(each for card in deck.cards if card.pictures for each in shown_by(card)) if deck else ()
        if any(problem.level == "error" for problem in problems):
            deck = None
        row = _source_data(Source(path, shown, deck, problems, shows)) | {"marks": reading.marks}
        cache.put(content_key("deck", data), row)
        if deck:
            cache.put(latest, content_key("deck", data))
        return row


def _cards_of(row: Any) -> dict[str, Card]:
    """Return the cards of a deck as it was read the last time, by what they were read from: most are still the same."""
    if not row or not row["deck"]:
        return {}
    return {mark: card for mark, card in zip(row["marks"], from_data(row["deck"]).cards, strict=True) if mark}


def _languages(deck: Deck, shown: str) -> Iterator[Problem]:
    named = {card.language for card in deck.cards if card.language}
    if not named:
        return
    from ft_cards.render.code import known_language, languages

    for each in sorted(named, key=lambda passage: passage.places):
        if not known_language(each.text):
            ((line, column),) = each.places
            place = Location(shown, line, column, len(each.text))
            hint = did_you_mean(each.text, languages()) or "`text` stands for plain text"
            yield Problem(place, "unknown-language", f'there is no language "{each.text}" to highlight', hint)


def _source_data(source: Source) -> dict[str, Any]:
    return {
        "deck": to_data(source.deck) if source.deck else None,
        "problems": [[*each.location[1:], each.code, each.message, each.hint] for each in source.problems],
        "shows": [[each.card, each.path, each.line, each.column] for each in source.shows],
    }


def _source_from(data: dict[str, Any], path: Path, shown: str) -> Source:
    problems = tuple(
        Problem(Location(shown, line, column, width), code, message, hint)
        for line, column, width, code, message, hint in data["problems"]
    )
    deck = from_data(data["deck"]) if data["deck"] else None
    return Source(path, shown, deck, problems, tuple(Shown(*row) for row in data["shows"]))
