"""Items → the items that a learner asked for. A name that matches nothing says what there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ft_cards.study.cards import Item, Library


class NoMatch(Exception):  # noqa: N818 (the text is the sentence that the learner reads)
    """Nothing is called so; the text lists what there is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: any of the names of each sort. Empty means all."""

    decks: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def choose(library: Library, wanted: Wanted) -> tuple[Item, ...]:
    """The items that fit. Raises `NoMatch` for a name that fits none, and where none fits all of them."""
    items = library.items
    for sort, names, names_of in (
        ("deck", wanted.decks, lambda item: _deck_names(item)),
        ("kind", wanted.kinds, lambda item: (item.card.kind,)),
        ("level", wanted.levels, lambda item: (item.level,)),
        ("tag", wanted.tags, lambda item: _nested(item.tags)),
    ):
        if names:
            items = _fitting(items, library.items, sort, names, names_of)
    if not items:
        raise NoMatch("there is no card that is all of this at once; ask for less" if library.items else NO_CARDS)
    return items


NO_CARDS = "there are no correct cards here; `ft-cards check` says what is wrong"

NamesOf = Callable[[Item], Iterable[str]]


def _fitting(
    items: Sequence[Item], all_items: Sequence[Item], sort: str, names: Sequence[str], names_of: NamesOf
) -> tuple[Item, ...]:
    folded = {name.casefold() for name in names}
    known = Counter(name for item in all_items for name in set(names_of(item)) if name)
    for name in names:
        if name.casefold() not in {each.casefold() for each in known}:
            raise NoMatch(f'there is no {sort} "{name}"; {_offer(name, sort, all_items, known)}')
    return tuple(item for item in items if any(each.casefold() in folded for each in names_of(item)))


def _offer(name: str, sort: str, items: Sequence[Item], known: Counter[str]) -> str:
    if sort == "deck":
        ids = dict.fromkeys(f"{item.deck.id} ({item.deck.name})" for item in items)
        return f"there is {', '.join(ids)}"
    listed = [f"{each} ({number})" for each, number in sorted(known.items())]
    if len(listed) > 30:
        close = get_close_matches(name, known, n=5, cutoff=0.4)
        return f"close to it: {', '.join(close)}" if close else f"there is {', '.join(listed[:30])} and more"
    return f"there is {', '.join(listed)}" if listed else f"no card has a {sort}"


def _deck_names(item: Item) -> tuple[str, ...]:
    """The id, and the name with each name above it: `Fine-tuning::Practice` lies in `Fine-tuning`."""
    return (item.deck.id, *_nested((item.deck.name,)))


def _nested(names: Iterable[str]) -> tuple[str, ...]:
    found = []
    for name in names:
        parts = name.split("::")
        found += ["::".join(parts[:number]) for number in range(1, len(parts) + 1)]
    return tuple(found)


def find(library: Library, name: str) -> tuple[Item, ...]:
    """The items that a name means: an id with all its blanks, or one blank as `id:2`. Raises `NoMatch`."""
    found = tuple(item for item in library.items if name in (item.id, item.name))
    if found:
        return found
    if not library.items:
        raise NoMatch(NO_CARDS)
    known = dict.fromkeys(name for item in library.items for name in (item.id, item.name))
    close = get_close_matches(name, known, n=3) or [each for each in known if name in each][:5]
    hint = f"did you mean {' or '.join(close)}?" if close else f"the first of {len(known)} is {next(iter(known))}"
    raise NoMatch(f'there is no card "{name}"; {hint}')
