"""Planned notes → rendered notes, each rendered once: the costly step, over several processes and cached."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ft_cards.cache import Cache
from ft_cards.compile import Project
from ft_cards.package.lock import Lock
from ft_cards.parallel import Workers
from ft_cards.plan import Plan, Planned
from ft_cards.render.contract import NOTE_TYPE_OF
from ft_cards.source.deck import Card, Home
from ft_cards.sources import fingerprint

Progress = Callable[[int, int], None]
"""(done, all): how many notes are rendered."""

Row = list[Any]
"""A rendered note as plain data: fields joined by Anki's separator, tags, ords."""

_Job = tuple[str, Card, str, tuple[int, ...], tuple[Any, ...]]

_CHUNK = 100
_WORTH_IT = 400
"""Notes to render before a second process pays for its start."""


class Rendering:
    """The rendered notes of a build."""

    def __init__(self, project: Project, lock: Lock, planned: Plan, cache: Cache) -> None:
        self._settings = project.settings
        self._lock = lock
        self._planned = planned
        self._cache = cache
        self._rows: dict[Path, dict[str, Row]] = {}
        self._incomplete: set[Path] = set()

    def render(self, paths: Sequence[Path], workers: Workers, progress: Progress) -> None:
        """Render the decks at these paths: what no earlier build has rendered."""
        work: list[tuple[Path, _Job]] = []
        for path in paths:
            known = self._cache.get(_cache_key(path))
            known = known if isinstance(known, dict) else {}
            names = [self._name(note) for note in self._planned[path]]
            self._rows[path] = {name: known.get(name, []) for name in names}
            for name, note in zip(names, self._planned[path], strict=True):
                if name not in known:
                    self._incomplete.add(path)
                    work.append((path, (name, note.card, note.key, note.numbers(self._lock), note.media)))
        if not work:
            return
        frame = (self._settings.report, self._settings.html == "trusted")
        chunks = [([job for _, job in work[at : at + _CHUNK]], frame) for at in range(0, len(work), _CHUNK)]
        done = 0
        progress(done, len(work))
        processes = workers.jobs if len(work) >= _WORTH_IT else int(workers.running)
        for rendered in workers.run(_render_chunk, chunks, processes):
            for name, row in rendered:
                self._rows[work[done][0]][name] = row
                done += 1
            progress(done, len(work))

    def notes(self, path: Path) -> list[Any]:
        """Return the notes of a deck as the package takes them, in the order of study."""
        from ft_cards.package.apkg import Packed

        entries = self._lock.notes
        packed = []
        for due, (note, row) in enumerate(zip(self._planned[path], self._rows[path].values(), strict=True), 1):
            entry = entries[note.wanted.key]
            fields, tags, ords = row
            packed.append(Packed(entry.guid, entry.mod, NOTE_TYPE_OF[note.card.kind], fields, tags, ords, due))
        return packed

    def remember(self) -> None:
        """Keep what was rendered for the next build."""
        for path in self._incomplete:
            self._cache.put(_cache_key(path), self._rows[path])

    def _name(self, note: Planned) -> str:
        """Return what the note's rendering hangs on, as one text."""
        entry = self._lock.notes[note.wanted.key]
        numbers = entry.blanks.numbers
        return f"{note.key} {entry.source} {' '.join(str(number) for _, number in numbers) if numbers else ''}"


def _cache_key(path: Path) -> str:
    return f"notes\0{fingerprint()}\0{path}"


def get_ready(home: Home, cache: Cache, workers: Workers) -> None:
    """Fetch what earlier builds rendered, and have other processes load the renderer, once they have read the decks."""
    workers.prepare(_load_renderer)
    cache.fetch(map(_cache_key, home.decks))
    import ft_cards.package.apkg  # noqa: F401


def _load_renderer(_: int) -> None:
    from ft_cards.render import notes  # noqa: F401
    from ft_cards.render.code import highlight
    from ft_cards.render.markup import Markup

    Markup(trusted=False, show=lambda path, alternative: "").block("*a*")
    highlight("a", "python")


def _render_chunk(chunk: tuple[list[_Job], tuple[str, bool]]) -> list[tuple[str, Row]]:
    from ft_cards.package.apkg import SEPARATOR
    from ft_cards.render.notes import Frame, render
    from ft_cards.source.collector import collector_at_rest

    work, (report, trusted) = chunk
    rows: list[tuple[str, Row]] = []
    with collector_at_rest():
        for name, card, key, numbers, media in work:
            note = render(card, key, numbers, Frame(report, trusted, dict(media)))
            rows.append((name, [SEPARATOR.join(note.fields), note.tags, note.ords]))
    return rows
