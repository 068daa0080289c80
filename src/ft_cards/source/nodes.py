"""YAML text → located nodes. The only importer of yaml.

Straight from libyaml's events: five times faster than composing, and each node knows its place. Traps that
are handled here: scalars stay text (no Norway problem), a key given twice is an error (YAML's last one wins),
an alias may stand for a million nodes, `{{` opens two mappings, and libyaml's sentences name its own tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from ft_cards.source.collector import collector_at_rest
from ft_cards.source.document import Document, Node
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem
from ft_cards.source.text import UNPRINTABLE

DEEPEST = 32
MOST_ALIASED = 100_000
"""Nodes that all aliases of a file may stand for together."""

_UNSEEN = re.compile(f"{UNPRINTABLE.pattern}|\r")
_TEX = re.compile(r"\t(?=heta|imes|au\b|ext|ilde|riangle)|\n(?=abla|eq\b|otin|orm|u\b)")
"""What `\\theta` and `\\nabla` become in double quotes."""

MOST = 3_000_000
"""Values in one file at most; a file of 64 MB could hold ten times as many, and would eat the memory."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str, path: str) -> Document:
    """Parse one file. Never raises for what an author can write; the problems are in the document."""
    builder = _Builder(path)
    root = None
    try:
        with collector_at_rest():
            next_event, takers = _LOADER(text).get_event, builder.takers
            while event := next_event():
                if taker := takers.get(type(event)):
                    taker(event)
        root = builder.root
    except _Stop as stop:
        builder.problems.append(stop.problem)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_explained(error, text.splitlines(), path))
    except (yaml.YAMLError, RecursionError) as error:
        builder.problems.append(Problem(Location(path, 1, 1), "yaml-syntax", f"this is not YAML: {error}"))
    return Document(path, root, text.splitlines(), builder.problems, bool(builder.anchors))


class _Stop(Exception):  # noqa: N818
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
        self.anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0
        self._aliased = 0
        self._documents = 0
        self.takers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: lambda event: self._open(event, Node({}, 0, 0, children={}, keys={})),
            yaml.SequenceStartEvent: lambda event: self._open(event, Node([], 0, 0, children=[])),
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._stop(event, "many-documents", "a second document starts here", "one deck to a file")

    def _stop(self, event: Any, code: str, message: str, hint: str) -> _Stop:
        mark = event.start_mark
        return _Stop(Problem(Location(self.path, mark.line + 1, mark.column + 1), code, message, hint))

    def _report(self, node: Node, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(Location(self.path, node.line, node.column, node.width), code, message, hint))

    def _scalar(self, event: Any) -> None:
        mark, value, tag = event.start_mark, event.value, event.tag
        line, column = mark.line, mark.column
        if value and tag is None and event.anchor is None and self._stack:
            parent = self._stack[-1]
            if parent.key is None and parent.node.keys is not None:  # the hot way: a key needs no node
                self._count += 1
                self._key(parent, value, line + 1, column + 1)
                return
        end, style = event.end_mark, event.style or ""
        data = None if not value and not style and not tag else value
        width = end.column - column if end.line == line else 1
        node = Node(data, line + 1, column + 1, style, width or 1, last=end.line + 1)
        if style == '"' and value:
            self._escapes(node)
        if tag and tag != "!":
            self._tag(event, node)
        self._count += 1
        if self._count > MOST:
            message = f"the file holds more than {MOST:,} values"
            raise self._stop(event, "file-too-large", message, "split the deck over several files")
        if event.anchor:
            self.anchors[event.anchor] = (node, 1)
        self._add(node)

    def _escapes(self, node: Node) -> None:
        """Report what an escape wrote and no author wants: in double quotes `\\alpha` begins with a bell."""
        if found := _UNSEEN.search(node.data) or ("$" in node.data and _TEX.search(node.data)):
            message = (
                f"a backslash in this text makes U+{ord(found.group()):04X}, which can't be seen and can't be used"
            )
            self._report(node, "control-character", message, "write the backslash twice, or use single quotes")

    def _tag(self, event: Any, node: Node) -> None:
        hint = "leave it out: text is text without one; or put quotes around text that begins with !"
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        node.width = min(node.width, len(tag))
        self._report(node, "yaml-tag", f'the tag "{tag}" means nothing in a deck', hint)

    def _open(self, event: Any, node: Node) -> None:
        mark = event.start_mark
        node.line, node.column = mark.line + 1, mark.column + 1
        if len(self._stack) >= DEEPEST:
            message = f"lists and mappings are nested more than {DEEPEST} deep"
            raise self._stop(event, "too-deep", message, "a deck needs five levels; look for stray brackets")
        if event.tag and event.tag != "!":
            self._tag(event, node)
        outer = self._stack[-1].node if self._stack else None
        braces = event.flow_style and outer and isinstance(outer.data, dict) and outer.style == "{"
        if braces and outer and (outer.line, outer.column + 1) == (node.line, node.column):
            raise _Stop(_unquoted(Location(self.path, outer.line, outer.column, 2)))
        node.style = "{" if event.flow_style else ""
        self._count += 1
        self._stack.append(_Open(node, event.anchor, self._count))

    def _close(self, event: Any) -> None:
        done = self._stack.pop()
        for merged in done.merges:
            for key, child in merged.children.items():
                if key not in done.node.data:
                    done.node.data[key], done.node.children[key] = child.data, child
        if done.anchor:
            self.anchors[done.anchor] = (done.node, self._count - done.count_before + 1)
        self._add(done.node)

    def _alias(self, event: Any) -> None:
        if any(opened.anchor == event.anchor for opened in self._stack):
            raise self._stop(event, "bad-alias", f'"*{event.anchor}" stands inside itself', "break the circle")
        if event.anchor not in self.anchors:
            hint = f'put quotes around text that begins with *; or name a value first, with "&{event.anchor}"'
            raise self._stop(event, "bad-alias", f'nothing is named "&{event.anchor}" above this', hint)
        node, weight = self.anchors[event.anchor]
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
        if parent.node.keys is None:
            parent.node.data.append(node.data)
            parent.node.children.append(node)
        elif parent.key is not None:
            self._value(parent, node)
        elif isinstance(node.data, str):
            self._key(parent, node.data, node.line, node.column)
        else:
            what = "nothing" if node.data is None else "a list or a mapping"
            hint = "a key is a word before a colon; text that begins with [ or { needs quotes"
            problem = Problem(Location(self.path, node.line, node.column), "bad-key", f"{what} can't be a key", hint)
            raise _Stop(problem)

    def _key(self, parent: _Open, key: str, line: int, column: int) -> None:
        parent.key, parent.key_place = key, (line, column)
        if key in parent.node.data:
            first = parent.node.keys[key][0] if parent.node.keys else 0
            message = f'the key "{key}" stands here a second time; the first is on line {first}'
            place = Location(self.path, line, column, len(key) or 1)
            hint = "a new card begins with a dash: `- id: …`" if key == "id" else "keep one of the two"
            self.problems.append(Problem(place, "duplicate-key", message, hint))
            parent.repeated = True

    def _value(self, parent: _Open, node: Node) -> None:
        key, whole = parent.key, parent.node
        assert key is not None and whole.keys is not None
        parent.key = None
        if parent.repeated:
            parent.repeated = False
        elif key == "<<":
            for each in node.children if isinstance(node.data, list) else [node]:
                if isinstance(each.data, dict):
                    parent.merges.append(each)
                else:
                    hint = "name a mapping with & and write its name after *, as in `<<: *base`"
                    self._report(each, "wrong-type", '"<<" takes over the keys of a mapping, and this is none', hint)
        else:
            whole.data[key], whole.children[key], whole.keys[key] = node.data, node, parent.key_place


def _unquoted(place: Location) -> Problem:
    hint = 'put the whole text in quotes: "{{c1::…}}"; or write | in its place and the text below it, indented'
    return Problem(place, "unquoted-braces", "text that begins with {{ needs quotes: YAML takes { for a mapping", hint)


def _explained(error: yaml.MarkedYAMLError, lines: list[str], path: str) -> Problem:
    """Put libyaml's error into words of ours. What it missed at the end of the file is missed on the last line."""
    from ft_cards.source.syntax import Complaint, explain

    def place(mark: Any) -> tuple[int, int] | None:
        if mark and mark.line >= len(lines):
            return max(len(lines), 1), len(lines[-1]) + 1 if lines else 1
        return (mark.line + 1, mark.column + 1) if mark else None

    opened = place(error.context_mark)
    at = place(error.problem_mark) or opened or (1, 1)
    return explain(Complaint(error.problem or "it can't be read", error.context or "", at, opened or at, lines, path))
