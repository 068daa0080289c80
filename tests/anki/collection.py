"""A learner with the real Anki: imports packages, studies, edits notes, looks at cards."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anki.lang
from anki.scheduler_pb2 import CardAnswer

from anki.collection import Card, Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, Note

anki.lang.set_lang("en")


@dataclass(frozen=True, slots=True)
class Imported:
    """What Anki tells the learner after an import: the `Id` fields of the notes, sorted."""

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    duplicate: tuple[str, ...] = ()
    conflicting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """What can be wrong in a collection. A sound one equals `Health()`."""

    database: tuple[str, ...] = ()
    cards_made_by_check: int = 0
    empty_cards: tuple[str, ...] = ()
    media_missing: tuple[str, ...] = ()
    media_unused: tuple[str, ...] = ()


class Learner:
    """A fresh collection and what its owner does with it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.collection = Collection(str(folder / "collection.anki2"))

    def close(self) -> None:
        self.collection.close()

    def take(self, package: Path) -> Imported:
        """Import a package with the options that Anki's dialog offers on a fresh profile."""
        request = ImportAnkiPackageRequest(package_path=str(package.absolute()), options=ImportAnkiPackageOptions())
        log = self.collection.import_anki_package(request).log
        self.collection._clear_caches()  # the note types are stale after an import

        def ids(notes: Any) -> tuple[str, ...]:
            return tuple(sorted(self.collection.get_note(note.id.nid)["Id"] for note in notes))

        return Imported(ids(log.new), ids(log.updated), ids(log.duplicate), _foreign(log.conflicting))

    def health(self) -> Health:
        """Run Check Database, Check Media and Empty Cards."""
        before = self.collection.card_count()
        # Anki's own note on a card just answered comes and goes with the second; it says nothing of the package.
        said = self.collection._backend.check_database()
        problems = tuple(line for line in said if not line.startswith("Added last review time"))
        media = self.collection.media.check()
        return Health(
            problems,
            self.collection.card_count() - before,
            tuple(self.collection.get_note(n.note_id)["Id"] for n in self.collection.get_empty_cards().notes),
            tuple(media.missing),
            tuple(media.unused),
        )

    def study(self) -> None:
        """Answer every new card Easy."""
        for card_id in self.collection.find_cards("is:new"):
            states = self.collection._backend.get_scheduling_states(card_id)
            answer = CardAnswer(
                card_id=card_id,
                current_state=states.current,
                new_state=states.easy,
                rating=CardAnswer.EASY,
                answered_at_millis=int(time.time() * 1000),
                milliseconds_taken=1000,
            )
            self.collection.sched.answer_card(answer)

    def progress(self) -> dict[tuple[str, int], tuple[Any, ...]]:
        """Return everything about the scheduling of each card, keyed by (guid, ord)."""
        rows = self.collection.db.all(
            "select n.guid, c.ord, c.id, c.type, c.queue, c.ivl, c.factor, c.due, c.reps, c.lapses, c.data,"
            " c.did from cards c join notes n on n.id = c.nid"
        )
        return {(guid, ord_): tuple(rest) for guid, ord_, *rest in rows}

    def note(self, id_: str) -> Note:
        """Return the note with this `Id`; there must be exactly one."""
        notes = [self.collection.get_note(nid) for nid in self.collection.find_notes("")]
        (found,) = (note for note in notes if note["Id"] == id_)
        return found

    def cards(self, id_: str) -> dict[int, Card]:
        """Return the cards of a note by Anki's number (ord + 1)."""
        return {card.ord + 1: card for card in self.note(id_).cards()}

    def edit(self, id_: str, tags: list[str] | None = None, **fields: str) -> None:
        """Change a note by hand, as in Anki's browser."""
        note = self.note(id_)
        for name, value in fields.items():
            note[name] = value
        if tags is not None:
            note.tags = tags
        self.collection.update_note(note)

    def add(self, type_name: str, fields: Mapping[str, str]) -> list[Card]:
        """Add a note by hand and return its cards, in Anki's order."""
        model = self.collection.models.by_name(type_name)
        assert model is not None
        note = self.collection.new_note(model)
        for name, value in fields.items():
            note[name] = value
        self.collection.add_note(note, self.collection.decks.id("Scratch"))
        return sorted(note.cards(), key=lambda card: card.ord)

    def types(self) -> dict[str, int]:
        """Return the note types in use and the number of their notes."""
        models = self.collection.models
        return {m["name"]: used for m in models.all() if (used := models.use_count(m))}

    def decks(self) -> dict[str, int]:
        """Return the decks that hold cards, and how many."""
        count = "select count() from cards where did = ?"
        named = self.collection.decks.all_names_and_ids()
        return {deck.name: n for deck in named if (n := self.collection.db.scalar(count, deck.id))}

    def schema(self) -> int:
        """Return the time of the last change that forces a one-way sync."""
        return int(self.collection.db.scalar("select scm from col"))

    def media(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in Path(self.collection.media.dir()).iterdir()}


def _foreign(notes: Any) -> tuple[str, ...]:
    """Conflicting notes are not in the collection: name them by their first field."""
    return tuple(sorted(note.fields[0] for note in notes))
