"""Prose with blanks, and Markdown of every kind, as the real Anki shows it, before and after its editor."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from .collection import Health, Learner
from .look import edited, look
from .project import Author, deck

Shown = list[tuple[str, str]]
"""For each card what stands on its front, and what is hidden there."""


@pytest.fixture
def show(tmp_path: Path, learner: Learner) -> Callable[[str], Shown]:
    """Build a cloze card, import it, look at its cards; have the editor write it back, and look again."""

    def shown(text: str) -> Shown:
        written = json.dumps(text, ensure_ascii=False)
        author = Author(tmp_path / "author", a=deck(f"id: gap\nkind: cloze\ntext: {written}"))
        author.build()
        learner.take(author.package())
        before = cards()
        note = learner.note("gap")
        learner.edit("gap", **{name: edited(value) for name, value in note.items()})
        assert cards() == before
        assert learner.health() == Health()
        return before

    def cards() -> Shown:
        sides = []
        for card in learner.cards("gap").values():
            question, answer = look(card.question()), look(card.answer())
            assert (card.question_av_tags(), card.answer_av_tags()) == ([], [])
            sides.append((question.text, "|".join(answer.asked)))
        return sides

    return shown


CLOZES = [
    ("{{c1::One}} and {{c2::two}}.", [("[...] and two.", "One"), ("One and [...].", "two")]),
    ("{{c1::One::a number}}.", [("[a number].", "One")]),
    ("{{c1::a}} b {{c1::c}}", [("[...] b [...]", "a|c")]),
    (
        "So: {{c1::an {{c2::inner}} blank}}",
        [("So: [...]", "an inner blank"), ("So: an [...] blank", "inner")],
    ),
    ("{{c1::an {{c2::inner::x}} blank::y}}", [("[y]", "an inner blank"), ("an [x] blank", "inner")]),
    ("So: {{c1,2::both}} {{c2::two}}", [("So: [...] two", "both"), ("So: [...] [...]", "both|two")]),
    ("{{c3::three}} {{c7::seven}}", [("[...] seven", "three"), ("three [...]", "seven")]),
    ("**{{c1::bold}}** {{c2::*slanted*}}", [("[...] slanted", "bold"), ("bold [...]", "slanted")]),
    ("{{c1::`std::vector`}} holds", [("[...] holds", "std::vector")]),
    ("{{c1::`std::vector`::which `T::U`?}} holds", [("[which `T::U`?] holds", "std::vector")]),
    ("{{c1::`{'a': {}}`::a dict}}", [("[a dict]", "{'a': {}}")]),
    ("a `x {{c1::inside}} y` b", [("a x [...] y b", "inside")]),
    ("a `x[{{c1::\\(z}}:] y` b", [("a x[[...]:] y b", "\\(z")]),
    ("{{c1::one}}} and {{{c2::two}}", [("[...]} and {two", "one"), ("one} and {[...]", "two")]),
    ("{{c1::a [sound:x.mp3] b::[sound:y.mp3]}}", [("[[sound:y.mp3]]", "a [sound:x.mp3] b")]),
    ("{{c1::{x} }} {{c2::a: ::b}}", [("[...] a: ", "{x} "), ("{x}  [b]", "a: ")]),
    ("{{c1::x&#125;}} y", [("[...] y", "x}")]),
    ("{{c1::x&#58;::h}} y", [("[h] y", "x:")]),
    ("{{c1::x &#58;&#58; y::{h} }} z", [("[{h}] z", "x :: y")]),
    ("{{c1::a::b::c}}", [("[b::c]", "a")]),
    ("In [a]\n\n[a]: {{c1::x}} y", [("In [a]\n[a]: [...] y", "x")]),
    ("a\n```{{c1::x}}", [("a\n```[...]", "x")]),
    ("std::x outside {{c1::of}} }} it {{ a }}", [("std::x outside [...] }} it {{ a }}", "of")]),
]


@pytest.mark.parametrize(("text", "expected"), CLOZES, ids=[text for text, _ in CLOZES])
def test_clozes(show: Callable[[str], Shown], text: str, expected: Shown):
    assert [(front.strip(), hidden) for front, hidden in show(text)] == [
        (front.strip(), hidden) for front, hidden in expected
    ]


MATH = [
    ("{{c1::$x^{2}$}} is", [(r"[...] is", r"\(x^{2}\)")]),
    ("$a_{{{c1::i}}} + b$ is", [(r"\(a_{[...]} + b\) is", "")]),
    (r"{{c1::$\frac{a}{b_{c}}$::half}}", [("[half]", r"\(\frac{a}{b_{c} }\)")]),
    ("{{c1::$f\\colon A::B$}} x", [("[...] x", r"\(f\colon A: :B\)")]),
    ("it costs 5$ or {{c1::6$}}", [("it costs 5$ or [...]", "6$")]),
]


@pytest.mark.parametrize(("text", "expected"), MATH, ids=[text for text, _ in MATH])
def test_math_in_and_around_clozes(show: Callable[[str], Shown], text: str, expected: Shown):
    assert show(text) == expected


FENCES = [
    (
        "Look:\n\n```python\nx = {'a': {{c1::1}}}\ny = [{{c2::2::two}}]\n```\n",
        [("Look:\nx = {'a': [...]}\ny = [2]", "1"), ("Look:\nx = {'a': 1}\ny = [[two]]", "2")],
    ),
    (
        "```python\n{{c1::for {{c2::x}} in y}}\n```",
        [("[...]", "for x in y"), ("for [...] in y", "x")],
    ),
    ("```python\n{{c1,2::a}} + {{c2::b}}\n```", [("[...] + b", "a"), ("[...] + [...]", "a|b")]),
    ("    indented {{c1::code}}\n", [("indented [...]", "code")]),
    ("```\na {{c1::b}}}} c [sound:x.mp3] \\(x\\)\n```", [("a [...]}} c [sound:x.mp3] \\(x\\)", "b")]),
]


@pytest.mark.parametrize(("text", "expected"), FENCES, ids=[text for text, _ in FENCES])
def test_clozes_in_blocks_of_code(show: Callable[[str], Shown], text: str, expected: Shown):
    assert show(text) == expected
