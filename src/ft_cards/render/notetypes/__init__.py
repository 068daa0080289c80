"""Template files and fixed ids → the three Anki note types, frozen contracts with every learner.

Anki matches a note type by its id, and fields and the template by theirs. So the ids below never change,
no field is ever added, removed or moved (that would split the type and strand every note made before), and
each type has one template. Spare fields stand ready; `Retired`, the last, empties a withdrawn card's front.
Style and templates may change: Anki takes them over where the type's time is newer (see `fingerprint`).
"""

import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import resources
from types import MappingProxyType

from ft_cards.render.notetypes.ids import FIELDS, TEMPLATES, TYPES

__all__ = ["CHOICE", "CLOZE", "NOTE_TYPES", "RECALL", "Field", "NoteType", "fingerprint"]

MOST_BLANKS = 500
"""The highest number that Anki allows in a cloze."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a note type; Anki knows it by `id`, templates by `name`."""

    name: str
    id: int


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type as Anki stores it: one template, whose scripts are already inside `front` and `back`."""

    id: int
    name: str
    cloze: bool
    fields: tuple[Field, ...]
    template_id: int
    template_name: str
    front: str
    back: str
    css: str


def fingerprint(note_type: NoteType) -> str:
    """Return the SHA-256, in hex, of everything in the type; it moves when learners must get an update."""
    whole = json.dumps(asdict(note_type), sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode("ascii")).hexdigest()


def chips_css() -> str:
    """Return the rule that shows, of the options for each blank, only those of the blank that is asked.

    Anki names the asked blank on the body: `card3` while `{{c3::…}}` is hidden.
    """
    pairs = ",".join(f".card{number} .ft-b{number}" for number in range(1, MOST_BLANKS + 1))
    return f"{pairs}{{display:flex}}\n"


@functools.cache
def _read(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _template(key: str, side: str) -> str:
    """Return one side of a type's template, its script put inside: Anki would look for a file elsewhere."""
    markup = _read(f"{key}/{side}.html")
    tag = '<script src="script.js"></script>'
    return markup.replace(tag, f"<script>\n{_read(f'{key}/script.js')}</script>") if tag in markup else markup


@functools.cache
def _note_type(key: str) -> NoteType:
    cloze = key == "cloze"
    return NoteType(
        id=TYPES[key],
        name=f"ft-cards {key}",
        cloze=cloze,
        fields=tuple(Field(name, id_) for name, id_ in FIELDS[key]),
        template_id=TEMPLATES[key],
        template_name="Card",
        front=_template(key, "front"),
        back=_template(key, "back"),
        css=_read("style.css") + "\n" + _read("pygments.css") + (chips_css() if cloze else ""),
    )


@functools.cache
def _note_types() -> Mapping[str, NoteType]:
    return MappingProxyType({key: _note_type(key) for key in TYPES})


RECALL: NoteType
CLOZE: NoteType
CHOICE: NoteType
NOTE_TYPES: Mapping[str, NoteType]


def __getattr__(name: str) -> NoteType | Mapping[str, NoteType]:
    """Read a type's files when its constant is first asked for, not when this module is imported."""
    if name == "NOTE_TYPES":
        return _note_types()
    if name in ("RECALL", "CLOZE", "CHOICE"):
        return _note_type(name.lower())
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
