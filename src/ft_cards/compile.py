"""The whole way from files to a checked project, on one screen.

paths → homes → (per file, cached by content) text → nodes → deck, with its problems
      → rules over the whole project, media, and what the lock remembers → Project
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ft_cards.cache import Cache
from ft_cards.package.blanks import NO_BLANKS, number_blanks
from ft_cards.package.lock import Lock, Wanted, new_guid
from ft_cards.package.lockfile import from_data, load, to_data
from ft_cards.parallel import Workers
from ft_cards.render.contract import RENDERING, keys_of
from ft_cards.render.media import Medium, find
from ft_cards.source.checks import check_together
from ft_cards.source.deck import Card, Deck, Home, Settings
from ft_cards.source.home import LOCK_FILE, PROJECT_FILE, Chosen, find_homes
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem, did_you_mean, in_file_order
from ft_cards.source.text import decode, read_bytes
from ft_cards.sources import Reading, Source, content_key, read_settings, shown_path


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
        source = card.digest[:24]
        settings = self.settings
        if media or settings.report or settings.html or key != card.id:
            parts = [card.digest, key, settings.report, settings.html, *(medium.sha256 for medium in media)]
            source = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
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
        return guid, number_blanks(entry.blanks if entry else NO_BLANKS, asked).of(asked)


Ahead = Callable[[Home], None]
"""Something useful to do for a project while other processes read its decks."""


def open_projects(
    paths: Sequence[Path], cwd: Path, cache: Cache, workers: Workers | None = None, ahead: Ahead | None = None
) -> tuple[list[Project], list[Problem]]:
    """Read every project that the paths touch; the problems are those that belong to no project."""
    homes, problems = find_homes(paths, cwd)
    return [_open(chosen, cwd, cache, workers or Workers(), ahead) for chosen in homes], problems


def _open(chosen: Chosen, cwd: Path, cache: Cache, workers: Workers, ahead: Ahead | None) -> Project:
    home = chosen.home
    settings, problems = read_settings(home, cwd, cache)
    reading = Reading(home.decks, cwd, cache, workers, ahead=ahead is not None)
    lock, lock_text, of_lock = _lock(chosen, cwd, cache)
    if ahead and workers.running:
        ahead(home)
    sources = reading.sources()
    if home.file and not home.decks:
        hint = f"put a deck into {home.root.name}/decks; `ft-cards new recall` prints a card to begin with"
        problems.append(Problem(Location(shown_path(home.file, cwd)), "no-decks", "the project has no decks", hint))
    problems += [problem for source in sources for problem in source.problems]
    placed = [(source.shown_as, source.deck) for source in sources if source.deck]
    problems += check_together(placed, settings.namespace or None)
    media, of_media = _media(sources, whole=home.file is not None)
    problems += of_media
    project = Project(chosen, settings, sources, (), lock, lock_text, media, ())
    gone: tuple[str, ...] = ()
    if lock:
        gone, against_lock = _compare(project, lock, shown_path(home.lock, cwd))
        of_lock += against_lock
    shown = [source.shown_as for source in sources]
    wanted = {shown_path(path, cwd) for path in chosen.picked} | {shown_path(home.lock, cwd)}
    kept = [each for each in [*problems, *of_lock] if each.location.path in wanted or each.location.path not in shown]
    order = [shown_path(home.file, cwd) if home.file else "", *shown]
    return replace(project, problems=tuple(in_file_order(kept, order)), gone=gone)


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


def _lock(chosen: Chosen, cwd: Path, cache: Cache) -> tuple[Lock | None, str, list[Problem]]:
    path, shown = chosen.home.lock, shown_path(chosen.home.lock, cwd)
    if not path.exists() and not path.is_symlink():
        return Lock(), "", []
    data = read_bytes(path, shown)
    if isinstance(data, Problem):
        return None, "", [data]
    text, problems = decode(data, shown)
    if any(problem.level == "error" for problem in problems):
        broken = [replace(each, code="lock-broken") if each.code == "empty-file" else each for each in problems]
        return None, "", broken
    key = content_key("lock", data)
    lock = from_data(known) if (known := cache.get(key)) else load(text, shown)
    if isinstance(lock, list):
        return None, "", lock
    if not known:
        cache.put(key, to_data(lock))
    return lock, text, []


def _compare(project: Project, lock: Lock, lock_path: str) -> tuple[tuple[str, ...], list[Problem]]:
    """Hold the decks against what the lock remembers: kinds, ids that vanished, the namespace."""
    problems = []
    home = project.chosen.home
    namespace = project.settings.namespace
    if home.file and lock.namespace and namespace not in (lock.namespace, "?"):
        message = f'the namespace was "{lock.namespace}" and is "{namespace}" now'
        hint = f"write `namespace: {lock.namespace}` again: it is part of every card's identity"
        lines = home.file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        line = next((n for n, text in enumerate(lines, 1) if text.startswith("namespace")), 1)
        place = Location(lock_path.replace(LOCK_FILE, PROJECT_FILE), line, 1, len("namespace"))
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
    if not gone:
        return
    lines = {text.partition('"card":"')[2].partition('"')[0]: n for n, text in enumerate(lock_text.splitlines(), 1)}
    few = len(gone) * len(fresh) < 10_000
    for key in gone:
        hint = "learners keep it; `build` notes that it is gone, and should it come back it is the same card"
        if few and (close := did_you_mean(key.removesuffix("~reverse"), fresh)):
            renamed = close.replace("did you mean", "was it renamed to")
            hint = f"{renamed} Give it its old id back: learners' progress hangs on it"
        message = f'the card "{key}" was here at the last build, and no deck has it now'
        yield Problem(Location(lock_path, lines.get(key, 0), 1), "id-vanished", message, hint)
