"""Packed notes → the cards on a page: what Anki's renderer gives, with sounds that a page can play."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ft_cards.package.apkg import SEPARATOR, Packed
from ft_cards.render.sides import Filled, body_class, sides
from ft_cards.site.shown import ShownCard

_SOUND = re.compile(r"\[sound:([^\]]+)\]")


class Listed(NamedTuple):
    """A note with what its fields do not tell; `place` is its file and line, or empty."""

    key: str
    kind: str
    level: str
    place: str
    note: Packed


def shown_cards(notes: Iterable[Listed], deck_name: str) -> Iterator[ShownCard]:
    """Yield the cards of these notes, in the order of study."""
    for listed in notes:
        note = listed.note
        for part, number in enumerate(note.ords, 1):
            body, front, back = both_sides(note, number, deck_name)
            yield ShownCard(
                anchor=listed.key if part == 1 else f"{listed.key}~{part}",
                id=listed.key,
                part=part,
                parts=len(note.ords),
                number=number + 1,
                kind=listed.kind,
                level=listed.level,
                tags=note.tags,
                place=listed.place,
                type=note.type,
                body=body,
                front=front,
                back=back,
            )


def both_sides(note: Packed, number: int, deck_name: str) -> tuple[str, str, str]:
    """Return the classes of the page, the front and the back of the card `number` (Anki's ord, from 0).

    Anki replaces a sound by a button of its own; a page has its own way to play one.
    """
    fields = note.fields
    if "[sound:" in fields:
        fields = _SOUND.sub(r'<audio controls preload="none" src="\1"></audio>', fields)
    shown = sides(Filled(note.type, fields.split(SEPARATOR), note.tags), number, deck_name)
    return body_class(number), shown.front, shown.back
