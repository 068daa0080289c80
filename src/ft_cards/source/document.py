"""A parsed file: its nodes, and where each stands in the author's text."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ft_cards.source.location import Location
from ft_cards.source.problems import Problem

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A scalar, a list or a mapping of the file, with its place.

    `data` is plain data (text, None for a value left out, list, dict) ready for validation; `keys` holds the
    places of a mapping's keys. A scalar's `style` is YAML's: `|`, `>`, a quote, or empty for plain text; `last`
    is the line on which it ends. A list or mapping in brackets has the style `{`.
    """

    data: Any
    line: int
    column: int
    style: str = ""
    width: int = 1
    children: Any = None
    keys: dict[str, tuple[int, int]] | None = None
    last: int = 0


@dataclass(slots=True)
class Document:
    """A parsed file: its root (None where the YAML is broken), its lines, and the problems met on the way.

    `anchored` says that a value may stand for one that is written elsewhere.
    """

    path: str
    root: Node | None
    lines: list[str]
    problems: list[Problem]
    anchored: bool = False

    def node(self, path: Path) -> tuple[Node, bool]:
        """Return the deepest node on the way `path`, and whether it is the very one asked for."""
        node = self.root
        assert node is not None
        for step in path:
            try:
                node = node.children[step]
            except (KeyError, IndexError, TypeError):
                return node, False
        return node, True

    def at(self, path: Path) -> Location:
        """Return the place of the value at `path`, or of what comes nearest."""
        node, _ = self.node(path)
        return Location(self.path, node.line, node.column, node.width)

    def texts(self, path: Path) -> list[str]:
        """Return for each item of the list at `path` the lines that it hangs on alone; none where it shares them."""
        items = self.node(path)[0].children
        starts = [item.line - 1 for item in items] + [len(self.lines)]
        if self.anchored or self.problems or any(a >= b for a, b in pairwise(starts)):
            return [""] * len(items)
        return ["\n".join(self.lines[a:b]) for a, b in pairwise(starts)]

    def at_key(self, path: Path) -> Location:
        """Return the place of the key that `path` ends with."""
        node, found = self.node(path[:-1])
        if found and node.keys and (place := node.keys.get(str(path[-1]))):
            return Location(self.path, *place, len(str(path[-1])))
        return self.at(path)

    def at_own(self, path: Path) -> Location:
        """Return the place of the value at `path`; that of its mapping, where a merge brought it in."""
        node, found = self.node(path[:-1])
        return self.at(path if found and node.keys and path[-1] in node.keys else path[:-1])

    def inside(self, path: Path, line: int, column: int = 1, width: int = 1) -> Location:
        """Return the place of a 1-based line and column of the text at `path`; of all of it, where an escape
        hides it."""
        node, found = self.node(path)
        if not found or node.style != "|":
            if found and isinstance(node.data, str) and (place := self._written(node, line, column)):
                return Location(self.path, *place, width)
            return Location(self.path, node.line, node.column, node.width)
        indent = next((len(text) - len(text.lstrip(" ")) for text in self.lines[node.line :] if text.strip(" ")), 0)
        return Location(self.path, node.line + line, indent + column, width)

    def _written(self, node: Node, line: int, column: int) -> tuple[int, int] | None:
        """Find in a folded or quoted text what stands at a line and column of its value: the same signs, the
        same time."""
        rows = node.data.split("\n")
        offset = sum(len(row) + 1 for row in rows[: line - 1]) + column - 1
        piece = re.compile(r"""[^\s\\"']{0,20}""").match(node.data, offset)
        if not piece or not piece.group():
            return None
        left = node.data.count(piece.group(), 0, offset)
        for number in range(node.line, node.last + 1):
            at = node.column - 2 if number == node.line else -1
            while (at := self.lines[number - 1].find(piece.group(), at + 1)) >= 0:
                if not left:
                    return number, at + 1
                left -= 1
        return None

    def inside_at(self, path: Path, text: str, offset: int, width: int = 1) -> Location:
        """Return the place of an offset into the text at `path`."""
        before = text[:offset]
        return self.inside(path, before.count("\n") + 1, offset - before.rfind("\n"), width)
