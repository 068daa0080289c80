"""Names → items, and what is said when a name matches nothing."""

from pathlib import Path

import pytest

from ft_cards.study.cards import Library, library
from ft_cards.study.filters import NO_CARDS, NoMatch, Wanted, choose, find
from tests.builders import card_text
from tests.study.desks import projects, write


@pytest.fixture
def two(tmp_path: Path) -> Library:
    first = write(tmp_path)
    second = write(tmp_path, card_text("recall", "other", tags=["a::b::c"]), id="second", name="All::Second")
    return library(projects(first, second))


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Wanted(kinds=("recall",)), ["what", "what~reverse", "other"]),
        (Wanted(kinds=("choice", "story")), ["which", "why"]),
        (Wanted(levels=("hard",)), ["which"]),
        (Wanted(tags=("a::b",)), ["what", "what~reverse", "other"]),
        (Wanted(tags=("A",), kinds=("explain",)), ["say"]),
        (Wanted(decks=("second",)), ["other"]),
        (Wanted(decks=("all",)), ["other"]),
        (Wanted(decks=("All::Second", "Sample"), tags=("a::b::c",)), ["other"]),
    ],
)
def test_filters(two: Library, wanted: Wanted, names: list[str]) -> None:
    assert [item.name for item in choose(two, wanted)] == names


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Wanted(decks=("samples",)), 'there is no deck "samples"; there is sample (Sample), second (All::Second)'),
        (
            Wanted(kinds=("recal",)),
            'there is no kind "recal"; there is choice (1), cloze (2), code (2), explain (1), recall (3), story (1)',
        ),
        (Wanted(levels=("medium",)), 'there is no level "medium"; there is easy (2), hard (1)'),
        (Wanted(tags=("x",)), 'there is no tag "x"; there is a (4), a::b (3), a::b::c (1)'),
        (Wanted(levels=("hard",), tags=("a",)), "there is no card that is all of this at once; ask for less"),
    ],
)
def test_a_name_that_matches_nothing_says_what_there_is(two: Library, wanted: Wanted, message: str) -> None:
    with pytest.raises(NoMatch) as error:
        choose(two, wanted)
    assert str(error.value) == message


def test_cards_are_found_by_id_or_blank(two: Library) -> None:
    assert [item.name for item in find(two, "step")] == ["step:1", "step:2"]
    assert [item.name for item in find(two, "step:2")] == ["step:2"]
    with pytest.raises(NoMatch) as error:
        find(two, "stepp")
    assert str(error.value) == 'there is no card "stepp"; did you mean step or step:2 or step:1?'
    with pytest.raises(NoMatch) as error:
        find(Library((), ()), "x")
    assert str(error.value) == NO_CARDS
