"""A checked project → its packages, lock and manifest.

The lock is written first, then each package, then the manifest, each whole or not at all: should the power go in
between, the next build makes the very packages that the lock speaks of.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ft_cards import __version__, parallel
from ft_cards.cache import Cache, replace_file
from ft_cards.compile import Project, Source, fingerprint
from ft_cards.package.lock import Lock, Wanted, advance, dump
from ft_cards.render.media import Medium
from ft_cards.source.deck import Card, Deck
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem

Progress = Callable[[int, int], None]
"""(done, all): how many cards are rendered."""

MANIFEST = "manifest.json"
_CHUNK = 100
_WORTH_IT = 400
"""Cards to render before a second process pays for its start."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A note that is to be shipped: its card, Anki's numbers for its blanks, and the media it shows."""

    card: Card
    key: str
    wanted: Wanted
    media: tuple[tuple[str, Medium], ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A package in `dist`, as the manifest tells of it. `deck` is empty for the one of the whole project."""

    file: str
    deck: str
    title: str
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


def plan(project: Project) -> dict[Path, list[Planned]]:
    """Return the notes of every correct deck, in the order of study."""
    from ft_cards.render.notes import keys_of

    planned: dict[Path, list[Planned]] = {}
    for source, deck in project.decks():
        shows: dict[str, dict[str, Medium]] = {}
        for shown in source.shows:
            shows.setdefault(shown.card, {})[shown.path] = project.media[source.path, shown.path]
        notes = planned[source.path] = []
        for card in deck.cards:
            media = tuple(shows.get(card.id, {}).items())
            for key in keys_of(card):
                notes.append(Planned(card, key, project.wanted(card, deck, key, [m for _, m in media]), media))
    return planned


def next_lock(project: Project, planned: dict[Path, list[Planned]], now: int) -> Lock:
    """Return the lock as this build makes it."""
    from ft_cards.render.notes import NOTE_TYPE_OF
    from ft_cards.render.notetypes import NOTE_TYPES, fingerprint

    assert project.lock is not None
    notes = [note for each in planned.values() for note in each]
    used = sorted({NOTE_TYPE_OF[note.card.kind] for note in notes})
    types = {name: fingerprint(NOTE_TYPES[name])[:24] for name in used}
    lock = Lock(project.lock.notes, project.lock.types, project.settings.namespace or project.lock.namespace)
    return advance(lock, [note.wanted for note in notes], types, now, project.gone)


def outdated(project: Project, lock: Lock, shown: str) -> Problem | None:
    """Return the problem that a lock out of date is, for builds that must not change it."""
    if dump(lock) == project.lock_text:
        return None
    assert project.lock is not None
    moved = [key for key, entry in lock.notes.items() if project.lock.notes.get(key) != entry]
    what = f"{len(moved)} notes are not in it as they are now" if moved else "a note type is not in it as it is now"
    if len(moved) == 1:
        what = f'the note "{moved[0]}" is not in it as it is now'
    hint = "run `ft-cards build` and commit ft-cards.lock with the decks"
    return Problem(Location(shown), "lock-outdated", f"the lock is out of date: {what}", hint)


def build(
    project: Project, dist: Path, lock: Lock, planned: dict[Path, list[Planned]], cache: Cache, jobs: int,
    progress: Progress,
) -> Outcome:  # fmt: skip
    """Write what changed. Raises OSError where the disk does not let it; earlier packages are whole then."""
    assert project.lock is not None
    dist.mkdir(parents=True, exist_ok=True)
    targets = list(_targets(project))
    previous = _manifest(dist)
    keys = {file: _package_key(project, decks, planned, lock) for file, decks in targets}
    stale = [(file, decks) for file, decks in targets if not _is_current(dist / file, keys[file], previous, cache)]
    needed = {source.path for _, decks in stale for source, _ in decks}
    shop = _Workshop(project, lock, planned, cache)
    shop.render([path for path in planned if path in needed], jobs, progress)
    made = {file: shop.package(decks) for file, decks in stale}
    text = dump(lock)
    if text != project.lock_text:
        replace_file(project.chosen.home.lock, text.encode())
    packages = []
    for file, decks in targets:
        if file in made:
            replace_file(dist / file, made[file])
            packages.append(_described(file, decks, made[file], planned, lock, project))
            cache.put(f"package\0{dist.absolute() / file}", [keys[file], packages[-1].sha256])
        else:
            packages.append(Package(**previous[file]))
    removed = _write_manifest(project, dist, packages, previous)
    shop.remember()
    cache.prune()
    return _outcome(project, lock, packages, frozenset(made), removed)


def _targets(project: Project) -> Iterator[tuple[str, list[tuple[Source, Deck]]]]:
    decks = list(project.decks())
    for source, deck in project.decks(picked=True):
        yield f"{deck.id}.apkg", [(source, deck)]
    if project.settings.namespace and len(decks) > 1 and project.chosen.whole:
        yield f"{project.settings.namespace}.apkg", decks


def _package_key(
    project: Project, decks: Sequence[tuple[Source, Deck]], planned: dict[Path, list[Planned]], lock: Lock
) -> str:
    digest = hashlib.sha256(f"{fingerprint()}\0{project.settings.html}".encode())
    digest.update(json.dumps([asdict(entry) for _, entry in sorted(lock.types.items())]).encode())
    for source, deck in decks:
        digest.update(f"\0{deck.id}\0{deck.name}\0{deck.description}\0{deck.language}\0".encode())
        for note in planned[source.path]:
            entry = lock.notes[note.wanted.key]
            digest.update(f"{entry.guid} {entry.mod} {entry.source} {entry.blanks.numbers}\n".encode())
    return digest.hexdigest()


def _is_current(path: Path, key: str, previous: dict[str, Any], cache: Cache) -> bool:
    """Tell whether the package on the disk is, byte for byte, what would be written."""
    known = cache.get(f"package\0{path.absolute()}")
    if not isinstance(known, list) or known[:1] != [key] or path.name not in previous:
        return False
    try:
        return known[1:] == [hashlib.sha256(path.read_bytes()).hexdigest()] == [previous[path.name]["sha256"]]
    except OSError:
        return False


def _described(
    file: str, decks: Sequence[tuple[Source, Deck]], data: bytes, planned: dict[Path, list[Planned]], lock: Lock,
    project: Project,
) -> Package:  # fmt: skip
    notes = [note for source, _ in decks for note in planned[source.path]]
    whole = file == f"{project.settings.namespace}.apkg" and len(decks) > 1
    return Package(
        file=file,
        deck="" if whole else decks[0][1].id,
        title=(project.settings.title or project.settings.namespace) if whole else decks[0][1].name,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        notes=len(notes),
        cards=sum(count_cards(note, lock) for note in notes),
    )


def count_cards(note: Planned, lock: Lock | None) -> int:
    """Return how many cards of Anki's a note makes."""
    return max(len(set(note.card.asked)) if note.card.kind == "cloze" else len(note.card.asked), 1)


def _manifest(dist: Path) -> dict[str, Any]:
    """Return the packages of the manifest that lies in `dist`, by file; none where there is no sound one."""
    try:
        listed = json.loads((dist / MANIFEST).read_bytes())["packages"]
        return {each["file"]: asdict(Package(**each)) for each in listed}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _write_manifest(
    project: Project, dist: Path, packages: list[Package], previous: dict[str, Any]
) -> tuple[str, ...]:
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
    settings = {key: value for key, value in asdict(project.settings).items() if value and key != "html"}
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


class _Workshop:
    """Renders the notes that no earlier build has rendered, and packs them."""

    def __init__(self, project: Project, lock: Lock, planned: dict[Path, list[Planned]], cache: Cache) -> None:
        self._project = project
        self._lock = lock
        self._planned = planned
        self._cache = cache
        self._rendered: dict[str, list[Any]] = {}
        self._fresh: dict[Path, bool] = {}

    def render(self, paths: Sequence[Path], jobs: int, progress: Progress) -> None:
        """Render the decks at these paths, over several processes where that pays."""
        work = []
        for path in paths:
            known = self._cache.get(self._cache_key(path))
            known = known if isinstance(known, dict) else {}
            missing = []
            for note in self._planned[path]:
                name = self._name(note)
                if name in known:
                    self._rendered[name] = known[name]
                else:
                    missing.append((name, note.card, note.key, self._numbers(note), note.media))
            self._fresh[path] = bool(missing)
            work += missing
        if not work:
            return
        frame = (self._project.settings.report, self._project.settings.html == "trusted")
        chunks = [(work[at : at + _CHUNK], frame) for at in range(0, len(work), _CHUNK)]
        done = 0
        progress(done, len(work))
        for rows in parallel.run(_render_chunk, chunks, jobs if len(work) >= _WORTH_IT else 1):
            self._rendered.update(rows)
            done += len(rows)
            progress(done, len(work))

    def package(self, decks: Sequence[tuple[Source, Deck]]) -> bytes:
        """Return the package of these decks."""
        from ft_cards.package.apkg import Packed, PackedDeck, package
        from ft_cards.render.markup import Markup
        from ft_cards.render.notes import NOTE_TYPE_OF, Note

        packed = []
        media: dict[str, Medium] = {}
        used = set()
        latest = 0
        describe = Markup(trusted=False, show=lambda path, alternative: "").block
        for source, deck in decks:
            notes = []
            for due, note in enumerate(self._planned[source.path], 1):
                entry = self._lock.notes[note.wanted.key]
                fields, tags, ords, _ = self._rendered[self._name(note)]
                note_type = NOTE_TYPE_OF[note.card.kind]
                used.add(note_type)
                latest = max(latest, entry.mod)
                media.update({medium.name: medium for _, medium in note.media})
                made = Note(note.key, note_type, tuple(fields), tuple(tags), tuple(ords))
                notes.append(Packed(made, entry.guid, entry.mod, due))
            description = describe(deck.description) if deck.description else ""
            packed.append(PackedDeck(deck.id, deck.name, description, tuple(notes)))
        times = {name: entry.mod for name, entry in self._lock.types.items() if name in used}
        namespace = self._project.settings.namespace
        return package(packed, namespace, times, list(media.values()), latest * 1000)

    def remember(self) -> None:
        """Keep what was rendered for the next build."""
        for path, fresh in self._fresh.items():
            if fresh:
                names = [self._name(note) for note in self._planned[path]]
                self._cache.put(self._cache_key(path), {name: self._rendered[name] for name in names})

    def _cache_key(self, path: Path) -> str:
        return f"notes\0{fingerprint()}\0{path}"

    def _numbers(self, note: Planned) -> tuple[int, ...]:
        if note.card.kind == "cloze":
            return tuple(int(number) for number in note.card.asked)
        return self._lock.notes[note.wanted.key].blanks.of(note.card.asked)

    def _name(self, note: Planned) -> str:
        entry = self._lock.notes[note.wanted.key]
        return f"{entry.source} {' '.join(str(number) for _, number in entry.blanks.numbers)}"


def _render_chunk(chunk: Any) -> list[tuple[str, list[Any]]]:
    from ft_cards.render.notes import Frame, render

    work, (report, trusted) = chunk
    rows = []
    for name, card, key, numbers, media in work:
        note = render(card, key, numbers, Frame(report, trusted, dict(media)))
        rows.append((name, [note.fields, note.tags, note.ords, note.media]))
    return rows
