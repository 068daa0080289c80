"""A store → dated copies of it in the folder beside it, the last ten of them.

A copy is checked before it counts, so ten days with a damaged store do not push out the last good copy.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, suppress
from glob import escape
from pathlib import Path
from uuid import uuid4

from .day import date_of
from .errors import StoreDamaged, StoreFull, StoreReadOnly, StoreUnreachable, backup_folder, clear_errors
from .records import StudyDay

KEEP = 10


def backups(path: Path) -> list[Path]:
    """The copies of a store, oldest first."""
    return sorted(backup_folder(path).glob(f"{escape(path.stem)}-*.sqlite3"), key=lambda copy: copy.name)


def back_up(connection: sqlite3.Connection, path: Path, day: StudyDay, *, before: int | None = None) -> Path:
    """Copy an open store, once for a day and once before the migration to version `before`.

    Returns the copy, or the one that was there. Raises `StoreDamaged`, `StoreFull`,
    `StoreReadOnly`, `StoreUnreachable`.
    """
    mark = f"-before-version-{before}" if before else ""
    copy = backup_folder(path) / f"{path.stem}-{date_of(day).isoformat()}{mark}.sqlite3"
    if copy.exists():
        return copy
    back_up_to(connection, copy, path)
    for old in backups(path)[:-KEEP]:
        old.unlink(missing_ok=True)
    return copy


def back_up_to(connection: sqlite3.Connection, copy: Path, path: Path) -> None:
    """Copy the open store of `path` to a file, whole or not at all. Raises as `back_up` does."""
    part = copy.with_name(f"{copy.name}.{uuid4().hex}.part")  # two processes may copy at once
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        with clear_errors(path):
            _copy(connection, part, path)
        os.replace(part, copy)  # noqa: PTH105 (atomic on every system)
    except PermissionError as error:
        raise StoreReadOnly(
            f"{copy.parent} can't be written; give yourself write permission on it, backups go there"
        ) from error
    except OSError as error:
        kind = StoreFull if error.errno == errno.ENOSPC else StoreUnreachable
        raise kind(f"the backup {copy} can't be written: {error.strerror}; make way for it") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _copy(connection: sqlite3.Connection, part: Path, path: Path) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        if target.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise StoreDamaged(
                f"{path} is damaged and was left as it is; move it away and copy the newest file of "
                f"{backup_folder(path)} in its place"
            )
