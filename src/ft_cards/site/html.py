"""The parts that all pages share: the frame around them, marks and numbers, data that no parser trips over."""

import json
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources
from typing import Any

from ft_cards.site.policy import card_scripts, policy
from ft_cards.site.shown import Head
from ft_cards.source.problems import Problem

_VERSION = ' data-version=""'
_PROBLEMS = "<!-- the problems -->"
_LEVELS = {"easy": "●○○", "medium": "●●○", "hard": "●●●"}


@cache
def _static(name: str) -> str:
    return resources.files(__package__).joinpath(f"static/{name}").read_text(encoding="utf-8")


@cache
def script(*names: str) -> str:
    """Return scripts of ours as one, in a scope of its own."""
    return '(function () {\n"use strict";\n' + "".join(_static(f"{name}.js") for name in names) + "})();\n"


def document(head: Head, title: str, body: str, *names: str) -> bytes:
    """Return a whole page that runs the scripts of these names."""
    run = script(*names, *(["live"] if head.live else []))
    rules = policy([run, *card_scripts()], live=head.live)
    version = _VERSION if head.live else ""
    return f"""<!doctype html>
<html lang="en"{version}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(rules)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>
{_static("page.css")}</style>
</head>
<body>
{body}
<script>{run}</script>
</body>
</html>
""".encode()


def data(value: Any) -> str:
    """Return JSON that can stand in a script element: nothing in it ends the element, or begins a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("<", "\\u003c").replace(">", "\\u003e").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )


def level(name: str) -> str:
    """Return the mark of a level, as cards have it."""
    return f'<span class="level"><span aria-hidden="true">{_LEVELS[name]}</span> {name}</span>' if name else ""


def title(name: str) -> str:
    """Return a deck's name; what stands before `::`, the decks around it, is quieter."""
    above, sign, last = name.rpartition("::")
    return f'<span class="above">{escape(above.replace("::", " › "))} ›</span> {escape(last)}' if sign else escape(name)


def count(number: int, noun: str) -> str:
    """Return `1 note`, `2 notes`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def size(number: int) -> str:
    """Return a size in bytes as people read it; number and unit stay on one line."""
    return f"{number / 1e6:.1f}\u00a0MB" if number >= 1e6 else f"{max(number / 1e3, 0.1):.3g}\u00a0kB"


def theme() -> str:
    """Return the button that changes between light and dark; without a script there is none."""
    return '<button type="button" class="theme" hidden></button>'


def problems(head: Head) -> str:
    """Return the place of the problems on a page that is served; `dated` fills it."""
    return _PROBLEMS if head.live else ""


def dated(page: bytes, version: str, found: Sequence[Problem]) -> bytes:
    """Return a served page with the state that it shows, and with what is wrong in the sources just now."""
    page = page.replace(_VERSION.encode(), f' data-version="{escape(version)}"'.encode(), 1)
    return page.replace(_PROBLEMS.encode(), _listed(found).encode(), 1)


def _listed(found: Sequence[Problem]) -> str:
    title = f"{count(len(found), 'problem')} in the decks"
    errors = any(each.level == "error" for each in found)
    stale = "<p>Until this is mended, the cards are shown as they were before.</p>" if errors else ""
    inside = f"<h2>{title}</h2><ul>{''.join(map(_problem, found))}</ul>{stale}" if found else ""
    sort = "problems errors" if errors else "problems"
    hidden = "" if found else " hidden"
    return f'<section class="{sort}" aria-label="Problems" tabindex="0"{hidden}>{inside}</section>'


def _problem(problem: Problem) -> str:
    place = problem.location
    where = f"{place.path}:{place.line}:{place.column}" if place.line else place.path
    hint = f"<br>hint: {escape(problem.hint)}" if problem.hint else ""
    said = f"{problem.level}: {escape(problem.message)} ({problem.code}){hint}"
    return f'<li class="{problem.level}"><code>{escape(where)}</code><br>{said}</li>'
