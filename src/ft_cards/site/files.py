"""The pages of a preview → a folder: what changed is written, each file whole or not at all."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ft_cards import __version__
from ft_cards.cache import replace_file

RECORD = "ft-cards-site.json"
"""The list of what we wrote: only that is ever replaced or deleted."""


class NotOursError(Exception):
    """The folder holds a site that this tool has not made."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files of a site: how many were written, stayed, were deleted."""

    written: int
    kept: int
    removed: int


def write(
    folder: Path,
    keys: Mapping[str, str],
    make: Callable[[Iterable[str]], Iterator[tuple[str, bytes]]],
    copies: Mapping[str, Path],
) -> Written:
    """Bring the folder up to date: pages by their keys, copies by their content, and nothing left of before.

    Raises OSError where the disk does not let it, NotOursError where somebody else's pages lie.
    """
    before = _record(folder)
    if before is None and (folder / "index.html").exists():
        raise NotOursError(str(folder))
    before = before or {}
    now = {name: before[name] for name, key in keys.items() if before.get(name, [""])[0] == key}
    now = {name: row for name, row in now.items() if _hash(folder / name) == row[1]}
    stale = [name for name in keys if name not in now]
    kept = len(now)
    for name, data in make(stale):
        _put(folder / name, data)
        now[name] = [keys[name], hashlib.sha256(data).hexdigest()]
    written = len(stale)
    for name, source in copies.items():
        data = source.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if _hash(folder / name) == sha256:
            kept += 1
        else:
            _put(folder / name, data)
            written += 1
        now[name] = ["", sha256]
    gone = [name for name, row in before.items() if name not in now and _hash(folder / name) == row[1]]
    for name in gone:
        (folder / name).unlink()
    record = json.dumps({"tool": f"ft-cards {__version__}", "files": dict(sorted(now.items()))}, indent=1) + "\n"
    _put(folder / RECORD, record.encode())
    return Written(written, kept, len(gone))


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, data, sync=False)


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _record(folder: Path) -> dict[str, list[str]] | None:
    """Return what an earlier run wrote, by name: the key it was made of, and its hash."""
    try:
        files = json.loads((folder / RECORD).read_bytes())["files"]
        rows = {str(name): [str(part) for part in row] for name, row in files.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return {
        name: row for name, row in rows.items() if len(row) == 2 and ".." not in Path(name).parts and name[0] != "/"
    }
