"""A program's blanks → Anki's numbers, each kept for life.

A blank is known by its text. One that is new takes the next free number; one that goes leaves its number
unused, and has it again should it return. One that was only reworded, between the same neighbours, keeps its.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

Numbered = tuple[tuple[str, int], ...]

_ALIKE = 0.6
"""How much of two texts must agree for the one to be the other reworded (difflib's ratio)."""


@dataclass(frozen=True, slots=True)
class Blanks:
    """The blanks of one card, in the order of the program, and those that it once had."""

    numbers: Numbered = ()
    removed: Numbered = ()

    def of(self, asked: Sequence[str]) -> tuple[int, ...]:
        """Return the numbers; `asked` must be what they were given for."""
        assert [text for text, _ in self.numbers] == list(asked)
        return tuple(number for _, number in self.numbers)


NO_BLANKS = Blanks()
"""What a note without a program has, and one that is new."""


def number_blanks(old: Blanks, asked: Sequence[str]) -> Blanks:
    """Give each blank its number. `asked` are the texts of the blanks in the order of the program."""
    if [text for text, _ in old.numbers] == list(asked):
        return old
    if not old.numbers and not old.removed:
        return Blanks(tuple((text, number) for number, text in enumerate(asked, 1)))
    before = [text for text, _ in old.numbers]
    given: dict[int, int] = {}
    kept: set[int] = set()
    for a, b, size in SequenceMatcher(None, before, list(asked), autojunk=False).get_matching_blocks():
        for step in range(size):
            given[b + step] = old.numbers[a + step][1]
            kept.add(a + step)
    _moved(before, asked, old, given, kept)
    _reworded(before, asked, old, given, kept)
    removed = [old.numbers[index] for index in range(len(before)) if index not in kept] + list(old.removed)
    highest = max((number for _, number in (*old.numbers, *old.removed)), default=0)
    for index, text in enumerate(asked):
        if index in given:
            continue
        back = next((pair for pair in removed if pair[0] == text), None)
        if back:
            removed.remove(back)
            given[index] = back[1]
        else:
            highest += 1
            given[index] = highest
    numbers = tuple((text, given[index]) for index, text in enumerate(asked))
    return Blanks(numbers, tuple(sorted(removed, key=lambda pair: pair[1])))


def _moved(before: list[str], asked: Sequence[str], old: Blanks, given: dict[int, int], kept: set[int]) -> None:
    """Follow blanks whose text stands elsewhere in the program now."""
    for index, text in enumerate(asked):
        if index not in given:
            place = next((i for i, was in enumerate(before) if was == text and i not in kept), None)
            if place is not None:
                given[index] = old.numbers[place][1]
                kept.add(place)


def _reworded(before: list[str], asked: Sequence[str], old: Blanks, given: dict[int, int], kept: set[int]) -> None:
    """Between two neighbours that stayed, as many new blanks as old ones left, and alike: they are those."""
    number_at = {number: index for index, (_, number) in enumerate(old.numbers)}
    stayed = [(-1, -1), *((number_at[given[i]], i) for i in sorted(given)), (len(before), len(asked))]
    for (a, b), (c, d) in pairwise(stayed):
        was = [i for i in range(a + 1, c) if i not in kept]
        now = [i for i in range(b + 1, d) if i not in given]
        if len(was) == len(now) and all(
            SequenceMatcher(None, before[x], asked[y], autojunk=False).ratio() >= _ALIKE
            for x, y in zip(was, now, strict=True)
        ):
            for x, y in zip(was, now, strict=True):
                given[y] = old.numbers[x][1]
                kept.add(x)
