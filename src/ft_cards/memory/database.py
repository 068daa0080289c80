"""A path → an open, checked, migrated SQLite connection. Refuses what it does not know, overwrites nothing.

WAL lets one reviewer read while another writes; `synchronous=FULL` makes each commit durable before it is
acknowledged (in WAL, `NORMAL` would lose the last ones when the power goes).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .backup import back_up, backups
from .errors import StoreDamaged, StoreForeign, StoreReadOnly, StoreTooNew, StoreUnreachable, clear_errors
from .migrations import APPLICATION_ID, migrate, scripts, version_of
from .records import StudyDay

BUSY_SECONDS = 5.0
_OLDEST_SQLITE = (3, 37, 0)  # STRICT tables


def default_path() -> Path:
    """Where a learner's reviews lie if nothing else is said: the system's folder for a program's data."""
    from platformdirs import user_data_path

    return user_data_path("ft-cards", appauthor=False) / "reviews.sqlite3"


def connect(
    path: Path, today: StudyDay, *, steps: Sequence[str] | None = None, busy: float = BUSY_SECONDS
) -> sqlite3.Connection:
    """Open the store at `path`, making it if nothing is there; back it up once a day and before a migration.

    `steps` are the migrations (default: all there are), `busy` the seconds to wait for another program.
    Raises a child of `StoreError`, having changed nothing.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreUnreachable(
            f"this Python's SQLite is {sqlite3.sqlite_version}, and 3.37 is needed; take a newer Python"
        )
    steps = scripts() if steps is None else steps
    _prepare(path)
    with clear_errors(path):
        connection = sqlite3.connect(path, timeout=busy, isolation_level=None)
        try:
            _open(connection, path, today, steps)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Write all or nothing: commits at the end, rolls back on any exception. Raises `StoreError`."""
    with clear_errors(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _prepare(path: Path) -> None:
    """Make the folder; refuse a folder in the file's place, and an empty file where there were reviews."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = path.stat().st_size if path.exists() else None
    except PermissionError as error:
        raise StoreReadOnly(f"{path} can't be reached; give yourself permission on its folder") from error
    except OSError as error:
        raise StoreUnreachable(f"{path} can't be opened: {error.strerror}") from error
    if path.is_dir():
        raise StoreForeign(f"{path} is a folder; name a file")
    if size == 0 and backups(path):
        raise StoreDamaged(f"{path} is empty, but {backups(path)[-1]} is not; copy that in its place")


def _open(connection: sqlite3.Connection, path: Path, today: StudyDay, steps: Sequence[str]) -> None:
    version = _refuse_strangers(connection, path, len(steps))
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {setting}").close()
    if 0 < version < len(steps):
        back_up(connection, path, today, before=len(steps))
    if version < len(steps):
        migrate(connection, steps)
    elif version:
        back_up(connection, path, today)
    _refuse_read_only(connection)


def _refuse_strangers(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """The version of the store; 0 for an empty file. Raises `StoreForeign` and `StoreTooNew`."""
    connection.execute("BEGIN")  # one view of the file, while another process may be making it
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    version = version_of(connection)
    connection.execute("COMMIT")
    if owner != APPLICATION_ID and (owner or tables or version):
        raise StoreForeign(f"{path} is the database of another program and was left as it is; name another file")
    if version > newest:
        raise StoreTooNew(f"{path} has version {version}, and this ft-cards knows up to {newest}; upgrade ft-cards")
    return version


def _refuse_read_only(connection: sqlite3.Connection) -> None:
    """Take and leave the write lock: a file that can't be written is reported before the first card."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")
