"""The world's failures → one exception type whose message says what to do."""

# ruff: noqa: N818 (the base says that it is an error, the name says which)

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StoreError(Exception):
    """The review database could not do what was asked; nothing that was acknowledged is lost."""


class AnsweredElsewhere(StoreError):
    """The card changed since it was shown: another window answered it or took an answer back."""


class StoreDamaged(StoreError):
    """The file is a review database with broken contents."""


class StoreForeign(StoreError):
    """The file is something else than a review database."""


class StoreTooNew(StoreError):
    """The file was written by a newer ft-cards."""


class StoreReadOnly(StoreError):
    """The file or its folder may not be written."""


class StoreLocked(StoreError):
    """Another program held the file for longer than the busy timeout."""


class StoreFull(StoreError):
    """There is no room left on the disk."""


class StoreUnreachable(StoreError):
    """The disk failed, or the file can't be opened."""


_BY_CODE: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreLocked, "{path} is in use by another program; close that one and try again"),
    sqlite3.SQLITE_LOCKED: (StoreLocked, "{path} is in use by another program; close that one and try again"),
    sqlite3.SQLITE_READONLY: (
        StoreReadOnly,
        "{path} can't be written; give yourself write permission on it and on its folder",
    ),
    sqlite3.SQLITE_PERM: (
        StoreReadOnly,
        "{path} can't be written; give yourself write permission on it and on its folder",
    ),
    sqlite3.SQLITE_FULL: (
        StoreFull,
        "no room left on the disk of {path}; free some and try again, what was answered before is saved",
    ),
    sqlite3.SQLITE_IOERR: (
        StoreUnreachable,
        "the disk refused to read or write {path}; look whether it is full, "
        "over quota or failing, what was answered before is saved",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        StoreUnreachable,
        "{path} can't be opened; look whether its folder exists and whether you may write there",
    ),
    sqlite3.SQLITE_CORRUPT: (
        StoreDamaged,
        "{path} is damaged and was left as it is; move it away and copy the newest file of {backups} in its place",
    ),
    sqlite3.SQLITE_NOTADB: (
        StoreForeign,
        "{path} is not a review database and was left as it is; name another file",
    ),
}


def backup_folder(path: Path) -> Path:
    """The folder of a store's backups, beside it: `reviews-backups` for `reviews.sqlite3`."""
    return path.with_name(f"{path.stem}-backups")


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """Raise SQLite's reports about the world as a `StoreError`; let bugs (bad SQL, constraints) through."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        kind = _BY_CODE.get(code & 0xFF) if code is not None else None
        if kind is None:
            raise
        raise kind[0](kind[1].format(path=path, backups=backup_folder(path))) from error
