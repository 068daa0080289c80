"""YAML text → located nodes. The only importer of yaml.

Straight from libyaml's events: five times faster than composing, and each node knows its place. Traps that
are handled here: scalars stay text (no Norway problem), a key given twice is an error (YAML's last one wins),
an alias may stand for a million nodes, `{{` opens two mappings, and libyaml's sentences name its own tokens.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import yaml

from ft_cards.source.location import Location
from ft_cards.source.problems import Problem

DEEPEST = 32
MOST_ALIASED = 100_000
"""Nodes that all aliases of a file may stand for together."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A scalar, a list or a mapping of the file, with its place.

    `data` is plain data (text, None for a value left out, list, dict) ready for validation; `keys` holds the
    places of a mapping's keys. A scalar's `style` is YAML's: `|`, `>`, a quote, or empty for plain text.
    """

    data: Any
    line: int
    column: int
    style: str = ""
    width: int = 1
    children: Any = None
    keys: dict[str, tuple[int, int]] | None = None


@dataclass(slots=True)
class Document:
    """A parsed file: its root (None where the YAML is broken), its lines, and the problems met on the way."""

    path: str
    root: Node | None
    lines: list[str]
    problems: list[Problem]

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

    def at_key(self, path: Path) -> Location:
        """Return the place of the key that `path` ends with."""
        node, found = self.node(path[:-1])
        if found and node.keys and (place := node.keys.get(str(path[-1]))):
            return Location(self.path, *place, len(str(path[-1])))
        return self.at(path)

    def inside(self, path: Path, line: int, column: int = 1, width: int = 1) -> Location:
        """Return the place of a 1-based line and column of the text at `path`; exact in `|` blocks."""
        node, found = self.node(path)
        if not found or node.style != "|":
            if found and node.style == "" and line == 1 and "\n" not in str(node.data):
                return Location(self.path, node.line, node.column + column - 1, width)
            return Location(self.path, node.line, node.column, node.width)
        indent = next(
            (len(text) - len(text.lstrip(" ")) for text in self.lines[node.line :] if text.strip(" ")), 0
        )
        return Location(self.path, node.line + line, indent + column, width)

    def inside_at(self, path: Path, text: str, offset: int, width: int = 1) -> Location:
        """Return the place of an offset into the text at `path`."""
        before = text[:offset]
        return self.inside(path, before.count("\n") + 1, offset - before.rfind("\n"), width)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector off: it would walk the growing tree again and again (two thirds of the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def parse(text: str, path: str) -> Document:
    """Parse one file. Never raises for what an author can write; the problems are in the document."""
    builder = _Builder(path)
    root = None
    try:
        with collector_at_rest():
            for event in yaml.parse(text, Loader=_LOADER):
                builder.take(event)
        root = builder.root
    except _Stop as stop:
        builder.problems.append(stop.problem)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_explain(error, text, path))
    except (yaml.YAMLError, RecursionError) as error:
        builder.problems.append(Problem(Location(path, 1, 1), "yaml-syntax", f"this is not YAML: {error}"))
    return Document(path, root, text.splitlines(), builder.problems)


class _Stop(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(slots=True)
class _Open:
    """A list or mapping that has begun and not ended."""

    node: Node
    anchor: str | None
    count_before: int
    key: str | None = None
    key_place: tuple[int, int] = (0, 0)
    repeated: bool = False
    merges: list[Node] = field(default_factory=list)


class _Builder:
    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0
        self._aliased = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            self._open(event, Node({}, 0, 0, children={}, keys={}))
        elif kind is yaml.SequenceStartEvent:
            self._open(event, Node([], 0, 0, children=[]))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._close()
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                raise self._stop(event, "many-documents", "a second document starts here", "one deck to a file")

    def _stop(self, event: yaml.Event, code: str, message: str, hint: str) -> _Stop:
        mark = event.start_mark
        return _Stop(Problem(Location(self.path, mark.line + 1, mark.column + 1), code, message, hint))

    def _report(self, node: Node, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(Location(self.path, node.line, node.column, node.width), code, message, hint))

    def _scalar(self, event: Any) -> None:
        mark, end = event.start_mark, event.end_mark
        style = event.style or ""
        data = None if not event.value and not style and not event.tag else event.value
        width = end.column - mark.column if end.line == mark.line else 1
        node = Node(data, mark.line + 1, mark.column + 1, style, max(width, 1))
        if event.tag and event.tag != "!":
            self._tag(event, node)
        self._count += 1
        if event.anchor:
            self._anchors[event.anchor] = (node, 1)
        self._add(node)

    def _tag(self, event: Any, node: Node) -> None:
        hint = "leave it out: text is text here without one"
        self._report(node, "yaml-tag", f'the tag "{event.tag}" means nothing in a deck', hint)

    def _open(self, event: Any, node: Node) -> None:
        mark = event.start_mark
        node.line, node.column = mark.line + 1, mark.column + 1
        if len(self._stack) >= DEEPEST:
            message = f"lists and mappings are nested more than {DEEPEST} deep"
            raise self._stop(event, "too-deep", message, "a deck needs five levels; look for stray brackets")
        if event.tag and event.tag != "!":
            self._tag(event, node)
        outer = self._stack[-1].node if self._stack else None
        if event.flow_style and outer and isinstance(outer.data, dict) and outer.style == "{":
            if (outer.line, outer.column + 1) == (node.line, node.column):
                raise _Stop(_unquoted(Location(self.path, outer.line, outer.column, 2)))
        node.style = "{" if event.flow_style else ""
        self._count += 1
        self._stack.append(_Open(node, event.anchor, self._count))

    def _close(self) -> None:
        done = self._stack.pop()
        for merged in done.merges:
            for key, child in merged.children.items():
                if key not in done.node.data:
                    done.node.data[key], done.node.children[key] = child.data, child
        if done.anchor:
            self._anchors[done.anchor] = (done.node, self._count - done.count_before + 1)
        self._add(done.node)

    def _alias(self, event: Any) -> None:
        if any(opened.anchor == event.anchor for opened in self._stack):
            raise self._stop(event, "bad-alias", f'"*{event.anchor}" stands inside itself', "break the circle")
        if event.anchor not in self._anchors:
            hint = f'name the text first, with "&{event.anchor}", or put quotes around "*{event.anchor}"'
            raise self._stop(event, "bad-alias", f'nothing is named "&{event.anchor}" above this', hint)
        node, weight = self._anchors[event.anchor]
        self._count += weight
        self._aliased += weight
        if self._aliased > MOST_ALIASED:
            message = f"the aliases of this file stand for more than {MOST_ALIASED:,} values"
            raise self._stop(event, "too-many-aliases", message, "write the values out, or leave some aliases away")
        self._add(node)

    def _add(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        if isinstance(parent.node.data, list):
            parent.node.data.append(node.data)
            parent.node.children.append(node)
        elif parent.key is None:
            self._key(parent, node)
        else:
            self._value(parent, node)

    def _key(self, parent: _Open, node: Node) -> None:
        if not isinstance(node.data, str):
            what = "nothing" if node.data is None else "a list or a mapping"
            hint = "a key is a word before a colon; text that begins with [ or { needs quotes"
            problem = Problem(Location(self.path, node.line, node.column), "bad-key", f"{what} can't be a key", hint)
            raise _Stop(problem)
        parent.key, parent.key_place = node.data, (node.line, node.column)
        if node.data in parent.node.data:
            first = parent.node.keys[node.data][0] if parent.node.keys else 0
            message = f'the key "{node.data}" stands here a second time; the first is on line {first}'
            self._report(node, "duplicate-key", message, "keep one of the two")
            parent.repeated = True

    def _value(self, parent: _Open, node: Node) -> None:
        key = parent.key or ""
        parent.key = None
        if parent.repeated:
            parent.repeated = False
            return
        if key == "<<":
            merged = [node] if isinstance(node.data, dict) else node.children or []
            parent.merges.extend(each for each in merged if isinstance(each.data, dict))
            return
        assert parent.node.keys is not None
        parent.node.data[key], parent.node.children[key] = node.data, node
        parent.node.keys[key] = parent.key_place


def _unquoted(place: Location) -> Problem:
    hint = 'put the whole text in quotes: "{{c1::…}}", or begin it with | on the line above'
    return Problem(place, "unquoted-braces", "text that begins with {{ needs quotes: YAML takes { for a mapping", hint)


_COLON = re.compile(r"^(\s*(?:- +)*)([\w-]+):\s+(?![|>\"'\[{&*])(.*?:(?:\s|$))")


def _explain(error: yaml.MarkedYAMLError, text: str, path: str) -> Problem:
    """Say in the author's words what libyaml says in its own."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines() or [""]
    if line > len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    place = Location(path, line, column)
    said = error.problem or "it can't be read"
    here = lines[line - 1]
    if "'\\t'" in said or "tab" in said or "\t" in here[: len(here) - len(here.lstrip())]:
        column = here.find("\t") + 1 or column
        return Problem(
            Location(path, line, column), "tab-indent", "a tab can't indent YAML", "use two spaces for each step"
        )
    if "mapping values are not allowed" in said and (found := _COLON.match(here)):
        message = f'the text of "{found.group(2)}" holds a colon and a space, and YAML takes that for a key'
        at = Location(path, line, found.end(3) - (1 if found.group(3)[-1:].isspace() else 0))
        return Problem(at, "colon-in-text", message, "put the text in quotes, or begin it with | on the line above")
    opened = error.context_mark
    hint = _HINTS.get(next((words for words in _HINTS if words in f"{error.context} {said}"), ""), "")
    if opened and (opened.line + 1, opened.column + 1) != (line, column):
        hint = f"{hint}; it began on line {opened.line + 1}".lstrip("; ")
    return Problem(place, "yaml-syntax", f"this is not YAML: {said}", hint)


_HINTS = {
    "quoted scalar": "close the quote; inside double quotes write a backslash twice",
    "escape": "in double quotes a backslash begins an escape: write it twice, or use single quotes",
    "block mapping": "look at the indentation: keys of one card stand exactly below each other",
    "block collection": "look at the indentation: the dashes of one list stand exactly below each other",
    "simple key": "a key needs a colon and a space after it",
    "flow": "close the bracket or brace, or put the text in quotes",
    "mapping values": "put text that holds a colon and a space in quotes",
    "cannot start any token": "put text that begins with @, ` or % in quotes",
    "anchor": "put text that begins with * or & in quotes",
    "alias": "put text that begins with * or & in quotes",
    "block scalar": "after | or > the text begins on the next line, indented",
    "tag": "put text that begins with ! in quotes",
}
