"""A packed note → both sides of a card: what Anki's renderer gives, with sounds that a page can play."""

import re

from ft_cards.package.apkg import SEPARATOR, Packed
from ft_cards.render.sides import Filled, body_class, sides

_SOUND = re.compile(r"\[sound:([^\]]+)\]")


def both_sides(note: Packed, number: int, deck_name: str) -> tuple[str, str, str]:
    """Return the classes of the page, the front and the back of the card `number` (Anki's ord, from 0).

    Anki replaces a sound by a button of its own; a page has its own way to play one.
    """
    fields = note.fields
    if "[sound:" in fields:
        fields = _SOUND.sub(r'<audio controls preload="none" src="\1"></audio>', fields)
    shown = sides(Filled(note.type, fields.split(SEPARATOR), note.tags), number, deck_name)
    return body_class(number), shown.front, shown.back
