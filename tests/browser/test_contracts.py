"""The note types themselves: frozen identities, whole templates, readable colours."""

import dataclasses
import hashlib
import json
import re

import pytest

from ft_cards.render.notetypes import CHOICE, CLOZE, NOTE_TYPES, RECALL, NoteType, fingerprint

from . import samples
from .anki_page import Renderer

TYPES = tuple(NOTE_TYPES.values())
NOTES = {"recall": samples.RECALL_NOTE, "cloze": samples.CLOZE_NOTE, "choice": samples.choice_note()}
TAIL = "Hint Explanation Mistakes Source Level Id Report Extra1 Extra2 Extra3 Retired"


def test_the_fields_and_their_order_never_change():
    assert {key: " ".join(field.name for field in kind.fields) for key, kind in NOTE_TYPES.items()} == {
        "recall": f"Question Context Answer Concepts {TAIL}",
        "cloze": f"Title Prompt Text Options {TAIL}",
        "choice": f"Question Context Options Key Steps Check {TAIL}",
    }


def test_the_ids_never_change():
    # Should this fail, an id was touched: every learner's notes of that type would be stranded. Put it back.
    ids = [(k.id, k.cloze, k.template_id, [(f.name, f.id) for f in k.fields]) for k in TYPES]
    digest = hashlib.sha256(json.dumps(ids).encode()).hexdigest()
    assert digest == "21c3d67344acbaab3cc95d1d2a006d68d1b1fafa0318621bec608674f4e2a0d2"


def test_all_ids_differ_and_fit_sqlite():
    ids = [id_ for kind in TYPES for id_ in (kind.id, kind.template_id, *(f.id for f in kind.fields))]
    assert len(ids) == len(set(ids)) == 6 + 15 + 15 + 17
    assert all(0 < id_ < 2**63 for id_ in ids)


def test_the_constants_are_the_types_of_the_table():
    assert dict(NOTE_TYPES) == {"recall": RECALL, "cloze": CLOZE, "choice": CHOICE}
    assert [kind.cloze for kind in TYPES] == [False, True, False]


def test_every_part_of_a_type_moves_its_fingerprint():
    changes = [
        {"name": "x"}, {"cloze": True}, {"fields": RECALL.fields[1:]}, {"template_id": 1},
        {"front": "x"}, {"back": "x"}, {"css": "x"}, {"id": 1}, {"template_name": "x"},
    ]  # fmt: skip
    prints = {fingerprint(dataclasses.replace(RECALL, **change)) for change in changes}
    assert len(prints | {fingerprint(RECALL)}) == len(changes) + 1
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(RECALL))


@pytest.mark.parametrize("kind", TYPES, ids=NOTE_TYPES)
def test_templates_name_only_their_fields_and_ask_nothing_of_the_network(kind: NoteType):
    names = {field.name for field in kind.fields}
    for side in (kind.front, kind.back):
        used = set(re.findall(r"\{\{[#^/]?(?:cloze:)?(\w+)\}\}", side))
        assert side.count("{{") == len(re.findall(r"\{\{[#^/]?(?:cloze:)?\w+\}\}", side))
        assert used - names <= {"Subdeck"}
    assert re.findall(r"https?:|//\w|@import|url\(|src=|FrontSide", kind.front + kind.back + kind.css) == []
    shown = re.findall(r"\{\{#?(?:Id|Source|Report|Key|Answer|Concepts)\b", kind.front)
    assert (shown, kind.front.startswith("{{^Retired}}\n"), kind.front.endswith("{{/Retired}}\n")) == (
        [], True, True,
    )  # fmt: skip


@pytest.mark.parametrize("key", ["recall", "choice"])
def test_a_retired_note_has_only_empty_cards(renderer: Renderer, key: str):
    kept = renderer.cards(NOTE_TYPES[key], NOTES[key])
    assert (len(kept), renderer.empty()) == (1, [])
    note = renderer.collection.get_note(renderer.collection.find_notes("deck:*")[-1])
    note["Retired"] = "1"
    renderer.collection.update_note(note)
    assert renderer.empty() == [note.id]
    renderer.collection.remove_notes([note.id])


def colours(selector: str) -> dict[str, str]:
    block = re.search(rf"^{re.escape(selector)}[^{{]*\{{(.*?)\}}", RECALL.css, re.M | re.S)
    assert block is not None
    return dict(re.findall(r"--ft-([\w-]+): (#[0-9a-f]{6})", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("selector", [".card {", ".card.nightMode"], ids=["day", "night"])
def test_text_has_a_contrast_of_at_least_four_and_a_half(selector: str):
    named = colours(selector.removesuffix(" {"))
    grounds = {
        "ground": ["ink", "soft", "accent", "right", "wrong", "missed"],
        "raised": ["ink", "soft", "accent"],
        "sunk": ["ink", "soft", *(name for name in named if name.startswith("code-"))],
        "wash": ["ink", "accent"],
        **{f"{mark}-wash": ["ink", "soft", mark] for mark in ("right", "wrong", "missed")},
    }
    low = [
        (text, ground, round(contrast(named[text], named[ground]), 2))
        for ground, texts in grounds.items()
        for text in texts
        if contrast(named[text], named[ground]) < 4.5
    ]
    assert low == []
    assert contrast(named["edge"], named["ground"]) >= 3
