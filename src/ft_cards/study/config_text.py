"""A setting put into, or taken out of, the text of `config.toml`: all other lines and comments stay."""

from __future__ import annotations

import json
import re
from typing import Any

from ft_cards.study.config import line_of


def toml_value(value: Any) -> str:
    """A value as TOML writes it."""
    return f"[{', '.join(map(toml_value, value))}]" if isinstance(value, tuple | list) else json.dumps(value)


def with_setting(text: str, section: str, name: str, value: str) -> str:
    """The text with `name = value` in a section, which is added at the end if it is not there."""
    lines = text.splitlines()
    at = line_of(lines, section, name)
    if at is not None and not lines[at - 1].lstrip().startswith("["):
        end = _end(lines, at - 1)
        lines[at - 1 : end] = [f"{name} = {value}"]
    elif (heading := _heading(lines, section)) is not None:
        lines.insert(heading, f"{name} = {value}")
    else:
        lines += [*([""] if lines else []), _head(section), f"{name} = {value}"]
    return "\n".join(lines) + "\n"


def without_setting(text: str, section: str, name: str) -> str:
    """The text without a setting; as it was if it is not there."""
    lines = text.splitlines()
    at = line_of(lines, section, name)
    if at is None or lines[at - 1].lstrip().startswith("["):
        return text
    del lines[at - 1 : _end(lines, at - 1)]
    return "\n".join(lines) + ("\n" if lines else "")


def _head(section: str) -> str:
    table, dot, name = section.partition(".")
    return f"[{table}{dot}{name if re.fullmatch('[A-Za-z0-9_-]*', name) else json.dumps(name)}]"


def _heading(lines: list[str], section: str) -> int | None:
    wanted = re.sub(r"\s", "", section)
    for number, line in enumerate(lines, 1):
        found = re.match(r"\s*\[([^\]]+)\]", line)
        if found and re.sub(r"""[\s"']""", "", found[1]) == wanted:
            return number
    return None


def _end(lines: list[str], start: int) -> int:
    """The line after a value that may go over several lines, as a list does."""
    depth = 0
    for number in range(start, len(lines)):
        bare = re.sub(r"\"[^\"]*\"|'[^']*'|#.*", "", lines[number])
        depth += bare.count("[") - bare.count("]")
        if depth <= 0:
            return number + 1
    return len(lines)
