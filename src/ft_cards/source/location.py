"""A place in an author's file."""

from typing import NamedTuple


class Location(NamedTuple):
    """Where something stands: 1-based line and column, counted in characters, as editors count.

    `line` 0 means the file as a whole. `width` is how many characters a report underlines.
    """

    path: str
    line: int = 0
    column: int = 0
    width: int = 1
