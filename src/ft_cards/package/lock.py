"""The lock: each card's identity and time, kept under version control.

Anki overwrites a learner's note if, and only if, the package's time for it is newer. So a note's time moves only
when its source does, as `max(now, old + 1)`; then a learner's own edits to all other notes stay theirs. One line
a card, sorted, so that git merges it. A card that leaves the decks stays here, retired: should it ever come back,
it is the same card.
"""

import hashlib
import json
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ft_cards.package.blanks import Blanks, number_blanks
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem

FORMAT = 1
EARLIEST, LATEST = 1_600_000_000, 4_200_000_000
"""Times that every Anki takes, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lock holds of one note. `mod` is in seconds; `source` is the version of the rendering and a hash of
    all that a learner sees.
    """

    guid: str
    kind: str
    mod: int
    source: str
    blanks: Blanks = field(default_factory=Blanks)
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


@dataclass(frozen=True, slots=True)
class Wanted:
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


def advance(
    lock: Lock, wanted: Sequence[Wanted], types: Mapping[str, str], now: int, gone: Iterable[str] = ()
) -> Lock:
    """Return the lock for the notes as they are now; `gone` are the keys of cards that left the decks.

    `types` maps the names of the note types in use to the hashes of what is in them. Entries that are neither
    wanted nor gone stay as they are: they belong to decks that were not read.
    """
    now = min(max(now, EARLIEST), LATEST)
    notes = dict(lock.notes)
    for note in wanted:
        old = notes.get(note.key)
        blanks = number_blanks(old.blanks if old else Blanks(), note.asked)
        if old is None:
            notes[note.key] = Entry(new_guid(lock.namespace, note.key), note.kind, now, note.source, blanks)
        elif old.source != note.source or old.blanks != blanks or old.kind != note.kind:
            moved = max(now, old.mod + 1)
            notes[note.key] = replace(old, kind=note.kind, mod=moved, source=note.source, blanks=blanks, retired=False)
        elif old.retired:
            notes[note.key] = replace(old, retired=False)
    for key in gone:
        notes[key] = replace(notes[key], retired=True)
    kept = dict(lock.types)
    for name, source in types.items():
        before = kept.get(name)
        if before is None or before.source != source:
            kept[name] = TypeEntry(max(now, before.mod + 1) if before else now, source)
    return Lock(notes, kept, lock.namespace)


def dump(lock: Lock) -> str:
    """Write the lock as text: one JSON object a line, sorted."""
    head: dict[str, Any] = {"ft-cards-lock": FORMAT}
    if lock.namespace:
        head["namespace"] = lock.namespace
    lines = [head]
    lines += [
        {"notetype": name, "mod": entry.mod, "source": entry.source} for name, entry in sorted(lock.types.items())
    ]
    lines += [_line(key, entry) for key, entry in sorted(lock.notes.items())]
    return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)


def _line(key: str, entry: Entry) -> dict[str, Any]:
    line: dict[str, Any] = {
        "card": key,
        "guid": entry.guid,
        "kind": entry.kind,
        "mod": entry.mod,
        "source": entry.source,
    }
    if entry.blanks.numbers:
        line["blanks"] = [list(pair) for pair in entry.blanks.numbers]
    if entry.blanks.removed:
        line["removed"] = [list(pair) for pair in entry.blanks.removed]
    if entry.retired:
        line["retired"] = True
    return line


def load(text: str, path: str) -> Lock | list[Problem]:
    """Read a lock's text; whatever is not exactly a lock is a problem, and nothing is remade."""
    lines = text.splitlines()
    conflicts = [index for index, line in enumerate(lines, 1) if line.startswith(("<<<<<<<", "=======", ">>>>>>>"))]
    if conflicts:
        hint = "keep the lines of both sides, one a card (of two with one card, the one with the greater mod)"
        message = "the lock has a merge conflict"
        return [Problem(Location(path, conflicts[0], 1, 7), "lock-conflict", message, hint)]
    try:
        rows = json.loads(f"[{','.join(lines)}]")
    except ValueError:
        return list(_broken_lines(lines, path)) or [_broken(path, 1, "the lock can't be read")]
    if len(rows) != len(lines):
        return [_broken(path, 1, "the lock has empty lines, or two cards on one line")]
    return _lock(rows, path)


def _lock(rows: list[Any], path: str) -> Lock | list[Problem]:
    head = rows[0] if rows and isinstance(rows[0], dict) else {}
    version = head.get("ft-cards-lock")
    if not isinstance(version, int):
        return [_broken(path, 1, 'the lock does not begin with {"ft-cards-lock":…}')]
    if version > FORMAT:
        message = f"the lock is of format {version}, and this ft-cards knows {FORMAT}"
        return [Problem(Location(path, 1, 1), "lock-newer", message, "update ft-cards")]
    notes: dict[str, Entry] = {}
    types: dict[str, TypeEntry] = {}
    guids: dict[str, int] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows[1:], 2):
        try:
            if "notetype" in row:
                types[row["notetype"]] = TypeEntry(_time(row["mod"]), _text(row["source"]))
                continue
            key, entry = _entry(row)
        except (KeyError, TypeError, ValueError) as error:
            problems.append(_broken(path, number, f"this line is no card of a lock: {error}"))
            continue
        if key in notes:
            problems.append(_broken(path, number, f'the card "{key}" stands here a second time'))
        elif entry.guid in guids:
            problems.append(_broken(path, number, f"the guid {entry.guid} is on line {guids[entry.guid]} too"))
        notes[key] = entry
        guids[entry.guid] = number
    namespace = head.get("namespace", "")
    return problems or Lock(notes, types, namespace if isinstance(namespace, str) else "")


def _entry(row: dict[str, Any]) -> tuple[str, Entry]:
    blanks = Blanks(
        tuple((_text(text), _number(number)) for text, number in row.get("blanks", ())),
        tuple((_text(text), _number(number)) for text, number in row.get("removed", ())),
    )
    known = {"card", "guid", "kind", "mod", "source", "blanks", "removed", "retired"}
    if strange := sorted(row.keys() - known):
        raise ValueError(f'there is no key "{strange[0]}"')
    entry = Entry(
        guid=_text(row["guid"]),
        kind=_text(row["kind"]),
        mod=_time(row["mod"]),
        source=_text(row["source"]),
        blanks=blanks,
        retired=row.get("retired") is True,
    )
    return _text(row["card"]), entry


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{json.dumps(value)} is no text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{json.dumps(value)} is no blank's number")
    return value


def _time(value: object) -> int:
    if not isinstance(value, int) or not EARLIEST <= value <= LATEST:
        raise ValueError(f"{json.dumps(value)} is no time that Anki takes")
    return value


def _broken(path: str, line: int, message: str) -> Problem:
    hint = "take the file back from version control (git checkout), or restore the line"
    return Problem(Location(path, line, 1), "lock-broken", message, hint)


def _broken_lines(lines: Iterable[str], path: str) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        try:
            json.loads(line)
        except ValueError as error:
            yield _broken(path, number, f"this line is not JSON: {error}")
