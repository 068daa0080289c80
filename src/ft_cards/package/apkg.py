"""Notes → an Anki package, the same bytes from the same notes. The only importer of genanki.

Traps: genanki stamps the build time on every note and note type, stores without compressing, dates the zip's
entries by the clock, leaves a temporary database behind, and works out the cards itself, dropping some. So it
makes the collection, the note types and the decks, in memory; the rows of notes and cards, with their own
times, and the zip, with fixed dates, are written here (five times faster, too).
"""

import errno
import hashlib
import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import genanki

from ft_cards.render.media import Medium
from ft_cards.render.notetypes import NOTE_TYPES

SEPARATOR = "\x1f"
"""What stands between the fields of a note."""

_LEVEL = 1
"""How hard deflate works: three times as fast as the usual 6, for packages an eighth larger."""

_PAGE = 16_384
"""Bytes a page of the database: notes are of a kilobyte or two, and would leave much of SQLite's usual 4096 empty."""

_DAWN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name."""


class Packed(NamedTuple):
    """A note as its rows hold it.

    `type` is the note type's key, `fields` the fields joined by Anki's separator, `mod` the time in seconds,
    `ords` the cards, and `due` its place in the order of study, from 1.
    """

    guid: str
    mod: int
    type: str
    fields: str
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    due: int


@dataclass(frozen=True, slots=True)
class PackedDeck:
    """A deck of a package: what Anki calls it, its description as HTML, and its notes in order of study."""

    id: str
    name: str
    description: str
    notes: Sequence[Packed]


def deck_id(namespace: str, identity: str) -> int:
    """Return Anki's number for a deck: never 1, which is Anki's own. Decks match by name all the same."""
    digest = hashlib.sha256(f"deck\0{namespace}\0{identity}".encode()).digest()
    return 1_600_000_000_000 + int.from_bytes(digest[:5], "big")


def package(
    decks: Sequence[PackedDeck],
    namespace: str,
    type_times: Mapping[str, int],
    media: Sequence[Medium],
    first_id: int,
) -> bytes:
    """Return the bytes of an .apkg. `first_id` begins the ids of notes and cards; it is a time in ms.

    Raises OSError where a medium can't be read any more, or is not what it was when it was found.
    """
    connection = sqlite3.connect(":memory:")
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    try:
        _collection(decks, namespace, type_times).write_to_db(connection.cursor(), 0, None)
        indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''").fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")  # built once at the end: half the time
        ids = itertools.count(first_id)
        for deck in decks:
            _write_notes(connection, deck.notes, deck_id(namespace, deck.id), ids)
        for _, index in indexes:
            connection.execute(index)
        connection.commit()
        database = connection.serialize()
    finally:
        connection.close()
    return _zip(database, sorted(media, key=lambda medium: medium.name))


def _collection(decks: Sequence[PackedDeck], namespace: str, type_times: Mapping[str, int]) -> Any:
    """Return genanki's package with decks and note types, and no notes yet."""
    made = [genanki.Deck(deck_id(namespace, deck.id), deck.name, deck.description) for deck in decks]
    for name, mod in type_times.items():
        made[0].add_model(_Model(name, mod))
    return genanki.Package(made)


def _write_notes(connection: sqlite3.Connection, notes: Sequence[Packed], deck: int, ids: Iterator[int]) -> None:
    """Write the rows as Anki's schema 11 has them; a column that is not named here is as for a new card."""
    note_rows, card_rows = [], []
    models = {name: each.id for name, each in NOTE_TYPES.items()}
    for guid, mod, type_, fields, tags, ords, due in notes:
        number = next(ids)
        tagged = f" {' '.join(tags)} " if tags else ""
        note_rows.append((number, guid, models[type_], mod, tagged, fields, fields.partition(SEPARATOR)[0]))
        card_rows += [(next(ids), number, deck, ord_, mod, due) for ord_ in ords]
    connection.executemany("INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,0,0,'')", note_rows)
    connection.executemany("INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')", card_rows)


def _zip(database: bytes, media: Sequence[Medium]) -> bytes:
    out = io.BytesIO()
    names = json.dumps({str(index): medium.name for index, medium in enumerate(media)})
    with zipfile.ZipFile(out, "w") as archive:
        _entry(archive, "collection.anki2", database)
        _entry(archive, "media", names.encode())
        for index, medium in enumerate(media):
            _entry(archive, str(index), _content(medium))
    return out.getvalue()


def _content(medium: Medium) -> bytes:
    """Return what the medium's name promises: Anki would never replace a wrong content under that name."""
    data = medium.file.read_bytes()
    if hashlib.sha256(data).hexdigest() != medium.sha256:
        raise OSError(errno.EBUSY, "it changed during the build", str(medium.file))
    return data


def _entry(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _DAWN)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    archive.writestr(info, data, zipfile.ZIP_DEFLATED, _LEVEL)


class _Model(genanki.Model):  # type: ignore[misc]
    """A frozen note type, with its own time in place of the build's."""

    def __init__(self, key: str, mod: int) -> None:
        frozen = NOTE_TYPES[key]
        super().__init__(
            frozen.id,
            frozen.name,
            fields=[{"name": field.name, "id": field.id} for field in frozen.fields],
            templates=[
                {
                    "name": frozen.template_name,
                    "id": frozen.template_id,
                    "qfmt": frozen.front,
                    "afmt": frozen.back,
                }
            ],
            css=frozen.css,
            model_type=genanki.Model.CLOZE if frozen.cloze else genanki.Model.FRONT_BACK,
        )
        self.mod = mod

    _req = ((0, "any", (0,)),)

    def to_json(self, timestamp: float, deck_id: int) -> Any:
        return super().to_json(self.mod, deck_id)
