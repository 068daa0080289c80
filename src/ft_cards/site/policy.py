"""What a page may do: our own scripts by their hashes, pictures and sounds of the site, and nothing else.

A deck may hold raw HTML (`html: trusted`). Scripts in it don't run, since no hash names them; what they would ask
of the network is refused. Frames inherit the policy of their page. 'strict-dynamic' lets our script load MathJax,
which no hash can name in pages read from files; scripts that stand in a card's HTML gain nothing by it.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence

from ft_cards.render.notetypes import NOTE_TYPES

_RULES = (
    ("default-src", "'none'"),
    ("style-src", "'unsafe-inline'"),
    ("img-src", "'self' data:"),
    ("media-src", "'self' data:"),
    ("frame-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
)


def policy(scripts: Iterable[str], *, live: bool) -> str:
    """Return the Content-Security-Policy for a page with these inline scripts; a live one may ask its own server."""
    hashes = dict.fromkeys(_hash(script) for script in scripts)
    rules = [*_RULES, ("script-src", " ".join(["'strict-dynamic'", *hashes]))]
    return "; ".join(f"{name} {value}" for name, value in [*rules, ("connect-src", "'self'" if live else "'none'")])


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def scripts_of(markup: str) -> Sequence[str]:
    """Return the scripts that stand in a template's side."""
    return [part.partition("</script>")[0] for part in markup.split("<script>")[1:]]


def card_scripts() -> list[str]:
    """Return the scripts of all note types."""
    return [script for each in NOTE_TYPES.values() for side in (each.front, each.back) for script in scripts_of(side)]


def without_scripts(side: str, template: str) -> str:
    """Return a card's side without the scripts of its template: the page runs them, once they are in its frame."""
    for script in scripts_of(template):
        side = side.replace(f"<script>{script}</script>", "")
    return side
