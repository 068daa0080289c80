"""A validated card and its place → the card of a deck, free of models and YAML."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from ft_cards.source.deck import Card, Passage
from ft_cards.source.document import Document, Path
from ft_cards.source.kinds.common import Card as KindOfCard


def card_of(card: KindOfCard, kind: str, document: Document, path: Path) -> Card:
    """Return the card that a validated one is, with its place in the file."""
    place = document.at_own((*path, "id"))
    fields = card.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    del fields["id"]
    unseen = {key: fields.pop(key) for key in card.silent() if key in fields}
    content = _canonical(fields)
    return Card(
        id=card.id,
        kind=kind,
        line=place.line,
        column=place.column,
        content=content,
        unseen=_canonical(unseen) if unseen else "",
        asks=card.asks(),
        asked=card.asked(),
        digest=hashlib.sha256(content.encode()).hexdigest(),
        reverse="reverse" in unseen,
        pictures=tuple(_pictures(fields, document, path)) if "![" in content else (),
        language=_language(card, document, path),
    )


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""Write values as JSON in one way only: card hashes, and so learners' updates, hang on it."""


def _language(card: KindOfCard, document: Document, path: Path) -> Passage | None:
    name = getattr(card, "language", None)
    if name in (None, "python"):
        return None
    where: Path = (*path, "code-language")
    if not document.node(where)[1]:
        where = ("defaults", "code-language")
    place = document.at(where)
    return Passage(str(name), ((place.line, place.column),))


def _pictures(value: Any, document: Document, path: Path) -> Iterator[Passage]:
    """Yield the texts below `value` that may show media."""
    if isinstance(value, dict):
        for key, child in value.items():
            if key not in ("code", "verify"):
                yield from _pictures(child, document, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _pictures(child, document, (*path, index))
    elif isinstance(value, str) and "![" in value:
        found = [document.inside_at(path, value, sign.start()) for sign in re.finditer(r"!\[", value)]
        yield Passage(value, tuple((place.line, place.column) for place in found))
