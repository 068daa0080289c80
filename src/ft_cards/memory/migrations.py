"""A store of any version → one of this version, each step in a transaction of its own.

The version is SQLite's `user_version`: the number of the last file of `schema/` that was applied. The file
says whose it is by its `application_id`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from importlib.resources import files

APPLICATION_ID = 0x66746364  # "ftcd"


def scripts() -> tuple[str, ...]:
    """The migrations in order: the first makes version 1."""
    folder = files(__package__) / "schema"
    return tuple(
        file.read_text(encoding="utf-8")
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".sql")
    )


def version_of(connection: sqlite3.Connection) -> int:
    """The version of an open store; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Apply the steps that are missing. A step that fails leaves the version before it, whole.

    Another process may migrate at the same time: the version is read again once the file is ours.
    """
    for number, step in enumerate(steps, start=1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) < number:
                for statement in _statements(step):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; sqlite3's own `executescript` would commit by itself."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
