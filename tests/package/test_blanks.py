"""The numbers of blanks: each kept for life, none given to two texts."""

from hypothesis import given
from hypothesis import strategies as st

from ft_cards.package.blanks import Blanks, number_blanks


def numbered(*releases: str) -> Blanks:
    """Return the blanks after these releases, each a text of one-word blanks."""
    blanks = Blanks()
    for asked in releases:
        blanks = number_blanks(blanks, asked.split())
    return blanks


def shown(blanks: Blanks) -> tuple[dict[str, int], dict[str, int]]:
    return dict(blanks.numbers), dict(blanks.removed)


def test_the_first_release_counts_from_one():
    assert shown(numbered("load train save")) == ({"load": 1, "train": 2, "save": 3}, {})


def test_a_new_blank_takes_the_next_free_number():
    assert shown(numbered("load train", "check load train")) == ({"check": 3, "load": 1, "train": 2}, {})


def test_a_removed_number_is_never_given_to_another_blank():
    assert shown(numbered("load train", "load", "load verify")) == ({"load": 1, "verify": 3}, {"train": 2})


def test_a_removed_blank_has_its_number_again():
    assert shown(numbered("load train", "load", "load verify train")) == (
        {"load": 1, "verify": 3, "train": 2},
        {},
    )


def test_a_reworded_blank_between_the_same_neighbours_is_itself():
    assert shown(numbered("load train save", "load training save")) == (
        {"load": 1, "training": 2, "save": 3},
        {},
    )


def test_another_text_in_the_same_place_is_another_blank():
    assert shown(numbered("load train save", "load xyz save")) == (
        {"load": 1, "xyz": 4, "save": 3},
        {"train": 2},
    )


def test_equal_texts_are_told_apart_by_their_neighbours():
    assert numbered("x y x", "x x y x").numbers == (("x", 4), ("x", 1), ("y", 2), ("x", 3))
    assert numbered("x y x", "x y x x").numbers == (("x", 1), ("y", 2), ("x", 3), ("x", 4))


def test_moved_and_reworded_at_once_keeps_what_is_certain():
    assert shown(numbered("aa bb cc", "cc aa zz")) == ({"cc": 3, "aa": 1, "zz": 4}, {"bb": 2})


texts = st.lists(st.sampled_from(["a", "b", "aa", "ab", "loss", "losses", "loss.item()", "x" * 30]), max_size=7)
releases = st.lists(texts, min_size=1, max_size=8)


@given(releases)
def test_the_laws_of_numbering(history: list[list[str]]):
    blanks = Blanks()
    highest = 0
    for asked in history:
        before, blanks = blanks, number_blanks(blanks, asked)
        assert [text for text, _ in blanks.numbers] == asked
        numbers = [number for _, number in (*blanks.numbers, *blanks.removed)]
        # every number that was ever given is there once, and no other but the next ones
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        assert len(numbers) >= highest
        highest = len(numbers)
        # a text that stays keeps its numbers: as many of them as it still has blanks
        for text in set(asked):
            old = [number for was, number in before.numbers if was == text]
            new = [number for now, number in blanks.numbers if now == text]
            assert len(set(old) & set(new)) == min(len(old), len(new))
        # the same again changes nothing
        assert number_blanks(blanks, asked) == blanks


@given(st.lists(st.text(min_size=1, max_size=4), unique=True, max_size=8), st.randoms(use_true_random=False))
def test_reordering_keeps_every_number(asked: list[str], random):
    first = number_blanks(Blanks(), asked)
    mixed = list(asked)
    random.shuffle(mixed)
    assert dict(number_blanks(first, mixed).numbers) == dict(first.numbers)


@given(st.lists(st.text(min_size=1, max_size=4), unique=True, max_size=8), st.text(min_size=5), st.integers(0, 8))
def test_inserting_keeps_every_number(asked: list[str], more: str, at: int):
    first = number_blanks(Blanks(), asked)
    inserted = number_blanks(first, [*asked[:at], more, *asked[at:]])
    assert dict(inserted.numbers) == {**dict(first.numbers), more: len(asked) + 1}
