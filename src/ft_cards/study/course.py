"""Items, settings and the store → the day's queue and what comes after it. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ft_cards.memory.day import Calendar, Moment
from ft_cards.memory.queue import Queue, QueueSettings, order
from ft_cards.memory.records import StudyDay
from ft_cards.memory.situation import Situation
from ft_cards.memory.statistics import due_counts
from ft_cards.memory.store import Store
from ft_cards.study.cards import Item, keys_of
from ft_cards.study.settings import DeckSettings, Settings

DAYS_AHEAD = 30


def queue_of(items: Sequence[Item], situation: Situation, settings: Settings) -> Queue:
    """The queue for the items. A deck's own limits hold within the day's limits."""
    shuffled = replace(settings.queue, seed=int(situation.today)) if settings.new_order == "random" else settings.queue
    kept = _one_way(items, situation)
    for deck_id, own in settings.decks.items():
        if own.new_per_day is not None or own.reviews_per_day is not None:
            kept = _within(kept, deck_id, own, situation, shuffled)
    return order(keys_of(kept), situation, shuffled)


def _one_way(items: Sequence[Item], situation: Situation) -> Sequence[Item]:
    """The items without those that the other way round gives away: a card and its reverse come on different days.

    A new card comes before its reverse. What is in its steps stays.
    """
    backs = [item for item in items if item.reverse]
    ids = {item.card_id for item in backs}
    forward = {item.card_id: item for item in items if item.card_id in ids and not item.reverse} if ids else {}
    answered = {key for key, _ in situation.answered} | {card.key for card in situation.learning}
    due = {card.key for card in situation.due}
    left_out = set()
    for back in backs:
        front = forward.get(back.card_id)
        if front is None or (front.key in answered and back.key in answered):
            continue
        both_new = not {front.key, back.key} & situation.studied and front.key not in situation.hidden
        if back.key in answered:
            left_out.add(front.key)
        elif front.key in answered or front.key in due or both_new:
            left_out.add(back.key)
    return [item for item in items if item.key not in left_out] if left_out else items


def _within(
    items: Sequence[Item], deck_id: str, own: DeckSettings, situation: Situation, queue: QueueSettings
) -> list[Item]:
    """The items without those of the deck that its own limits keep out today."""
    keys = [item.key for item in items if item.deck.id == deck_id]
    mine = frozenset(keys)
    here = replace(situation, answered=tuple(each for each in situation.answered if each[0] in mine))
    limits = replace(
        queue,
        new_per_day=queue.new_per_day if own.new_per_day is None else own.new_per_day,
        reviews_per_day=queue.reviews_per_day if own.reviews_per_day is None else own.reviews_per_day,
    )
    shown = {*order(keys, here, limits).cards, *(card.key for card in situation.learning)}
    return [item for item in items if item.deck.id != deck_id or item.key in shown]


def forecast(store: Store, items: Sequence[Item], today: StudyDay, calendar: Calendar) -> tuple[int, ...]:
    """How many of the items come back on each study day from today on."""
    waiting = store.waiting(StudyDay(today + DAYS_AHEAD))
    return due_counts(waiting, set(keys_of(items)), today, calendar, days=DAYS_AHEAD)


def new_tomorrow(store: Store, items: Sequence[Item], moment: Moment, calendar: Calendar, settings: Settings) -> int:
    """How many of the unseen items tomorrow's limits let in."""
    tomorrow = store.situation(calendar.moment(moment.ends_at))
    return queue_of(items, replace(tomorrow, answered=(), learning=(), due=()), settings).counts.new
