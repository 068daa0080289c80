"""A checked project → what its lock and packages will hold."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ft_cards.compile import Project
from ft_cards.package.lock import Lock, Wanted, advance
from ft_cards.render.contract import NOTE_TYPE_OF, keys_of
from ft_cards.render.media import Medium
from ft_cards.source.deck import Card
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem


class Planned(NamedTuple):
    """A note that is to be shipped: its card, what the lock must know of it, and the media it shows."""

    card: Card
    key: str
    wanted: Wanted
    media: tuple[tuple[str, Medium], ...]

    def numbers(self, lock: Lock) -> tuple[int, ...]:
        """Return Anki's numbers for the card's blanks, in their order; none for a plain card."""
        if self.card.kind == "cloze":
            return tuple(int(number) for number in self.card.asked)
        return lock.notes[self.wanted.key].blanks.of(self.card.asked)

    @property
    def cards(self) -> int:
        """How many cards of Anki's the note makes."""
        return max(len(self.card.asked), 1)


Plan = Mapping[Path, Sequence[Planned]]
"""The notes of each deck file, in the order of study."""


def plan(project: Project) -> Plan:
    """Return the notes of every correct deck."""
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


def next_lock(project: Project, planned: Plan, now: int) -> Lock:
    """Return the lock as a build at `now` (seconds since 1970) makes it."""
    from ft_cards.render.notetypes import NOTE_TYPES, fingerprint

    assert project.lock is not None
    notes = [note for each in planned.values() for note in each]
    used = sorted({NOTE_TYPE_OF[note.card.kind] for note in notes})
    types = {name: fingerprint(NOTE_TYPES[name])[:24] for name in used}
    lock = Lock(project.lock.notes, project.lock.types, project.settings.namespace or project.lock.namespace)
    return advance(lock, [note.wanted for note in notes], types, now, project.gone)


def outdated(project: Project, lock: Lock, shown: str) -> Problem | None:
    """Return the problem that a lock out of date is, for builds that must not change it."""
    assert project.lock is not None
    if project.lock_text and lock == project.lock:
        return None
    moved = [key for key, entry in lock.notes.items() if project.lock.notes.get(key) != entry]
    what = f"{len(moved)} notes are not in it as they are now" if moved else "a note type is not in it as it is now"
    if len(moved) == 1:
        what = f'the note "{moved[0]}" is not in it as it is now'
    hint = "run `ft-cards build` and commit ft-cards.lock with the decks"
    return Problem(Location(shown), "lock-outdated", f"the lock is out of date: {what}", hint)
