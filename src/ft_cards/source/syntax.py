"""What libyaml says of broken YAML → what is wrong with the author's text.

libyaml speaks of tokens and points to where it gave up, which is often a line below the mistake. Its `context` tells
what it was reading and where that began.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ft_cards.source.location import Location
from ft_cards.source.problems import Problem

BLOCK = "put the text in quotes, or write | in its place and the text below it, indented"

_COLON = re.compile(r"^(\s*(?:- +)*)([\w-]+):\s+(?![|>\"'\[{&*])(.*?:(?:\s|$))")
_KEY = re.compile(r"\s*(?:- +)*([\w-]+):(?:\s|$)")
_NO_SPACE = re.compile(r"\s*(?:- +)*([\w-]+):\S")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")

Place = tuple[int, int]
"""1-based line and column."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error of libyaml: its two sentences, where it gave up, and where what it was reading began."""

    said: str
    context: str
    at: Place
    opened: Place
    lines: Sequence[str]
    path: str

    @property
    def here(self) -> str:
        """The line at which libyaml gave up."""
        return self._line(self.at)

    @property
    def began(self) -> str:
        """The line on which what it was reading began."""
        return self._line(self.opened)

    def _line(self, place: Place) -> str:
        return self.lines[place[0] - 1] if place[0] <= len(self.lines) else ""

    def problem(self, place: Place, message: str, hint: str, code: str = "yaml-syntax", width: int = 1) -> Problem:
        """Return a problem of this file."""
        return Problem(Location(self.path, *place, width), code, message, hint)


def explain(complaint: Complaint) -> Problem:
    """Say in the author's words what libyaml says in its own."""
    here = complaint.here
    if "\t" in here[: len(here) - len(here.lstrip())] or "tab" in complaint.said or "'\\t'" in complaint.said:
        place = complaint.at[0], here.find("\t") + 1 or complaint.at[1]
        return complaint.problem(place, "a tab can't indent YAML", "use two spaces for each step", "tab-indent")
    whole = f"{complaint.context}: {complaint.said}"
    for words, rule in _RULES:
        if words in whole and (problem := rule(complaint)):
            return problem
    return complaint.problem(complaint.at, f"this is not YAML: {complaint.said}", "")


def _escape(complaint: Complaint) -> Problem:
    message = "a backslash in double quotes begins an escape, and YAML does not know this one"
    return complaint.problem(complaint.at, message, "write the backslash twice, or use single quotes")


def _quote(complaint: Complaint) -> Problem:
    hint = "close it; inside single quotes a ' is written '', inside double quotes a \" is written \\\""
    return complaint.problem(complaint.opened, "the quote that begins here is never closed", hint)


def _block(complaint: Complaint) -> Problem:
    sign = complaint.began[complaint.opened[1] - 1 :][:1]
    hint = f"begin the text on the next line, indented; or put quotes around text that begins with {sign}"
    return complaint.problem(complaint.opened, f"the text can't stand on the line of its {sign}", hint)


def _sign(complaint: Complaint, place: Place | None = None) -> Problem:
    line, column = place or complaint.at
    sign = complaint.lines[line - 1][column - 1 : column] if line <= len(complaint.lines) else ""
    return complaint.problem((line, column), f"text can't begin with {sign}: YAML keeps it for itself", BLOCK)


def _name(complaint: Complaint) -> Problem:
    return _sign(complaint, complaint.opened)


def _colon(complaint: Complaint) -> Problem:
    (line, column), here = complaint.at, complaint.here
    if found := _COLON.match(here):
        message = f'the text of "{found.group(2)}" holds a colon and a space, and YAML takes that for a key'
        at = line, found.end(3) - (1 if found.group(3)[-1:].isspace() else 0)
        return complaint.problem(at, message, BLOCK, "colon-in-text")
    above = next((n for n in range(line - 1, 0, -1) if complaint.lines[n - 1].strip()), 0)
    if above and (dash := re.match(r"\s*(-)\w", complaint.lines[above - 1])):
        return complaint.problem(
            (above, dash.end(1)), "a dash needs a space after it", "write `- ` before the first key"
        )
    if key := _KEY.match(here):
        message = f'the key "{key.group(1)}" stands deeper than the line above allows'
        hint = "keys of one card stand exactly below each other; a text of several lines needs quotes or a |"
        return complaint.problem((line, key.start(1) + 1), message, hint, width=len(key.group(1)))
    message = "the text holds a colon and a space, and YAML takes that for a key"
    return complaint.problem((line, column), message, BLOCK, "colon-in-text")


def _no_key(complaint: Complaint) -> Problem:
    began = complaint.began
    if began.startswith(_CONFLICT):
        hint = "keep the lines that you want, and delete those that begin with <<<<<<<, ======= and >>>>>>>"
        return complaint.problem(complaint.opened, "the file has a merge conflict", hint, width=7)
    if found := _NO_SPACE.match(began):
        key = found.group(1)
        place = complaint.opened[0], found.start(1) + 1
        message = f'there is no space after the colon of "{key}"'
        return complaint.problem(place, message, f"write `{key}: …`", width=len(key) + 1)
    hint = "a key needs a colon and a space after it; the lines of a text below | are indented deeper than its key"
    return complaint.problem(complaint.opened, "this line is neither a key with its value nor part of a text", hint)


def _torn(complaint: Complaint) -> Problem:
    line, column = complaint.at
    before, here = complaint.here[: column - 1].rstrip(), complaint.here
    if before and before[-1] in "\"'":
        hint = "put the whole text in quotes; a ' inside single quotes is written '', a \" inside double quotes \\\""
        return complaint.problem(complaint.at, "the text goes on after its closing quote", hint)
    if before and before[-1] in "]}":
        message = f"the text goes on after {before[-1]}: YAML takes what stands in brackets for the whole"
        return complaint.problem(complaint.at, message, "put the whole text in quotes")
    if here.lstrip().startswith(":"):
        return complaint.problem(
            complaint.at, "there is no key before this colon", "write the key, or put text in quotes"
        )
    hint = f"what belongs together stands exactly below each other; this began on line {complaint.opened[0]}"
    return complaint.problem((line, column), "this line is indented otherwise than what it belongs to", hint)


def _bracket(complaint: Complaint) -> Problem:
    sign = complaint.began[complaint.opened[1] - 1 :][:1]
    what, end = ("a list", "]") if sign == "[" else ("a mapping", "}")
    hint = f"put text in quotes, or close it with {end}, with commas between"
    return complaint.problem(complaint.opened, f"YAML takes this {sign} for {what}, and can't read it to its end", hint)


def _content(complaint: Complaint) -> Problem:
    return complaint.problem(complaint.at, "a value is missing here", "write it, or put text with brackets in quotes")


def _directive(complaint: Complaint) -> Problem:
    lines = complaint.lines[: complaint.at[0]]
    number = next((n for n in range(len(lines), 0, -1) if lines[n - 1].startswith("%")), 0)
    if number:
        message = "a line that begins with % is an order to YAML, and a deck has none"
        return complaint.problem((number, 1), message, "delete it, or indent it where it is text")
    hint = "look for a bracket, brace or quote that closes too early"
    return complaint.problem(complaint.at, "the file goes on after its end", hint)


def _early_list(complaint: Complaint) -> Problem:
    hint = "begin it on the next line, or put quotes around text that begins with a dash"
    return complaint.problem(complaint.at, "a list can't begin on the line of its key", hint)


_RULES: tuple[tuple[str, Callable[[Complaint], Problem | None]], ...] = (
    ("escape", _escape),
    ("hexdecimal", _escape),
    ("quoted scalar", _quote),
    ("block scalar", _block),
    ("cannot start any token", _sign),
    ("mapping keys are not allowed", _sign),
    ("block sequence entries are not allowed", _early_list),
    ("scanning an anchor", _name),
    ("scanning an alias", _name),
    ("a tag", _name),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_key),
    ("flow sequence", _bracket),
    ("flow mapping", _bracket),
    ("flow node", _content),
    ("directive", _directive),
    ("<document start>", _directive),
    ("expected key", _torn),
    ("'-' indicator", _torn),
)
