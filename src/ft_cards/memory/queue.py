"""The cards of a project and a situation → the cards to show, in order. Pure.

As Anki does: cards in the steps that are due come first, then reviews with the new cards spread evenly
among them, and last the steps that are due soon. One sibling (a card of the same note) a day. The order is
a function of what is stored, so it survives a restart, and an undo gives the old queue back.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from typing import Literal
from zlib import crc32

from .records import CardKey, CardStatus, Seconds, UtcMillis
from .situation import Due, InSteps, Situation

_TWENTY_MINUTES = Seconds(20 * 60)


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """How much a day, and in which order. Raises ValueError for a negative number.

    The limits count what was done today, in every project of the store. `learn_ahead` is how early a step
    may come when nothing else is left. `seed` shuffles the new cards, None keeps the order of the source.
    """

    new_per_day: int = 20
    reviews_per_day: int = 200
    learn_ahead: Seconds = _TWENTY_MINUTES
    seed: int | None = None
    leech_lapses: int = 8

    def __post_init__(self) -> None:
        for name in ("new_per_day", "reviews_per_day", "learn_ahead", "leech_lapses"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} can't be negative, and {getattr(self, name)} is")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards of each sort the queue holds."""

    new: int
    learning: int
    due: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The cards to show, and `next_step_at`: when the next one not in `cards` comes out of its step today."""

    cards: tuple[CardKey, ...]
    counts: Counts
    next_step_at: UtcMillis | None = None


Sort = Literal["new", "review"]


def order(cards: Sequence[CardKey], situation: Situation, settings: QueueSettings) -> Queue:
    """The queue for the chosen cards, given in the order of the source."""
    chosen = frozenset(cards)
    steps = [card for card in situation.learning if card.key in chosen]
    taken = _Siblings([key for key, _ in situation.answered] + [card.key for card in steps])
    done_new = sum(state == "new" for _, state in situation.answered)
    done_reviews = sum(state == "review" for _, state in situation.answered)
    due = sorted(
        (card for card in situation.due if card.key in chosen),
        key=lambda card: (-overdueness(card, situation), card.key),
    )
    reviews = list(taken.admit((card.key for card in due), settings.reviews_per_day - done_reviews))
    fresh = filterfalse(situation.hidden.__contains__, filterfalse(situation.studied.__contains__, cards))
    new = list(taken.admit(_shuffled(fresh, settings.seed), settings.new_per_day - done_new))
    now = [card.key for card in steps if _is_due(card, situation)]
    horizon = situation.at + 1000 * settings.learn_ahead
    later = [card for card in steps if not _is_due(card, situation)]
    soon = [card.key for card in later if card.due_at <= horizon]
    main = spread_evenly(reviews, new, done_reviews, done_new)
    return Queue(
        (*now, *main, *soon),
        Counts(len(new), len(now) + len(soon), len(reviews)),
        min((card.due_at for card in later if card.due_at > horizon), default=None),
    )


def cram(cards: Sequence[CardKey], situation: Situation, *, seed: int | None = None) -> Queue:
    """All chosen cards, due or not, in the order of the source or shuffled; no suspended or buried ones."""
    shown = tuple(_shuffled((key for key in cards if key not in situation.hidden), seed))
    new = sum(key not in situation.studied for key in shown)
    return Queue(shown, Counts(new, 0, len(shown) - new))


def is_leech(status: CardStatus, settings: QueueSettings) -> bool:
    """Whether the card was forgotten so often that it should be reworded; never if the setting is 0."""
    return 0 < settings.leech_lapses <= status.lapses


def overdueness(card: Due, situation: Situation) -> float:
    """Days since the last answer in units of the stability: how far the recall has sunk."""
    return (situation.today - card.last_day) / card.stability


def spread_evenly(
    reviews: Sequence[CardKey], new: Sequence[CardKey], done_reviews: int, done_new: int
) -> Iterator[CardKey]:
    """The new cards evenly among the reviews, going on where the day's course stands."""
    all_reviews, all_new = done_reviews + len(reviews), done_new + len(new)
    ahead, place = iter(reviews), done_reviews
    for index, key in enumerate(new, start=done_new + 1):
        turn = index * (all_reviews + 1) // (all_new + 1)  # so many reviews come before this new card
        while place < turn and place < all_reviews:
            yield next(ahead)
            place += 1
        yield key
    yield from ahead


def _is_due(card: InSteps, situation: Situation) -> bool:
    """A step that reached into another study day is due when that day begins."""
    return card.due_at <= situation.at or card.last_day < situation.today


def _shuffled(keys: Iterable[CardKey], seed: int | None) -> Iterable[CardKey]:
    """The keys in an order that depends on each key and the seed alone, so it stays when one leaves."""
    if seed is None:
        return keys
    ranked = [(crc32(f"{seed}:{key.number}:{key.guid}".encode("utf-8", "surrogatepass")), key) for key in keys]
    heapq.heapify(ranked)
    return (heapq.heappop(ranked)[1] for _ in range(len(ranked)))


class _Siblings:
    """Lets one card of each note through, and none of a note that has had its turn today."""

    def __init__(self, had: Iterable[CardKey]) -> None:
        self._had: defaultdict[str, set[int]] = defaultdict(set)
        for guid, number in had:
            self._had[guid].add(number)

    def admit(self, keys: Iterable[CardKey], limit: int) -> Iterator[CardKey]:
        """The first keys, up to the limit, whose siblings have not had their turn."""
        if limit <= 0:
            return
        for key in keys:
            if key.guid not in self._had or self._had[key.guid] == {key.number}:
                self._had[key.guid].add(key.number)
                yield key
                limit -= 1
                if limit == 0:
                    return
