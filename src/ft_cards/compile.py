"""The whole way from files to a checked project, on one screen.

    paths → homes → (per file, cached by content) text → nodes → deck, with its problems
          → rules over the whole project, media, and what the lock remembers → Project
"""

import functools
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ft_cards import __version__, parallel
from ft_cards.cache import Cache
from ft_cards.package.blanks import Blanks, number_blanks
from ft_cards.package.lock import Lock, Wanted, load, new_guid
from ft_cards.render.media import Medium, Shown, find, shown_by
from ft_cards.source.checks import check_together
from ft_cards.source.deck import Card, Deck, Settings, from_data, to_data
from ft_cards.source.home import LOCK_FILE, PROJECT_FILE, Chosen, find_homes
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem, did_you_mean, in_file_order
from ft_cards.source.text import decode, read_bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A deck file that was read: its deck (None where it has errors) and the media it shows."""

    path: Path
    shown_as: str
    deck: Deck | None
    problems: tuple[Problem, ...]
    shows: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """All that is known of a project before anything is rendered.

    `problems` are those of the chosen files, in file order; `lock` is None where it can't be used. `media` maps a
    deck file and a path in it to the medium. `gone` are the keys of the lock that no deck has any more.
    """

    chosen: Chosen
    settings: Settings
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    lock: Lock | None
    lock_text: str
    media: dict[tuple[Path, str], Medium]
    gone: tuple[str, ...]

    @property
    def errors(self) -> bool:
        """Whether anything stops a build."""
        return any(problem.level == "error" for problem in self.problems)

    @property
    def picked(self) -> Iterator[Source]:
        """The sources that the user asked for."""
        return (source for source in self.sources if source.path in self.chosen.picked)

    def decks(self, *, picked: bool = False) -> Iterator[tuple[Source, Deck]]:
        """Yield the correct decks, with where they come from."""
        for source in self.picked if picked else self.sources:
            if source.deck:
                yield source, source.deck

    def scope(self, deck: Deck) -> str:
        """Return what the lock puts before this deck's keys: nothing in a project, its id in a lone file."""
        return "" if self.settings.namespace else f"{deck.id}/"

    def wanted(self, card: Card, deck: Deck, key: str, media: Sequence[Medium]) -> Wanted:
        """Return what the lock must know of one note."""
        from ft_cards.render.notes import RENDERING

        source = card.digest[:24]
        frame = [self.settings.report, self.settings.html, *(medium.sha256 for medium in media)]
        if key != card.id or any(frame):
            source = hashlib.sha256("\0".join([card.digest, key, *frame]).encode()).hexdigest()[:24]
        asked = card.asked if card.kind == "code" else ()
        return Wanted(self.scope(deck) + key, card.kind, f"{RENDERING[card.kind]}-{source}", asked)

    def identity(self, card: Card, deck: Deck, key: str) -> tuple[str, tuple[int, ...]]:
        """Return a note's guid and the numbers of its blanks: those of the lock, or what a build would give it.

        A plain card has no numbers. Writes nothing; the lock must be usable.
        """
        assert self.lock is not None
        entry = self.lock.notes.get(self.scope(deck) + key)
        guid = entry.guid if entry else new_guid(self.settings.namespace or self.lock.namespace, self.scope(deck) + key)
        if card.kind == "cloze":
            return guid, tuple(int(number) for number in card.asked)
        asked = card.asked if card.kind == "code" else ()
        return guid, number_blanks(entry.blanks if entry else Blanks(), asked).of(asked)


def open_projects(paths: Sequence[Path], cwd: Path, cache: Cache, jobs: int = 1) -> tuple[list[Project], list[Problem]]:
    """Read every project that the paths touch; the problems are those that belong to no project."""
    homes, problems = find_homes(paths, cwd)
    return [_open(chosen, cwd, cache, jobs) for chosen in homes], problems


@functools.cache
def fingerprint() -> str:
    """Return what changes whenever this tool might read or render otherwise: its files and what it stands on."""
    from importlib.metadata import version

    root = Path(__file__).parent
    files = sorted((str(path.relative_to(root)), path.stat()) for path in root.rglob("*.*") if path.suffix != ".pyc")
    state = [f"{name}:{stat.st_size}:{stat.st_mtime_ns}" for name, stat in files]
    state += [__version__, *(version(name) for name in ("Pygments", "markdown-it-py", "mdit-py-plugins", "pydantic"))]
    return hashlib.sha256("\0".join(state).encode()).hexdigest()


def _open(chosen: Chosen, cwd: Path, cache: Cache, jobs: int) -> Project:
    home = chosen.home
    settings, problems = _settings(chosen, cwd)
    sources = _sources(home.decks, cwd, cache, jobs)
    if home.file and not home.decks:
        hint = f"put a deck into {home.root.name}/decks; `ft-cards new recall` prints a card to begin with"
        problems.append(Problem(Location(_shown(home.file, cwd)), "no-decks", "the project has no decks", hint))
    problems += [problem for source in sources for problem in source.problems]
    placed = [(source.shown_as, source.deck) for source in sources if source.deck]
    problems += check_together(placed, settings.namespace or None)
    media, of_media = _media(sources, whole=home.file is not None)
    problems += of_media
    lock, lock_text, of_lock = _lock(chosen, cwd)
    project = Project(chosen, settings, sources, (), lock, lock_text, media, ())
    gone: tuple[str, ...] = ()
    if lock:
        gone, against_lock = _compare(project, lock, _shown(home.lock, cwd))
        of_lock += against_lock
    shown = [source.shown_as for source in sources]
    wanted = {_shown(path, cwd) for path in chosen.picked} | {_shown(home.lock, cwd)}
    kept = [each for each in [*problems, *of_lock] if each.location.path in wanted or each.location.path not in shown]
    order = [_shown(home.file, cwd) if home.file else "", *shown]
    return replace(project, problems=tuple(in_file_order(kept, order)), gone=gone)


def _shown(path: Path, cwd: Path) -> str:
    """Return a path as reports name it: from here, where it is below here."""
    return (path.relative_to(cwd) if path.is_relative_to(cwd) else path).as_posix()


def _settings(chosen: Chosen, cwd: Path) -> tuple[Settings, list[Problem]]:
    from ft_cards.source.reader import read_settings

    if not chosen.home.file:
        return Settings(""), []
    shown = _shown(chosen.home.file, cwd)
    data = read_bytes(chosen.home.file, shown)
    if isinstance(data, Problem):
        return Settings("?"), [data]
    settings, problems = read_settings(data, shown)
    return settings or Settings("?"), list(problems)


_WORTH_IT = 500_000
"""Bytes to read before a second process pays for its start."""


def _sources(paths: Sequence[Path], cwd: Path, cache: Cache, jobs: int) -> tuple[Source, ...]:
    """Read deck files, or take what an earlier run made of the same bytes."""
    sources: dict[Path, Source] = {}
    fresh: list[tuple[Path, str, bytes]] = []
    for path in paths:
        shown = _shown(path, cwd)
        data = read_bytes(path, shown)
        if isinstance(data, Problem):
            sources[path] = Source(path, shown, None, (data,))
        elif known := _known(cache.get(_cache_key(data)), path, shown):
            sources[path] = known
        else:
            fresh.append((path, shown, data))
    enough = sum(len(data) for _, _, data in fresh) >= _WORTH_IT
    for item, row in zip(fresh, parallel.run(_read, fresh, jobs if enough else 1), strict=True):
        path, shown, data = item
        cache.put(_cache_key(data), row)
        sources[path] = _source_from(row, path, shown)
    return tuple(sources[path] for path in paths)


def _cache_key(data: bytes) -> str:
    return f"deck\0{fingerprint()}\0{hashlib.sha256(data).hexdigest()}"


def _known(row: Any, path: Path, shown: str) -> Source | None:
    try:
        return _source_from(row, path, shown) if row else None
    except (TypeError, ValueError, IndexError, KeyError):
        return None


def _read(item: tuple[Path, str, bytes]) -> dict[str, Any]:
    """Read one deck file, as plain data: so it passes between processes, and into the cache."""
    from ft_cards.source.nodes import collector_at_rest
    from ft_cards.source.reader import read_deck

    path, shown, data = item
    with collector_at_rest():
        reading = read_deck(data, shown)
        deck = reading.deck
        problems = reading.problems + tuple(_languages(deck, shown) if deck else ())
        shows = tuple(each for card in deck.cards if card.pictures for each in shown_by(card)) if deck else ()
        if any(problem.level == "error" for problem in problems):
            deck = None
        return _source_data(Source(path, shown, deck, problems, shows))


def _languages(deck: Deck, shown: str) -> Iterator[Problem]:
    named = {card.language for card in deck.cards if card.language}
    if not named:
        return
    from ft_cards.render.code import known_language, languages

    for each in sorted(named, key=lambda passage: (passage.line, passage.column)):
        if not known_language(each.text):
            place = Location(shown, each.line, each.column, len(each.text))
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


def _media(sources: Sequence[Source], *, whole: bool) -> tuple[dict[tuple[Path, str], Medium], list[Problem]]:
    """Find the media that the decks show, and those that none shows."""
    media: dict[tuple[Path, str], Medium] = {}
    problems: list[Problem] = []
    for source in sources:
        for shown in source.shows:
            found = media.get((source.path, shown.path)) or find(shown, source.path, source.shown_as)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                media[source.path, shown.path] = found
    if whole and all(source.deck for source in sources):
        problems += _unused(sources, {medium.file for medium in media.values()})
    return media, problems


def _unused(sources: Sequence[Source], used: set[Path]) -> Iterator[Problem]:
    folders = {source.path.parent / "media": source for source in reversed(sources)}
    for folder, source in folders.items():
        if folder.is_dir():
            for file in sorted(folder.rglob("*")):
                if file.is_file() and file.suffix not in (".py", ".md", ".txt") and file.resolve() not in used:
                    path = (Path(source.shown_as).parent / file.relative_to(source.path.parent)).as_posix()
                    yield Problem(Location(path), "media-unused", "no card shows this file", "delete it, or show it")


def _lock(chosen: Chosen, cwd: Path) -> tuple[Lock | None, str, list[Problem]]:
    path, shown = chosen.home.lock, _shown(chosen.home.lock, cwd)
    if not path.exists() and not path.is_symlink():
        return Lock(), "", []
    data = read_bytes(path, shown)
    if isinstance(data, Problem):
        return None, "", [data]
    text, problems = decode(data, shown)
    if any(problem.level == "error" for problem in problems):
        broken = [replace(each, code="lock-broken") if each.code == "empty-file" else each for each in problems]
        return None, "", broken
    lock = load(text, shown)
    return (None, "", lock) if isinstance(lock, list) else (lock, "\n".join(text.splitlines()) + "\n", [])


def _compare(project: Project, lock: Lock, lock_path: str) -> tuple[tuple[str, ...], list[Problem]]:
    """Hold the decks against what the lock remembers: kinds, ids that vanished, the namespace."""
    from ft_cards.render.notes import keys_of

    problems = []
    home = project.chosen.home
    namespace = project.settings.namespace
    if home.file and lock.namespace and namespace not in (lock.namespace, "?"):
        message = f'the namespace was "{lock.namespace}" and is "{namespace}" now'
        hint = f"write `namespace: {lock.namespace}` again: it is part of every card's identity"
        place = Location(lock_path.replace(LOCK_FILE, PROJECT_FILE), 1, 1)
        problems.append(Problem(place, "namespace-changed", message, hint))
    present: set[str] = set()
    scopes = set()
    for source, deck in project.decks():
        scope = project.scope(deck)
        scopes.add(scope)
        for card in deck.cards:
            present.update(scope + key for key in keys_of(card))
            old = lock.notes.get(scope + card.id)
            if old and old.kind != card.kind:
                message = f'"{card.id}" was a {old.kind} card and is a {card.kind} card now'
                hint = "give it a new id: Anki can't turn the one into the other"
                problems.append(Problem(card.at(source.shown_as), "kind-changed", message, hint))
    if not all(source.deck for source in project.sources):
        return (), problems  # a card may be in a file that can't be read
    gone = tuple(
        key
        for key, entry in lock.notes.items()
        if not entry.retired and key not in present and ("" in scopes or key.partition("/")[0] + "/" in scopes)
    )
    fresh = [key for key in present if key not in lock.notes]
    problems += _vanished(gone, fresh, project.lock_text, lock_path)
    return gone, problems


def _vanished(gone: Sequence[str], fresh: Sequence[str], lock_text: str, lock_path: str) -> Iterator[Problem]:
    lines = {text.partition('"card":"')[2].partition('"')[0]: n for n, text in enumerate(lock_text.splitlines(), 1)}
    few = len(gone) * len(fresh) < 10_000
    for key in gone:
        hint = "learners keep it; `build` notes that it is gone, and should it come back it is the same card"
        if few and (close := did_you_mean(key.removesuffix("~reverse"), fresh)):
            renamed = close.replace("did you mean", "was it renamed to")
            hint = f"{renamed} Give it its old id back: learners' progress hangs on it"
        message = f'the card "{key}" was here at the last build, and no deck has it now'
        yield Problem(Location(lock_path, lines.get(key, 0), 1), "id-vanished", message, hint)
