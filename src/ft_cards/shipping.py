"""What packages a project has, what each hangs on, and whether the one in `dist` is what a build would write."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ft_cards.cache import Cache
from ft_cards.compile import Project
from ft_cards.package.lock import Lock
from ft_cards.plan import Plan
from ft_cards.source.deck import Deck
from ft_cards.sources import Source, fingerprint

MANIFEST = "manifest.json"

Decks = Sequence[tuple[Source, Deck]]


@dataclass(frozen=True, slots=True)
class Package:
    """A package in `dist`, as the manifest tells of it. `deck` is empty for the one of the whole project."""

    file: str
    deck: str
    title: str
    language: str
    sha256: str
    bytes: int
    notes: int
    cards: int


@dataclass(frozen=True, slots=True)
class Target:
    """A package to be: its file, the decks in it, and a hash of all that its bytes hang on."""

    file: str
    decks: Decks
    key: str


def targets(project: Project, lock: Lock, planned: Plan) -> list[Target]:
    """Return the packages of the decks that were asked for, and that of the whole project where all were."""
    of_deck = {source.path: _deck_key(source, deck, planned, lock) for source, deck in project.decks()}
    frame = f"{fingerprint()}\0{project.settings.html}\0{sorted(lock.types.items())}".encode()
    return [
        Target(file, decks, hashlib.sha256(frame + b"".join(of_deck[source.path] for source, _ in decks)).hexdigest())
        for file, decks in _files(project)
    ]


def _files(project: Project) -> Iterator[tuple[str, Decks]]:
    decks = list(project.decks())
    for source, deck in project.decks(picked=True):
        yield f"{deck.id}.apkg", [(source, deck)]
    if project.settings.namespace and len(decks) > 1 and project.chosen.whole:
        yield f"{project.settings.namespace}.apkg", decks


def _deck_key(source: Source, deck: Deck, planned: Plan, lock: Lock) -> bytes:
    """Return a hash of all that a deck's package hangs on, but for the project's settings."""
    digest = hashlib.sha256(f"{deck.id}\0{deck.name}\0{deck.description}\0{deck.language}".encode())
    for note in planned[source.path]:
        entry = lock.notes[note.wanted.key]
        digest.update(f"\0{note.key} {entry.guid} {entry.mod} {entry.source} {entry.blanks.numbers}".encode())
    return digest.digest()


def packed(project: Project, lock: Lock, decks: Decks, planned: Plan, notes: Mapping[Path, list[Any]]) -> bytes:
    """Return the bytes of a package. Raises OSError where a medium can't be read any more."""
    from ft_cards.package.apkg import PackedDeck, package
    from ft_cards.render.markup import description

    parts = [
        PackedDeck(deck.id, deck.name, description(deck.description), notes[source.path]) for source, deck in decks
    ]
    listed = [note for deck in parts for note in deck.notes]
    media = {medium.name: medium for source, _ in decks for note in planned[source.path] for _, medium in note.media}
    times = {name: entry.mod for name, entry in lock.types.items() if any(note.type == name for note in listed)}
    first_id = max(note.mod for note in listed) * 1000
    return package(parts, project.settings.namespace, times, list(media.values()), first_id)


def is_current(path: Path, key: str, previous: Mapping[str, Any], cache: Cache) -> bool:
    """Tell whether the package on the disk is, byte for byte, what would be written."""
    known = cache.get(_name(path))
    if not isinstance(known, list) or known[:1] != [key] or path.name not in previous:
        return False
    try:
        return known[1:] == [hashlib.sha256(path.read_bytes()).hexdigest()] == [previous[path.name]["sha256"]]
    except OSError:
        return False


def remember(path: Path, key: str, sha256: str, cache: Cache) -> None:
    """Keep that the package at `path` has this hash, made of what `key` stands for."""
    cache.put(_name(path), [key, sha256])


def _name(path: Path) -> str:
    return f"package\0{path.absolute()}"


def holds(path: Path, data: bytes) -> bool:
    """Tell whether a file has this content."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def manifest(dist: Path) -> dict[str, Any]:
    """Return the packages of the manifest that lies in `dist`, by file; none where there is no sound one."""
    try:
        listed = json.loads((dist / MANIFEST).read_bytes())["packages"]
        return {each["file"]: asdict(Package(**each)) for each in listed}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
