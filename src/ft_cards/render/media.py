"""Cards → the pictures and sounds that they show, under names that hold their content's hash.

Anki never replaces a medium under the same name; so a changed picture has to come under a new one.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ft_cards.render.code import attribute
from ft_cards.source.deck import Card
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem, did_you_mean, one_of
from ft_cards.source.text import UNPRINTABLE

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"})
SOUNDS = frozenset({".mp3", ".ogg", ".opus", ".wav", ".m4a", ".flac", ".mp4", ".webm"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A medium that a card shows: its path as written, and where."""

    card: str
    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Medium:
    """A file to ship: where it lies, what it is called in the package, and its sha256."""

    file: Path
    name: str
    sha256: str


def shown_by(card: Card) -> Iterator[Shown]:
    """Yield what a card shows."""
    from ft_cards.render.markup import media_in

    for passage in card.pictures:
        paths = list(media_in(passage.text))
        places = passage.places if len(passage.places) == len(paths) else passage.places[:1] * len(paths)
        for path, (line, column) in zip(paths, places, strict=True):
            yield Shown(card.id, path, line, column)


def find(shown: Shown, deck: Path, path: str) -> Medium | Problem:
    """Find a medium beside its deck file. `path` is the deck's name in reports."""
    place = Location(path, shown.line, shown.column, 2)
    written = UNPRINTABLE.sub(lambda sign: quote(sign.group()), shown.path)

    def problem(code: str, message: str, hint: str) -> Problem:
        return Problem(place, code, message, hint)

    if re.match(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", shown.path, re.IGNORECASE):
        hint = "save it beside the deck, as in media/name.png: learners review offline, and links die"
        return problem("media-remote", f'"{written}" lies elsewhere', hint)
    folder = deck.parent.resolve()
    file = folder / shown.path
    try:
        file = file.resolve()
        inside = file.is_relative_to(folder)
        there = inside and file.is_file()
    except (OSError, ValueError, RuntimeError):  # the last for links in a circle, before Python 3.13
        inside, there = True, False
    if not inside:
        hint = f"copy it into {deck.parent.name}/media: a deck ships only what lies beside it"
        return problem("media-outside", f'"{written}" lies outside the deck\'s folder', hint)
    if not there:
        names = [entry.name for entry in file.parent.iterdir()] if file.parent.is_dir() else []
        hint = did_you_mean(file.name, names) or "it is looked for beside the deck file"
        return problem("media-missing", f'there is no file "{written}"', hint)
    if file.suffix.lower() not in IMAGES | SOUNDS:
        known = one_of(sorted(suffix[1:] for suffix in IMAGES | SOUNDS))
        message = f'"{written}" is no picture or sound that Anki shows'
        return problem("media-type", message, f"it may be {known}")
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    stem = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:40] or "media"
    return Medium(file, f"{stem}-{sha[:12]}{file.suffix.lower()}", sha)


def html(medium: Medium, alternative: str) -> str:
    """Return what shows a medium in Anki."""
    if medium.file.suffix.lower() in SOUNDS:
        return f"[sound:{medium.name}]"
    return f'<img src="{medium.name}" alt="{attribute(alternative)}">'
