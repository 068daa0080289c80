"""The three note types as learners have them. These values are a contract: a test that fails here is right.

Anki knows a note type by its id, and a field or template by its own. Whoever changes one of these numbers, or
adds, removes or moves a field, splits the type and strands every note that learners have.
"""

from pathlib import Path

from .collection import Learner
from .project import Author, deck, recall

TAIL = [
    "Hint",
    "Explanation",
    "Mistakes",
    "Source",
    "Level",
    "Id",
    "Report",
    "Extra1",
    "Extra2",
    "Extra3",
    "Retired",
]
TYPES = {
    "ft-cards recall": (1711393021315, 0, ["Question", "Context", "Answer", "Concepts", *TAIL], "Card"),
    "ft-cards cloze": (1705843759626, 1, ["Title", "Prompt", "Text", "Options", *TAIL], "Card"),
    "ft-cards choice": (
        1706918272810,
        0,
        ["Question", "Context", "Options", "Key", "Steps", "Check", *TAIL],
        "Card",
    ),
}
TEMPLATES = {
    "ft-cards recall": 6947120144329482705,
    "ft-cards cloze": 7685983519426364969,
    "ft-cards choice": 6912786830763356473,
}
FIRST_AND_LAST_FIELD = {
    "ft-cards recall": (1907549271708243824, 6010382130646028614),
    "ft-cards cloze": (3124231151217572501, 7599820881565662086),
    "ft-cards choice": (2482608440667634780, 6961861277004691186),
}
CHOICE = "id: pick\nkind: choice\nquestion: Which?\nanswer: a\ndistractors: [b]"
CLOZE = "id: gap\nkind: cloze\ntext: 'Say {{c1::one}}.'"


def test_the_types_in_anki_are_the_frozen_ones(tmp_path: Path, learner: Learner):
    author = Author(tmp_path / "author", a=deck(recall("one"), CHOICE, CLOZE))
    author.build()
    learner.take(author.package())
    models = [model for model in learner.collection.models.all() if model["name"].startswith("ft-cards")]
    found = {
        m["name"]: (m["id"], m["type"], [field["name"] for field in m["flds"]], m["tmpls"][0]["name"]) for m in models
    }
    assert found == TYPES
    assert {m["name"]: m["tmpls"][0]["id"] for m in models} == TEMPLATES
    assert {m["name"]: (m["flds"][0]["id"], m["flds"][-1]["id"]) for m in models} == FIRST_AND_LAST_FIELD
    assert [len(m["tmpls"]) for m in models] == [1, 1, 1]


def test_a_new_style_arrives_in_place(tmp_path: Path, learner: Learner, monkeypatch):
    import dataclasses

    from ft_cards.render import notetypes

    author = Author(tmp_path / "author", a=deck(recall("one"), CHOICE, CLOZE))
    author.build()
    learner.take(author.package())
    learner.study()
    progress, schema = learner.progress(), learner.schema()
    styled = dataclasses.replace(notetypes.NOTE_TYPES["recall"], css=".card { color: teal }", back="{{Answer}}!")
    changed = {**notetypes.NOTE_TYPES, "recall": styled}
    monkeypatch.setattr(notetypes, "_note_types", lambda: changed)
    monkeypatch.setattr("ft_cards.package.apkg.NOTE_TYPES", changed)
    author.build(day=1)
    assert learner.take(author.package()).duplicate == ("gap", "one", "pick")
    model = learner.collection.models.by_name("ft-cards recall")
    assert (model["css"], model["tmpls"][0]["afmt"]) == (".card { color: teal }", "{{Answer}}!")
    assert (learner.progress(), learner.schema(), len(learner.types())) == (progress, schema, 3)
