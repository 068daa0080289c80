"""Random programs with random blanks, and what a learner must see of each."""

import json
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from ft_cards.render.notes import Frame, Note, render
from ft_cards.render.notetypes import NOTE_TYPES
from ft_cards.source.deck import Card
from ft_cards.source.kinds.code import CodeCard

from .collection import Learner
from .look import edited, look

LANGUAGES = ("python", "cpp", "rust", "jinja", "html", "bash", "text")
PIECES = (
    # what Anki would take for its own
    "}}", "{{", "{{c1::", "{{c2::x::y}}", "}}}", "{{{", "::", ":::", ":", "{", "}", "[sound:a.mp3]",
    "[latex]x[/latex]",
    "[$]x[/$]", "[$$]x[/$$]", "[anki:play:q:0]", "\\(x\\)", "\\[y\\]", "$$", "$", "\\", "[", "]",
    "{{#x}}", "{{type:x}}",
    # what HTML would
    "&amp;", "&#125;&#125;", "&lt;b&gt;", "<b>", "</code></pre>", "</section>", "<!--", "-->", "&", "<",
    ">", '"', "'",
    "<img src=x>", "<script>alert(1)</script>", "[...]", 'class="cloze"',
    # programs
    "std::vector<std::map<int, T>>", "def f(x): return {'a': {'b': x}}", "for i in range(3):",
    "fn main() { x::<u8>() }",
    "{% if a %}{{ b|c }}{% endif %}", "${HOME}", '"a string"', "# a remark", "// a remark", "/* more */",
    "'''", '"""',
    "let s = r#\"x\"#;", "echo $(date)", "x = lambda: 0", "a->b", "0xFF", "1e-5", "f'{x!r:>{w}}'", "@",
    "`", "``", "~~",
    "print", "step", "x", " ", "  ", "\t", "\n", "\n\n", "\n    ", "ü", "Σ", "日本語", "👩‍💻", "e\u0301",
    "\xa0", "\u200d",
    "\u202e",
)  # fmt: skip
HINTS = (
    "",
    "",
    "a hint",
    "a::b",
    "}}",
    "{{c1::x}}",
    "[sound:a.mp3]",
    "\\(x\\)",
    "::",
    "}",
    ":",
    "<b>",
    "…",
    "$$",
    "&amp;",
)

programs = st.lists(st.sampled_from(PIECES) | st.text("ab{}:[]()\\$ \n", max_size=6), min_size=1, max_size=14).map(
    "".join
)


@dataclass(frozen=True, slots=True)
class Case:
    """A code card, and the stretches of its program that are hidden, in order."""

    fields: dict[str, Any]
    spans: tuple[tuple[int, int], ...]
    hints: tuple[str, ...]

    @property
    def program(self) -> str:
        return str(self.fields["code"])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a program and one to five blanks anywhere in it: inside tokens, over lines, side by side."""
    program = draw(programs.map(lambda text: text.rstrip()).filter(bool))
    cuts = sorted(draw(st.sets(st.integers(0, len(program)), min_size=2, max_size=10)))
    if len(cuts) % 2:
        cuts.pop()
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    if draw(st.booleans()):
        spans = list(pairwise(cuts))  # touching each other
    hints, blanks = [], []
    for start, end in spans:
        text = program[start:end]
        hint = draw(st.sampled_from(HINTS))
        places = [at for at in range(len(program)) if program.startswith(text, at)]
        blank: dict[str, Any] = {"text": text, "occurrence": places.index(start) + 1}
        if hint:
            blank["hint"] = hint
        if draw(st.booleans()):
            blank["distractors"] = [other for other in ("}}", "[sound:b.mp3]", "wrong") if other != text]
        hints.append(hint)
        blanks.append(blank)
    written = {
        "id": "code",
        "kind": "code",
        "question": "Fill it in.",
        "code": program,
        "code-language": draw(st.sampled_from(LANGUAGES)),
        "ask": draw(st.sampled_from(["each", "each", "together"])),
        "blanks": draw(st.permutations(blanks)),
    }
    return Case(written, tuple(spans), tuple(hints))


def rendered(case: Case) -> Note:
    """Render the card as a build does, with the numbers of a first release."""
    model = CodeCard.model_validate(case.fields)
    assert list(model.findings()) == []
    asked = model.asked()
    # The reader would refuse programs that are no Python, so the card is made here.
    card = Card("code", "code", 1, 1, content=json.dumps(case.fields), unseen="", asks="", asked=asked, digest="")
    return render(card, "code", range(1, len(asked) + 1), Frame())


def prove(case: Case, learner: Learner) -> None:
    """Add the note to Anki and look at each card; then let the editor write it back, and look again."""
    note = rendered(case)
    names = [field.name for field in NOTE_TYPES["cloze"].fields]
    cards = learner.add("ft-cards cloze", dict(zip(names, note.fields, strict=True)))
    try:
        assert tuple(card.ord for card in cards) == note.ords
        _look_at(case, cards)
        stored = cards[0].note()
        for name in names:
            stored[name] = edited(stored[name])
        learner.collection.update_note(stored)
        _look_at(case, [learner.collection.get_card(card.id) for card in cards])
        assert [card.ord for card in stored.cards()] == [card.ord for card in cards]
    finally:
        learner.collection.remove_notes([cards[0].nid])


def _look_at(case: Case, cards: list[Any]) -> None:
    together = case.fields["ask"] == "together"
    for index, card in enumerate(cards):
        hidden = range(len(case.spans)) if together else (index,)
        question, answer = look(card.question()), look(card.answer())
        shown = [f"[{case.hints[at] or '...'}]" for at in hidden]
        assert nfc(question.text) == nfc(_with(case, dict(zip(hidden, shown, strict=True))))
        assert [nfc(text) for text in question.asked] == [nfc(text) for text in shown]
        assert nfc(answer.text) == nfc(case.program)
        hides = [case.program[slice(*case.spans[at])] for at in hidden]
        assert [nfc(text) for text in answer.asked] == [nfc(text) for text in hides]
        assert (card.question_av_tags(), card.answer_av_tags()) == ([], [])
        assert "[anki:" not in card.question() + card.answer() or "[anki:" in case.program


def _with(case: Case, shown: dict[int, str]) -> str:
    out, at = "", 0
    for index, (start, end) in enumerate(case.spans):
        out += case.program[at:start] + shown.get(index, case.program[start:end])
        at = end
    return out + case.program[at:]


def nfc(text: str) -> str:
    """Return a text as Anki stores all texts: composed."""
    return unicodedata.normalize("NFC", text)
