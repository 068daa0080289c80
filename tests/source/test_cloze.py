"""cloze: where the blanks of a text are, and what is wrong with them."""

import time

import pytest

from ft_cards.source.kinds.cloze import Broken, Cloze, Mark, scan


def _blanks(text: str) -> list[tuple[tuple[int, ...], str, str]] | str:
    """Return numbers, hidden text and hint of each blank, as they close; or the code of what is broken."""
    marks = scan(text)
    if isinstance(marks, Broken):
        return marks.code
    opened: list[Mark] = []
    found = []
    for mark in marks:
        if mark.sign == "open":
            opened.append(mark)
        else:
            begin = opened.pop()
            found.append((mark.numbers, text[begin.end : mark.start], mark.hint))
    return found


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("none", []),
        ("{{c1::a}}", [((1,), "a", "")]),
        ("{{c1::a::b}} c", [((1,), "a", "b")]),
        ("{{c12::a}}{{c3::b}}", [((12,), "a", ""), ((3,), "b", "")]),
        ("{{c1,2::a}}", [((1, 2), "a", "")]),
        ("{{c1::a::b::c}}", [((1,), "a", "b::c")]),
        ("{{c1::a:: }}", [((1,), "a", "")]),
        ("{{c1::a {{c2::b::two}} c::one}}", [((2,), "b", "two"), ((1,), "a {{c2::b::two}} c", "one")]),
        ("{{c1::`std::vector`}}", [((1,), "`std::vector`", "")]),
        ("{{c1::``a `::` b``::hint}}", [((1,), "``a `::` b``", "hint")]),
        ("{{c1::`}}`}}", [((1,), "`}}`", "")]),
        (r"{{c1::$\frac{a}{b_{c}}$}}", [((1,), r"$\frac{a}{b_{c}}$", "")]),
        (r"{{c1::$$\frac{a}{b_{c}}$$}}", [((1,), r"$$\frac{a}{b_{c}}$$", "")]),
        ("{{c1::it costs $5::price}}", [((1,), "it costs $5", "price")]),
        ("{{c1::a ` b}}", [((1,), "a ` b", "")]),
        ("`x` and {{c1::y}} and `z`", [((1,), "y", "")]),
        ("`{{c1::y}}` is code", [((1,), "y", "")]),
        ("```py\n{{c1::x}} = {{c2::y}}\n```", [((1,), "x", ""), ((2,), "y", "")]),
        ("a }} b :: c {{c1::d}}", [((1,), "d", "")]),
        ("Jinja: `{{ content }}`, {{ config.name }}, {{cat}} and {{c1::d}}", [((1,), "d", "")]),
        ("{{c1::a\nb}}", [((1,), "a\nb", "")]),
        ("{{c500::a}}", [((500,), "a", "")]),
        ("{{c0::a}}", "cloze-number"),
        ("{{c501::a}}", "cloze-number"),
        ("{{c1,0::a}}", "cloze-number"),
        ("{{c99999999999999999999::a}}", "cloze-number"),
        ("{{c1::a", "cloze-broken"),
        ("{{c1::a}", "cloze-broken"),
        ("{{c1::a {{c2::b}}", "cloze-broken"),
        ("{{c1::}}", "cloze-broken"),
        ("{{c1::  }}", "cloze-broken"),
        ("{{c1::::hint}}", "cloze-broken"),
        ("{{c1::a::{{c2::b}}}}", "cloze-broken"),
        ("{{c1::std::vector of {{c2::b}}}}", "cloze-broken"),
        ("{{c1::`std::vector` of {{c2::b}}}}", [((2,), "b", ""), ((1,), "`std::vector` of {{c2::b}}", "")]),
        ("{{c1:a}}", "cloze-broken"),
        ("{{c1}} a", "cloze-broken"),
        ("{{c::a}}", "cloze-broken"),
        ("{{ c1::a }}", "cloze-broken"),
        ("{{1::a}}", "cloze-broken"),
        ("{{C1::a}} {{c2::b}}", "cloze-broken"),
        ("{{c1 ::a}}", "cloze-broken"),
    ],
)
def test_the_blanks_of_a_text(text: str, blanks: list[tuple[tuple[int, ...], str, str]] | str) -> None:
    assert _blanks(text) == blanks


def _codes(text: str) -> list[tuple[str, int, int]]:
    card = Cloze(id="a", kind="cloze", text=text)
    return [(finding.code, finding.line, finding.column) for finding in card.findings()]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("A {{c1::b}}", []),
        ("plain", [("no-blank", 0, 1)]),
        ("one\ntwo {{c1::b", [("cloze-broken", 2, 5)]),
        ("a {{c1::b\nc}}", []),
        ("a {{c1::b\n\nc}}", [("cloze-broken", 1, 3)]),
        ("{{c1::all}}", [("no-question", 1, 1)]),
        ("({{c1::all}}) – {{c1::of}} **{{c1::it}}**.", [("no-question", 1, 2)]),
        ("{{c1::a::hint}}", []),
        ("{{c1::a}} {{c2::b}}", []),
        ("{{c2::a {{c1::b}}}}", [("no-question", 1, 1)]),
        ("🔥 {{c1::fire}}", []),
        ("+ {{c1::plus}}", []),
        ("![](fire.png) {{c1::fire}}", []),
    ],
)
def test_what_is_wrong_with_a_text(text: str, findings: list[tuple[str, int, int]]) -> None:
    assert _codes(text) == findings


def test_a_card_for_each_number_in_order() -> None:
    card = Cloze(id="a", kind="cloze", text="a {{c10::b}} {{c2::c {{c1,3::d}}}} {{c2::e}}")
    assert card.asked() == ("1", "2", "3", "10")


@pytest.mark.parametrize(
    "text",
    [
        "{{c1::x}} " + "".join("`" * n + " " for n in range(300)),
        "{{c1::" + "$$ " * 20_001 + "}} x",
        "{{c1::" + "`a` {{c2::b}} $ " * 3_000 + "}} x",
        "{{c1::x}} " + "{{ " * 20_000,
        "{{c1::" * 3_000 + "x" + "}}" * 3_000 + " y",
        "{{c1::" * 20_000,
        "".join(f"{{{{c{n % 500 + 1}::a}}}} " for n in range(2_000)),
    ],
    ids=["runs of ticks", "dollars", "spans in a blank", "braces", "nested", "open", "many"],
)
def test_strange_texts_take_no_time(text: str) -> None:
    start = time.process_time()
    _codes(text)
    assert time.process_time() - start < 2
