"""Problems → what a person, a program or GitHub reads."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from ft_cards.source.problems import Problem

_COLOURS = {"error": "red", "warning": "yellow"}


def show(problems: Sequence[Problem], form: str, counts: Mapping[str, Any], *, strict: bool) -> str:
    """Return the whole report in one of the forms text, json and github."""
    if form == "json":
        rows = [_row(problem, strict=strict) for problem in problems]
        return json.dumps({"problems": rows, **counts}, ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(_github(problem, strict=strict) for problem in problems)
    return text(problems, strict=strict)


def text(problems: Sequence[Problem], *, strict: bool = False) -> str:
    """Return the report as a person reads it: place, sentence, the line itself, and the way out."""
    lines: dict[str, list[str]] = {}
    return "".join(_paragraph(problem, lines, strict=strict) for problem in problems)


def summary(problems: Sequence[Problem], counts: dict[str, int], *, strict: bool) -> str:
    """Return the closing line: what was looked at, and how it stands."""
    levels = [_level(problem, strict=strict) for problem in problems]
    errors, warnings = levels.count("error"), levels.count("warning")
    parts = [count(errors, "error")] * bool(errors) + [count(warnings, "warning")] * bool(warnings)
    what = ", ".join(count(counts[name + "s"], name) for name in ("deck", "note", "card"))
    verdict = click.style(" and ".join(parts), fg="red" if errors else "yellow") if parts else "no problems"
    return f"{what}: {verdict}"


def count(number: int, noun: str) -> str:
    """Return `1 note`, `2 notes`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _level(problem: Problem, *, strict: bool) -> str:
    return "error" if strict else problem.level


def _row(problem: Problem, *, strict: bool) -> dict[str, str | int]:
    place = problem.location
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "level": _level(problem, strict=strict),
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def _github(problem: Problem, *, strict: bool) -> str:
    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    place = problem.location
    where = f"file={value(place.path)}"
    if place.line:
        where += f",line={place.line},col={place.column}"
    sentence = f"{problem.message}. {problem.hint}" if problem.hint else problem.message
    return f"::{_level(problem, strict=strict)} {where},title={problem.code}::{escaped(sentence)}\n"


def _paragraph(problem: Problem, lines: dict[str, list[str]], *, strict: bool) -> str:
    place = problem.location
    level = _level(problem, strict=strict)
    where = f"{place.path}:{place.line}:{place.column}" if place.line else place.path
    head = f"{click.style(where, bold=True)}: {click.style(level, fg=_COLOURS[level], bold=True)}: {problem.message}"
    out = [f"{head} ({problem.code})"]
    if snippet := _line_at(problem, lines):
        out += _snippet(snippet, place.line, place.column, place.width)
    if problem.hint:
        out.append(f"   {click.style('hint:', fg='cyan')} {problem.hint}")
    return "\n".join(out) + "\n"


def _line_at(problem: Problem, lines: dict[str, list[str]]) -> str:
    place = problem.location
    if not place.line:
        return ""
    if place.path not in lines:
        try:
            whole = Path(place.path).read_bytes()[: 64 * 1024**2].decode("utf-8-sig", errors="replace")
        except OSError:
            whole = ""
        lines[place.path] = whole.splitlines()
    known = lines[place.path]
    return known[place.line - 1] if place.line <= len(known) else ""


def _snippet(line: str, number: int, column: int, width: int) -> list[str]:
    """Return the line with marks below the place, cut where it is long; tabs and unseen signs become spaces."""
    shown = "".join(sign if sign.isprintable() else " " for sign in line)
    start = max(column - 60, 0) if len(shown) > 100 else 0
    part = ("…" if start else "") + shown[start : start + 100] + ("…" if len(shown) > start + 100 else "")
    at = column - start + (1 if start else 0)
    width = max(1, min(width, len(part) - at + 1))
    gutter = f"{number:>5} | "
    before, marked = part[: at - 1], part[at - 1 : at - 1 + width]
    if not part.isascii():  # late: wide signs take two columns
        from rich.cells import cell_len

        at, width = cell_len(before) + 1, max(1, cell_len(marked))
    marks = " " * (len(gutter) - 2) + "| " + " " * (at - 1) + click.style("^" * width, fg="red")
    return [gutter + part, marks]
