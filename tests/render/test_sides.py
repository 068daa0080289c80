"""What `sides` itself promises; that it equals Anki is proved in `tests/anki/test_sides.py`."""

import pytest

from ft_cards.render import sides as module
from ft_cards.render.notetypes import CLOZE
from ft_cards.render.sides import Filled, body_class, sides


def cloze(**fields: str) -> Filled:
    """Return a note for blanks in which these fields are filled."""
    return Filled("cloze", [fields.get(field.name, "") for field in CLOZE.fields], ("math",))


def test_both_sides_of_a_card_with_blanks():
    note = cloze(Text="{{c1::one::a number}} and {{c2::two}}", Hint="Count.", Id="counting", Level="easy")
    made = sides(note, 0, "Fine-tuning::Counting")
    head = (
        '<p class="ft-deck"><span>Counting</span><span class="ft-level ft-easy">'
        '<span class="ft-said">Level: </span>easy</span></p>'
    )
    assert made.front == (
        f'\n<article class="ft ft-blanks ft-front" aria-label="Question">\n{head}\n\n<section class="ft-text">'
        '<span class="cloze" data-cloze="one" data-ordinal="1">[a number]</span> and '
        '<span class="cloze-inactive" data-ordinal="2">two</span></section>\n\n'
        '<details class="ft-fold tappable"><summary>Hint</summary><div>Count.</div></details>\n</article>\n\n'
    )
    assert made.back == (
        f'<article class="ft ft-blanks ft-back" aria-label="Answer">\n{head}\n\n'
        '<section id="answer" class="ft-text"><span class="cloze" data-ordinal="1">one</span> and '
        '<span class="cloze-inactive" data-ordinal="2">two</span></section>\n\n\n<div class="ft-folds">\n\n'
        '<details class="ft-fold tappable"><summary>Hint</summary><div>Count.</div></details>\n</div>\n\n'
        '<footer class="ft-foot">\n\n<p class="ft-about">\n<span class="ft-id">counting</span>\n\n</p>\n</footer>\n</article>\n'
    )


@pytest.mark.parametrize("number", [1, 2, 499])
def test_a_card_that_the_note_does_not_have_is_an_error(number: int):
    with pytest.raises(ValueError, match=f"the note has no card {number}"):
        sides(cloze(Text="{{c1::one}}"), number, "Tests")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{{hint:Text}}", "{{hint:Text}} has an unknown filter"),
        ("{{cloze:text:Text}}", "{{cloze:text:Text}} has an unknown filter"),
        ("{{#Hint}}{{Hint}}", "{{Hint}} is never closed"),
        ("{{#Hint}}{{/Text}}", "{{/Text}} closes nothing"),
        ("{{/Hint}}", "{{/Hint}} closes nothing"),
    ],
)
def test_what_our_templates_do_not_use_is_an_error(template: str, message: str):
    with pytest.raises(ValueError) as raised:
        module._parsed(template)
    assert str(raised.value) == message


def test_the_page_bears_the_classes_of_the_card():
    assert (body_class(0), body_class(41)) == ("card card1", "card card42")
