"""The short cut for one paragraph gives what the whole parser gives, for any text."""

from hypothesis import given
from hypothesis import strategies as st

from ft_cards.render.markup import Markup

LINES = st.text("aB1 `*_[](){}<>&!|#-=+.:\\$\"'~\t", max_size=14)


@given(st.lists(LINES, min_size=1, max_size=4).map("\n".join).map(str.strip).filter(bool))
def test_a_paragraph_is_rendered_as_the_whole_parser_renders_it(text: str) -> None:
    markup = Markup(trusted=False, show=lambda path, alternative: f"<img {path}>")
    assert markup._rendered(text) == markup._parsed(text)
