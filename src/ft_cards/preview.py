"""Checked projects → the preview's pages: each card as Anki shows it. Writes nothing, the lock least of all."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ft_cards import shipping
from ft_cards.cache import Cache
from ft_cards.compile import Project
from ft_cards.contents import numbers, tally
from ft_cards.parallel import Workers
from ft_cards.plan import next_lock, plan
from ft_cards.rendered import Rendering
from ft_cards.site.shown import Download, Head, ShownDeck
from ft_cards.source.deck import Deck
from ft_cards.sources import Source, fingerprint

if TYPE_CHECKING:
    from ft_cards.site.sides import Listed

INDEX = "index.html"

_WORTH_IT = 1000
"""Cards on the pages before a second process pays for its start."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A deck on its way to its page."""

    part: "_Part"
    source: Source
    deck: Deck
    page: str


class Preview:
    """The site of some projects without errors, as far as it is asked for."""

    def __init__(self, projects: Sequence[Project], cache: Cache, now: int, workers: Workers, *, live: bool) -> None:
        """Plan the pages; `now` is in seconds since 1970, and for `live` pages each card tells its file and line."""
        self._parts = [_Part(project, cache, now, workers) for project in projects]
        settings = [project.settings for project in projects]
        one = settings[0] if len(settings) == 1 else None
        self._head = (
            Head(one.title or one.namespace, one.author, one.url, one.license, live) if one else Head(live=live)
        )
        self._workers = workers
        self._leaves: list[Leaf] = []
        taken: set[str] = set()
        for part in self._parts:
            for source, deck in part.project.decks(picked=True):
                page = _free(f"decks/{deck.id}", ".html", taken)
                self._leaves.append(Leaf(part, source, deck, page))

    def keys(self) -> dict[str, str]:
        """Return for each page a hash of all that it shows, without rendering anything."""
        of_decks = {leaf.page: self._key(leaf) for leaf in self._leaves}
        whole = [f"{self._head}", fingerprint(), *of_decks.values(), str(self._whole())]
        return {INDEX: hashlib.sha256("\0".join(whole).encode()).hexdigest(), **of_decks}

    def make(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield these pages."""
        from ft_cards.site.index_page import index_page

        asked = set(names)
        leaves = [leaf for leaf in self._leaves if leaf.page in asked]
        for part in self._parts:
            part.render([leaf.source.path for leaf in leaves if leaf.part is part])
        work = [(self._head, self._shown(leaf), leaf.part.listed(leaf.source, live=self._head.live)) for leaf in leaves]
        enough = sum(deck.cards for _, deck, _ in work) >= _WORTH_IT
        pages = self._workers.run(_page, work, self._workers.jobs if enough else 0)
        yield from zip((leaf.page for leaf in leaves), pages, strict=True)
        if INDEX in asked:
            yield INDEX, index_page(self._head, [self._shown(leaf) for leaf in self._leaves], self._whole())

    def copies(self) -> dict[str, Path]:
        """Return the files that lie beside the pages: media, packages, and MathJax where a card may need it."""
        found: dict[str, Path] = {}
        for leaf in self._leaves:
            for note in leaf.part.planned[leaf.source.path]:
                found |= {f"decks/{medium.name}": medium.file for _, medium in note.media}
        for part in self._parts:
            found |= {f"packages/{name}": part.dist / name for name in part.ready}
        if any("$" in card.content or "\\\\" in card.content for leaf in self._leaves for card in leaf.deck.cards):
            with resources.as_file(resources.files("ft_cards.site") / "static" / "mathjax") as folder:
                found |= {"mathjax.js": folder / "mathjax.js", "mathjax.license.txt": folder / "LICENSE"}
        return found

    @property
    def counts(self) -> tuple[int, int]:
        """How many decks and cards there are."""
        return len(self._leaves), sum(self._shown(leaf).cards for leaf in self._leaves)

    def _key(self, leaf: Leaf) -> str:
        lock = leaf.part.lock
        digest = hashlib.sha256(f"{fingerprint()}\0{self._head}\0{self._shown(leaf)}".encode())
        for note in leaf.part.planned[leaf.source.path]:
            entry = lock.notes[note.wanted.key]
            place = f"{leaf.source.shown_as}:{note.card.line}" if self._head.live else ""
            digest.update(f"\0{note.key} {entry.source} {entry.blanks.numbers} {place}".encode())
        return digest.hexdigest()

    def _shown(self, leaf: Leaf) -> ShownDeck:
        return leaf.part.shown(leaf.deck, leaf.page)

    def _whole(self) -> Download | None:
        if len(self._parts) != 1:
            return None
        return self._parts[0].download(f"{self._parts[0].project.settings.namespace}.apkg")


class _Part:
    """One project of the preview."""

    def __init__(self, project: Project, cache: Cache, now: int, workers: Workers) -> None:
        self.project = project
        self.planned = plan(project)
        self.lock = next_lock(project, self.planned, now)
        self.dist = project.chosen.home.root / "dist"
        self._cache = cache
        self._workers = workers
        self._rendering = Rendering(project, self.lock, self.planned, cache)
        self._rendered: set[Path] = set()

    def render(self, paths: Sequence[Path]) -> None:
        fresh = [path for path in paths if path not in self._rendered]
        self._rendering.render(fresh, self._workers, lambda done, all_: None)
        self._rendering.remember()
        self._rendered.update(fresh)

    @cached_property
    def ready(self) -> Mapping[str, Any]:
        """The packages in `dist` that are, byte for byte, what a build would write."""
        project = self.project
        if not project.lock_text or self.lock != project.lock:
            return {}
        listed = shipping.manifest(self.dist)
        wanted = shipping.targets(project, self.lock, self.planned)
        return {each.file: listed[each.file] for each in wanted if self._is_ready(each, listed)}

    def _is_ready(self, target: shipping.Target, listed: Mapping[str, Any]) -> bool:
        path = self.dist / target.file
        if shipping.is_current(path, target.key, listed, self._cache):
            return True
        if target.file not in listed or not path.is_file():
            return False
        paths = [source.path for source, _ in target.decks]
        self.render(paths)
        notes = {path: self._rendering.notes(path) for path in paths}
        data = shipping.packed(self.project, self.lock, target.decks, self.planned, notes)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 != listed[target.file]["sha256"] or not shipping.holds(path, data):
            return False
        shipping.remember(path, target.key, sha256, self._cache)
        return True

    def download(self, file: str) -> Download | None:
        row = self.ready.get(file)
        return Download(f"packages/{file}", row["bytes"], row["sha256"]) if row else None

    def shown(self, deck: Deck, page: str) -> ShownDeck:
        from ft_cards.render.markup import description

        notes, cards = numbers(deck.cards)
        kinds, levels = tally(deck.cards)
        return ShownDeck(
            name=deck.name,
            page=page,
            language=deck.language,
            description=description(deck.description),
            notes=notes,
            cards=cards,
            kinds=kinds,
            levels=levels,
            download=self.download(f"{deck.id}.apkg"),
        )

    def listed(self, source: Source, *, live: bool) -> "list[Listed]":
        from ft_cards.site.sides import Listed

        notes = self._rendering.notes(source.path)
        return [
            Listed(
                planned.key,
                planned.card.kind,
                planned.card.fields.get("level") or "",
                f"{source.shown_as}:{planned.card.line}" if live else "",
                note,
            )
            for planned, note in zip(self.planned[source.path], notes, strict=True)
        ]


def _page(job: "tuple[Head, ShownDeck, list[Listed]]") -> bytes:
    from ft_cards.site.deck_page import deck_page
    from ft_cards.site.sides import shown_cards

    head, deck, notes = job
    return deck_page(head, deck, list(shown_cards(notes, deck.name)))


def _free(stem: str, suffix: str, taken: set[str]) -> str:
    """Return a name that no other page has: decks of different projects may have the same id."""
    name, number = stem + suffix, 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}{suffix}"
    taken.add(name)
    return name
