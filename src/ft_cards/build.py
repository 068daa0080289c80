"""A checked project → its packages, lock and manifest.

The lock is written first, then each package, then the manifest, each whole or not at all: should the power go in
between, the next build makes the very packages that the lock speaks of.
"""

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ft_cards import __version__
from ft_cards.cache import Cache, replace_file
from ft_cards.compile import Project
from ft_cards.package.lock import Lock
from ft_cards.package.lockfile import dump, to_data
from ft_cards.parallel import Workers
from ft_cards.plan import Plan
from ft_cards.rendered import Progress, Rendering
from ft_cards.source.deck import Deck
from ft_cards.sources import Source, content_key, fingerprint

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
class Outcome:
    """What a build did: the packages, which of them were written anew, and how the notes changed."""

    packages: tuple[Package, ...]
    written: frozenset[str]
    removed: tuple[str, ...]
    new: int
    changed: int
    retired: int
    first: bool


def build(
    project: Project, dist: Path, lock: Lock, planned: Plan, cache: Cache, workers: Workers,
    progress: Progress,
) -> Outcome:  # fmt: skip
    """Write what changed. Raises OSError where the disk does not let it; earlier packages are whole then."""
    assert project.lock is not None
    dist.mkdir(parents=True, exist_ok=True)
    _sweep(dist)
    targets = list(_targets(project))
    previous = _manifest(dist)
    of_deck = {source.path: _deck_key(source, deck, planned, lock) for source, deck in project.decks()}
    frame = f"{fingerprint()}\0{project.settings.html}\0{sorted(lock.types.items())}".encode()
    keys = {
        file: hashlib.sha256(frame + b"".join(of_deck[source.path] for source, _ in decks)).hexdigest()
        for file, decks in targets
    }
    stale = [(file, decks) for file, decks in targets if not _is_current(dist / file, keys[file], previous, cache)]
    needed = {source.path for _, decks in stale for source, _ in decks}
    rendering = Rendering(project, lock, planned, cache)
    rendering.render([path for path in planned if path in needed], workers, progress)
    notes = {path: rendering.notes(path) for path in planned if path in needed}
    made = _packages(project, lock, stale, planned, notes)
    if lock != project.lock or not project.lock_text:
        text = dump(lock).encode()
        replace_file(project.chosen.home.lock, text)
        cache.put(content_key("lock", text), to_data(lock))
    packages, written = [], set()
    for file, decks in targets:
        if file in made:
            if not _holds(dist / file, made[file]):
                replace_file(dist / file, made[file])
                written.add(file)
            packages.append(_listed(file, decks, made[file], planned, project))
            cache.put(f"package\0{dist.absolute() / file}", [keys[file], packages[-1].sha256])
        else:
            packages.append(Package(**previous[file]))
    removed = _write_manifest(project, dist, packages, previous)
    rendering.remember()
    cache.prune()
    return _outcome(project, lock, packages, frozenset(written), removed)


def _sweep(dist: Path) -> None:
    """Delete what a build that was killed an hour ago or more has left half written."""
    for path in dist.glob(".*.apkg-*"):
        if time.time() - path.stat().st_mtime > 3600:
            path.unlink(missing_ok=True)


def _targets(project: Project) -> Iterator[tuple[str, list[tuple[Source, Deck]]]]:
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


def _packages(
    project: Project, lock: Lock, targets: Sequence[tuple[str, Decks]], planned: Plan, notes: dict[Path, list[Any]],
) -> dict[str, bytes]:  # fmt: skip
    """Return the bytes of each package. Two are made at a time: SQLite and deflate let go of the interpreter."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        going = {
            file: pool.submit(_package, project, lock, decks, planned, notes)
            for file, decks in sorted(targets, key=lambda target: -len(target[1]))
        }
        return {file: each.result() for file, each in going.items()}


def _package(project: Project, lock: Lock, decks: Decks, planned: Plan, notes: dict[Path, list[Any]]) -> bytes:
    from ft_cards.package.apkg import PackedDeck, package

    packed = [PackedDeck(deck.id, deck.name, _described(deck), notes[source.path]) for source, deck in decks]
    listed = [note for deck in packed for note in deck.notes]
    media = {medium.name: medium for source, _ in decks for note in planned[source.path] for _, medium in note.media}
    times = {name: entry.mod for name, entry in lock.types.items() if any(note.type == name for note in listed)}
    first_id = max(note.mod for note in listed) * 1000
    return package(packed, project.settings.namespace, times, list(media.values()), first_id)


def _described(deck: Deck) -> str:
    """Return the deck's description as HTML."""
    if not deck.description:
        return ""
    from ft_cards.render.markup import Markup

    return Markup(trusted=False, show=lambda path, alternative: "").block(deck.description)


def _is_current(path: Path, key: str, previous: dict[str, Any], cache: Cache) -> bool:
    """Tell whether the package on the disk is, byte for byte, what would be written."""
    known = cache.get(f"package\0{path.absolute()}")
    if not isinstance(known, list) or known[:1] != [key] or path.name not in previous:
        return False
    try:
        return known[1:] == [hashlib.sha256(path.read_bytes()).hexdigest()] == [previous[path.name]["sha256"]]
    except OSError:
        return False


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _listed(
    file: str, decks: Decks, data: bytes, planned: Plan, project: Project,
) -> Package:  # fmt: skip
    notes = [note for source, _ in decks for note in planned[source.path]]
    whole = file == f"{project.settings.namespace}.apkg" and len(decks) > 1
    return Package(
        file=file,
        deck="" if whole else decks[0][1].id,
        title=(project.settings.title or project.settings.namespace) if whole else decks[0][1].name,
        language="" if whole else decks[0][1].language,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        notes=len(notes),
        cards=sum(note.cards for note in notes),
    )


def _manifest(dist: Path) -> dict[str, Any]:
    """Return the packages of the manifest that lies in `dist`, by file; none where there is no sound one."""
    try:
        listed = json.loads((dist / MANIFEST).read_bytes())["packages"]
        return {each["file"]: asdict(Package(**each)) for each in listed}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _write_manifest(project: Project, dist: Path, packages: list[Package], previous: dict[str, Any]) -> tuple[str, ...]:
    """Write the manifest; a package that it listed and that no deck stands behind any more is deleted."""
    mine = {each.file for each in packages}
    removed = []
    others = []
    for file, each in previous.items():
        if file in mine:
            continue
        path = dist / Path(file).name
        if project.settings.namespace and project.chosen.whole:
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == each["sha256"]:
                path.unlink()
                removed.append(path.name)
        elif path.is_file():
            others.append(each)
    listed = sorted([*map(asdict, packages), *others], key=lambda each: (each["deck"] == "", each["file"]))
    settings = {
        key: value for key, value in asdict(project.settings).items() if value and key not in ("html", "runners")
    }
    whole = {"tool": f"ft-cards {__version__}", "project": settings, "packages": listed}
    data = (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
    path = dist / MANIFEST
    if not path.is_file() or path.read_bytes() != data:
        replace_file(path, data)
    return tuple(removed)


def _outcome(
    project: Project, lock: Lock, packages: list[Package], written: frozenset[str], removed: tuple[str, ...]
) -> Outcome:
    assert project.lock is not None
    before = project.lock.notes
    return Outcome(
        packages=tuple(packages),
        written=written,
        removed=removed,
        new=sum(key not in before for key in lock.notes),
        changed=sum(key in before and before[key].mod != entry.mod for key, entry in lock.notes.items()),
        retired=len(project.gone),
        first=not project.lock_text,
    )
