"""Both sides of cards as `sides` makes them, held against Anki's own renderer: the same HTML, sign for sign."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ft_cards.cache import Cache
from ft_cards.package.apkg import SEPARATOR
from ft_cards.parallel import Workers
from ft_cards.plan import next_lock, plan
from ft_cards.render.notetypes import NOTE_TYPES
from ft_cards.render.sides import Filled, Sides, sides
from ft_cards.rendered import Rendering

from .code_cards import Case, cases, rendered
from .collection import Learner
from .project import FIRST, Author
from .test_code import learner_with_type

ROOT = Path(__file__).parents[2]


def shown(card) -> Sides:
    """Return what Anki shows of a card, without the style that it puts before."""
    output = card.render_output()
    return Sides(output.question_text, output.answer_text)


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Author, Learner]]:
    """The repository's own decks, built elsewhere, and a learner who has them all."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "decks", root / "decks")
    for name in ("ft-cards.yaml", "ft-cards.lock"):
        shutil.copy(ROOT / name, root / name)
    author = Author(root)
    author.build()
    learner = Learner(tmp_path_factory.mktemp("learner"))
    learner.take(author.package("fine-tuning"))
    yield author, learner
    learner.close()


def made(author: Author) -> dict[tuple[str, int], Sides]:
    """Return both sides of every card of a project by (guid, ord), from the rendering that a build packs."""
    project = author.project()
    planned = plan(project)
    rendering = Rendering(project, next_lock(project, planned, FIRST), planned, Cache(None))
    rendering.render(list(planned), Workers(), lambda done, total: None)
    out = {}
    for source, deck in project.decks():
        for note in rendering.notes(source.path):
            filled = Filled(note.type, note.fields.split(SEPARATOR), note.tags)
            out |= {(note.guid, ord_): sides(filled, ord_, deck.name) for ord_ in note.ords}
    return out


def test_every_card_of_the_real_decks_is_what_anki_shows_on_both_sides(decks: tuple[Author, Learner]):
    author, learner = decks
    cards = [learner.collection.get_card(card_id) for card_id in learner.collection.find_cards("")]
    in_anki = {(card.note().guid, card.ord): shown(card) for card in cards}
    assert made(author) == in_anki
    assert {card.note_type()["name"] for card in cards} == {type_.name for type_ in NOTE_TYPES.values()}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """A learner who has the note type for blanks."""
    made = learner_with_type(tmp_path_factory)
    yield made
    made.close()


def compare(learner: Learner, fields: Sequence[str]) -> None:
    """Add a note for blanks, and hold each of its cards against Anki's."""
    names = [field.name for field in NOTE_TYPES["cloze"].fields]
    cards = learner.add("ft-cards cloze", dict(zip(names, fields, strict=True)))
    try:
        for card in cards:
            in_anki = shown(card)
            filled = Filled("cloze", fields, card.note().tags)
            if "No cloze " in in_anki.back or "data-ordinal" not in in_anki.front:
                with pytest.raises(ValueError, match=f"the note has no card {card.ord}"):
                    sides(filled, card.ord, "Scratch")
            else:
                assert sides(filled, card.ord, "Scratch") == in_anki
    finally:
        learner.collection.remove_notes([cards[0].nid])


laws = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@laws
@given(cases())
def test_random_programs_with_blanks(reader: Learner, case: Case):
    compare(reader, rendered(case).fields)


PIECES = (
    "{{c1::", "{{c2::", "{{c1,3::", "{{c3,1::", "{{c,1::", "{{c,::", "{{c::", "{{c0::", "{{c65535::", "{{c65536,2::",
    "{{c01::", "{{C1::", "{{#x}}", "{{Text}}", "::", ":", "{", "}", *["}}"] * 12,
    "\\(", "\\)", "\\[", "\\]", "<b>", "</b>", "<i\n>", "<!--", "-->", "<script>", "</script>", "<STYLE>", "<br />",
    "[sound:a.mp3]", "[sound:]", "[sound:", "]", "[anki:play:q:0]", "&amp;", "&", "<", ">", '"', "'", "=", "/", "a", " ",
    "\n", "\t", "\r", "\0", "\x1f", "\x7f", "\x80", "\xa0", "\u0338", "e\u0301", "é", "Ω", "😀", "\u2028", "\ufeff",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@laws
@given(texts, texts)
def test_random_texts_with_blanks(reader: Learner, text: str, hint: str):
    compare(reader, ["", "", text, "", hint, *[""] * 10])


@pytest.mark.parametrize("kind", ["recall", "choice"])
@laws
@given(data=st.data())
def test_random_fields(decks: tuple[Author, Learner], kind: str, data: st.DataObject):
    _, learner = decks
    type_ = NOTE_TYPES[kind]
    filled = [data.draw(texts) for _ in type_.fields[:-1]]
    (card,) = learner.add(type_.name, dict(zip([field.name for field in type_.fields], [*filled, ""], strict=True)))
    assert sides(Filled(kind, [*filled, ""], ()), 0, "Scratch") == shown(card)
    learner.collection.remove_notes([card.nid])
