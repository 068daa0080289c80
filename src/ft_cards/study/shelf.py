"""Paths → the library, from what an earlier run made of the same files.

Kept in the cache are the items alone, without what stands on the cards: for ten thousand cards that is read in a
fraction of the time that decks and lock take.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ft_cards.cache import Cache
from ft_cards.memory.records import CardKey
from ft_cards.source.deck import Card
from ft_cards.source.home import Chosen, find_homes
from ft_cards.source.problems import Problem
from ft_cards.source.text import read_bytes
from ft_cards.sources import fingerprint, read_source, shown_path
from ft_cards.study.cards import Item, Library, StudyDeck, library

Files = dict[Path, bytes | None]
"""The bytes of the files that a library hangs on; None for one that can't be read or is not there."""


def open_library(paths: Sequence[Path], cwd: Path, cache: Cache, jobs: int) -> tuple[Library, list[Problem]]:
    """Read the decks that the paths touch; the problems are those that belong to no project."""
    homes, problems = find_homes(paths, cwd)
    files = _read(homes)
    key = _key(homes, files)
    known = cache.get(key)
    if known:
        try:
            return _from_data(known, files, cwd, cache), problems
        except (TypeError, ValueError, KeyError, IndexError):
            pass
    from ft_cards.compile import open_projects
    from ft_cards.parallel import Workers

    with Workers(jobs) as workers:
        found, problems = open_projects(paths, cwd, cache, workers)
    made = library(found)
    if made.items and _read(homes) == files:  # else somebody wrote in between, and the key would lie
        cache.put(key, _to_data(made))
    return made, problems


def _read(homes: Sequence[Chosen]) -> Files:
    files: Files = {}
    for chosen in homes:
        home = chosen.home
        for path in (*home.decks, home.lock, *((home.file,) if home.file else ())):
            data = read_bytes(path, "")
            files[path] = None if isinstance(data, Problem) else data
    return files


def _key(homes: Sequence[Chosen], files: Files) -> str:
    digest = hashlib.sha256(fingerprint().encode())
    for path, data in files.items():
        digest.update(f"\0{path}\0{None if data is None else hashlib.sha256(data).hexdigest()}".encode())
    for chosen in homes:
        digest.update(f"\0{chosen.home.file}\0{chosen.picked}".encode())
    return f"shelf\0{digest.hexdigest()}"


def _to_data(made: Library) -> dict[str, Any]:
    """The library as plain data: items as columns by deck."""
    numbers = {id(deck): number for number, deck in enumerate(made.decks)}
    rows = [
        [*item.key, numbers[id(item.deck)], item.place, item.card_id, item.reverse, item.asked] for item in made.items
    ]
    decks = [[deck.id, deck.name, str(deck.path)] for deck in made.decks]
    return {"decks": decks, "items": rows, "broken": list(made.broken)}


def _from_data(data: dict[str, Any], files: Files, cwd: Path, cache: Cache) -> Library:
    decks = [
        StudyDeck(id_, name, Path(path), _reader(Path(path), files[Path(path)], cwd, cache))
        for id_, name, path in data["decks"]
    ]
    items = tuple(
        Item(CardKey(guid, number), decks[deck], place, card_id, reverse, asked)
        for guid, number, deck, place, card_id, reverse, asked in data["items"]
    )
    return Library(items, tuple(decks), tuple(data["broken"]))


def _reader(path: Path, data: bytes | None, cwd: Path, cache: Cache) -> Callable[[], Sequence[Card]]:
    """Reads a deck's cards from the very bytes for which the items were made."""
    assert data is not None

    def read() -> Sequence[Card]:
        deck = read_source(path, shown_path(path, cwd), data, cache).deck
        assert deck is not None
        return deck.cards

    return read
