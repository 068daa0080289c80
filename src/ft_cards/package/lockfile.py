"""The lock as text: one JSON object a line, sorted, so that git merges it. What is not exactly a lock is refused."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from ft_cards.package.blanks import NO_BLANKS, Blanks, Numbered
from ft_cards.package.lock import EARLIEST, Entry, Lock, TypeEntry
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem

FORMAT = 1

_LAST = 2**32 - 1
"""The latest time that a lock may hold: one at LATEST still has room for changes, a second each."""

_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Signs that JSON leaves as they are, and that would end a line or keep the lock from being read as text."""


_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half of a surrogate pair: the lock itself never writes one."""


def dump(lock: Lock) -> str:
    """Write the lock as text: one JSON object a line, sorted."""
    head: dict[str, Any] = {"ft-cards-lock": FORMAT}
    if lock.namespace:
        head["namespace"] = lock.namespace
    lines = [head]
    for name, kept in sorted(lock.types.items()):
        lines.append({"notetype": name, "mod": kept.mod, "source": kept.source})
    text = "".join(_encode(line) + "\n" for line in lines)
    text += "".join(_line(key, entry) for key, entry in sorted(lock.notes.items()))
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign.group()):04x}", text)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_PLAIN = re.compile(r"[\w./~-]*", re.ASCII).fullmatch
"""Whether JSON writes a text as it is: nearly all are such, and the encoder takes three times as long."""


def _line(key: str, entry: Entry) -> str:
    guid, kind, mod, source, blanks, retired = entry
    if not _PLAIN(key + guid + kind + source):
        key, guid, kind, source = (_encode(text)[1:-1] for text in (key, guid, kind, source))
    line = f'"card":"{key}","guid":"{guid}","kind":"{kind}","mod":{mod},"source":"{source}"'
    if blanks.numbers:
        line += f',"blanks":{_encode(blanks.numbers)}'
    if blanks.removed:
        line += f',"removed":{_encode(blanks.removed)}'
    if retired:
        line += ',"retired":true'
    return f"{{{line}}}\n"


def load(text: str, path: str) -> Lock | list[Problem]:
    """Read a lock's text; whatever is not exactly a lock is a problem, and nothing is remade."""
    lines = text.splitlines()
    signs = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
    conflicts = [index for index, line in enumerate(lines, 1) if line.startswith(signs)]
    if conflicts:
        hint = "keep the lines of both sides, one a card (of two with one card, the one with the greater mod)"
        message = "the lock has a merge conflict"
        return [Problem(Location(path, conflicts[0], 1, 7), "lock-conflict", message, hint)]
    try:
        rows = json.loads(f"[{','.join(lines)}]")
    except (ValueError, RecursionError):
        return list(_broken_lines(lines, path)) or [_broken(path, 1, "the lock can't be read")]
    if _HALF.search(text):
        line = next(number for number, line in enumerate(lines, 1) if _HALF.search(line))
        return [_broken(path, line, "this line holds half a character")]
    if len(rows) != len(lines):
        return [_broken(path, 1, "the lock has empty lines, or two cards on one line")]
    return _lock(rows, path)


def to_data(lock: Lock) -> list[Any]:
    """Return a lock as plain data for a cache."""
    types = [(name, entry.mod, entry.source) for name, entry in lock.types.items()]
    notes = [(key, *kept[:4], kept.retired) for key, kept in lock.notes.items()]
    blanks = {key: (of.numbers, of.removed) for key, kept in lock.notes.items() if (of := kept.blanks) != NO_BLANKS}
    return [lock.namespace, types, notes, blanks]


def from_data(data: list[Any]) -> Lock:
    """Return the lock that `to_data` wrote."""
    namespace, types, rows, of = data
    blanks = {key: Blanks(*pair) for key, pair in of.items()}
    notes = {
        key: Entry(guid, kind, mod, source, blanks.get(key, NO_BLANKS), retired)
        for key, guid, kind, mod, source, retired in rows
    }
    return Lock(notes, {name: TypeEntry(mod, source) for name, mod, source in types}, namespace)


def _lock(rows: list[Any], path: str) -> Lock | list[Problem]:
    head = rows[0] if rows and isinstance(rows[0], dict) else {}
    version = head.get("ft-cards-lock")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return [_broken(path, 1, 'the lock does not begin with {"ft-cards-lock":…}')]
    if version > FORMAT:
        message = f"the lock is of format {version}, and this ft-cards knows {FORMAT}"
        return [Problem(Location(path, 1, 1), "lock-newer", message, "update ft-cards")]
    namespace = head.get("namespace", "")
    if not isinstance(namespace, str) or head.keys() - {"ft-cards-lock", "namespace"}:
        return [_broken(path, 1, "the first line is not that of a lock")]
    notes: dict[str, Entry] = {}
    types: dict[str, TypeEntry] = {}
    guids: dict[str, int] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows[1:], 2):
        try:
            if not isinstance(row, dict):
                raise ValueError("it is no JSON object")
            if "notetype" in row:
                _put(types, *_type(row))
                continue
            key, entry = _entry(row)
            _put(notes, key, entry)
            if number != (line := guids.setdefault(entry.guid, number)):
                raise ValueError(f"the guid {entry.guid} is on line {line} too")
        except KeyError as error:
            problems.append(_broken(path, number, f'the line has no "{error.args[0]}"'))
        except (TypeError, ValueError) as error:
            problems.append(_broken(path, number, f"this is no line of a lock: {error}"))
    return problems or Lock(notes, types, namespace)


def _put(into: dict[str, Any], key: str, value: Any) -> None:
    if key in into:
        raise ValueError(f'"{key}" stands here a second time')
    into[key] = value


def _type(row: dict[str, Any]) -> tuple[str, TypeEntry]:
    _known(row, {"notetype", "mod", "source"})
    return _text(row["notetype"]), TypeEntry(_time(row["mod"]), _text(row["source"]))


def _known(row: dict[str, Any], keys: set[str]) -> None:
    if strange := sorted(row.keys() - keys):
        raise ValueError(f'there is no key "{strange[0]}"')


def _entry(row: dict[str, Any]) -> tuple[str, Entry]:
    key, guid, kind, source = _text(row["card"]), _text(row["guid"]), _text(row["kind"]), _text(row["source"])
    mod = _time(row["mod"])
    if len(row) == 5:  # nearly all: no blanks, not retired
        return key, Entry(guid, kind, mod, source, NO_BLANKS)
    _known(row, {"card", "guid", "kind", "mod", "source", "blanks", "removed", "retired"})
    blanks = Blanks(_numbered(row.get("blanks", [])), _numbered(row.get("removed", [])))
    numbers = [number for _, number in (*blanks.numbers, *blanks.removed)]
    if len(set(numbers)) < len(numbers):
        raise ValueError("two blanks have one number")
    if row.get("retired", True) is not True:
        raise ValueError(f"retired is {json.dumps(row['retired'])}")
    return key, Entry(guid, kind, mod, source, blanks, retired="retired" in row)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{json.dumps(value)} is no text")
    return value


def _numbered(pairs: object) -> Numbered:
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise ValueError(f"{json.dumps(pairs)} are no blanks with their numbers")
    return tuple((_text(text), _number(number)) for text, number in pairs)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{json.dumps(value)} is no blank's number")
    return value


def _time(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not EARLIEST <= value <= _LAST:
        raise ValueError(f"{json.dumps(value)} is no time that Anki takes")
    return value


def _broken(path: str, line: int, message: str) -> Problem:
    hint = "take the file back from version control (git checkout), or restore the line"
    return Problem(Location(path, line, 1), "lock-broken", message, hint)


def _broken_lines(lines: Iterable[str], path: str) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        try:
            json.loads(line)
        except (ValueError, RecursionError) as error:
            yield _broken(path, number, f"this line is not JSON: {error}")
