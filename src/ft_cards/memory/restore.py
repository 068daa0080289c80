"""A backup → the store again. What was in its place is kept beside it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from .backup import back_up_to
from .database import BUSY_SECONDS
from .errors import StoreDamaged, StoreForeign, StoreTooNew, StoreUnreachable, backup_folder, clear_errors
from .migrations import APPLICATION_ID, scripts, version_of


def check_copy(copy: Path) -> int:
    """The number of answers in a copy that can be restored. Raises a child of `StoreError` for any other file."""
    if not copy.is_file():
        raise StoreUnreachable(f"there is no backup {copy}")
    with clear_errors(copy), closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreForeign(f"{copy} is no copy of a review database")
        if version_of(connection) > len(scripts()):
            raise StoreTooNew(f"{copy} was written by a newer ft-cards; upgrade ft-cards")
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise StoreDamaged(f"{copy} is damaged; take another one of {copy.parent}")
        return int(connection.execute("SELECT count(*) FROM reviews WHERE undone_at IS NULL").fetchone()[0])


def restore(copy: Path, path: Path, name: str) -> Path | None:
    """Put a copy in the place of the store at `path`; returns where the old one is kept, None if there was none.

    `name` names the old one: a store that is sound is copied, one that can't be read is moved as it is.
    Another program that has the store open sees the restored one. Raises `StoreError`; then the old one stands.
    """
    check_copy(copy)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = backup_folder(path) / name
    if not path.exists():
        _fill(copy, path)
        return None
    try:
        with clear_errors(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            sound = connection.execute("PRAGMA application_id").fetchone()[0] in (0, APPLICATION_ID)
            back_up_to(connection, kept, path)
    except (StoreDamaged, StoreForeign):
        sound = False
    if not sound:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for suffix in ("-wal", "-shm", ""):
            if (part := path.with_name(path.name + suffix)).exists():
                os.replace(part, kept.with_name(kept.name + suffix))  # noqa: PTH105 (atomic on every system)
    _fill(copy, path)
    return kept


def _fill(copy: Path, path: Path) -> None:
    with (
        clear_errors(path),
        closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as target,
    ):
        source.backup(target)
