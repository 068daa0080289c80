"""5,000 spoilt decks and 5,000 heaps of bytes: never a traceback, and always a report."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ft_cards.source.kinds.cloze import Broken, scan
from ft_cards.source.reader import read_deck
from tests.source.strategies import spoilt
from tests.source.test_laws import check_sound

pytestmark = pytest.mark.proof
_MANY = settings(
    max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@_MANY
@given(spoilt())
def test_no_spoilt_deck_breaks_the_reader(data: bytes) -> None:
    check_sound(read_deck(data, "deck.yaml"), data)


@_MANY
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", errors="surrogatepass")))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    check_sound(read_deck(data, "deck.yaml"), data)


_SIGNS = st.sampled_from(
    ["{{c1::", "{{c2::", "}}", "::", "`", "``", "$", "$$", "\n", " ", "a", "{{", "}", "c1", "1,", "{{c1,2::"]
)


@_MANY
@given(st.lists(_SIGNS, max_size=40).map("".join))
def test_no_cloze_breaks_the_reader(text: str) -> None:
    source = "deck: A\nid: a\ncards:\n  - id: c\n    kind: cloze\n    text: |2\n"
    data = (source + "".join(f"      x{line}\n" for line in text.split("\n"))).encode()
    check_sound(read_deck(data, "deck.yaml"), data)
    marks = scan(text)
    if not isinstance(marks, Broken):
        assert [(mark.start, mark.end) for mark in marks] == sorted((mark.start, mark.end) for mark in marks)
        depth = 0
        for mark in marks:
            depth += 1 if mark.sign == "open" else -1
            assert depth >= 0
            assert text[mark.start : mark.end].startswith("{{c" if mark.sign == "open" else ("::", "}}"))
        assert depth == 0
