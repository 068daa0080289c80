"""The lock: each card's identity and time, kept under version control.

Anki overwrites a learner's note if, and only if, the package's time for it is newer. So a note's time moves
only when its source does, as `max(now, old + 1)`; then a learner's own edits to all other notes stay theirs.
One line a card, sorted, so that git merges it. A card that leaves the decks stays here, retired: should it
ever come back, it is the same card.
"""

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ft_cards.package.blanks import NO_BLANKS, Blanks, number_blanks

EARLIEST, LATEST = 1_600_000_000, 4_200_000_000
"""Times that every Anki takes, in seconds since 1970."""


class Entry(NamedTuple):
    """What the lock holds of one note.

    `mod` is in seconds; `source` is the version of the rendering and a hash of all that a learner sees.
    """

    guid: str
    kind: str
    mod: int
    source: str
    blanks: Blanks = NO_BLANKS
    retired: bool = False


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """What the lock holds of one note type."""

    mod: int
    source: str


@dataclass(frozen=True, slots=True)
class Lock:
    """The whole lock: notes by key, note types by name."""

    notes: Mapping[str, Entry] = field(default_factory=dict)
    types: Mapping[str, TypeEntry] = field(default_factory=dict)
    namespace: str = ""


class Wanted(NamedTuple):
    """A note as the decks have it now. `asked` are the texts of its blanks, where the lock numbers them."""

    key: str
    kind: str
    source: str
    asked: tuple[str, ...] = ()


def new_guid(namespace: str, key: str) -> str:
    """Return the guid of a card that is new to the lock: the same for everybody who builds the same decks.

    A lone deck's id is its namespace, and stands before the key: `deck/card`.
    """
    if "/" in key:
        namespace, _, key = key.partition("/")
    return b32encode(hashlib.sha256(f"ft-cards\0{namespace}\0{key}".encode()).digest()[:10]).decode().lower()


def advance(lock: Lock, wanted: Sequence[Wanted], types: Mapping[str, str], now: int, gone: Iterable[str] = ()) -> Lock:
    """Return the lock for the notes as they are now; `gone` are the keys of cards that left the decks.

    `types` maps the names of the note types in use to the hashes of what is in them. Entries that are neither
    wanted nor gone stay as they are: they belong to decks that were not read.
    """
    now = min(max(now, EARLIEST), LATEST)
    notes = dict(lock.notes)
    for note in wanted:
        old = notes.get(note.key)
        blanks = number_blanks(old.blanks if old else NO_BLANKS, note.asked)
        if old is None:
            notes[note.key] = Entry(new_guid(lock.namespace, note.key), note.kind, now, note.source, blanks)
        elif old.source != note.source or old.blanks != blanks or old.kind != note.kind:
            changed = old._replace(kind=note.kind, source=note.source, blanks=blanks, retired=False)
            notes[note.key] = changed._replace(mod=max(now, old.mod + 1))
        elif old.retired:
            notes[note.key] = old._replace(retired=False)
    for key in gone:
        notes[key] = notes[key]._replace(retired=True)
    kept = dict(lock.types)
    for name, source in types.items():
        before = kept.get(name)
        if before is None or before.source != source:
            kept[name] = TypeEntry(max(now, before.mod + 1) if before else now, source)
    return Lock(notes, kept, lock.namespace)
