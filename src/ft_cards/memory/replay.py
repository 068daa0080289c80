"""A card's actions → its status. What the store keeps as memory is what comes out here.

Two rules. The interval of a review is a fact: it is what the learner was promised, and a replay keeps it,
whatever version computes it. And weights are never mixed: at the first answer under other weights, the
whole history of the card is counted again under the new ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from .parameters import Parameters
from .records import Action, CardKey, CardStatus, Event, EventKind, Grade, New, Review, Reviewed
from .scheduler import scheduler_for


def replay(key: CardKey, actions: Iterable[Action]) -> CardStatus:
    """The status of a card after its actions, given in order and without those taken back."""
    status = CardStatus(key)
    past: list[Action] = []
    for action in actions:
        status = advance(status, action, lambda: past)
        past.append(action)
    return status


def advance(status: CardStatus, action: Action, past: Callable[[], Sequence[Action]]) -> CardStatus:
    """The status after one more action; `past` fetches the earlier ones, which are seldom needed."""
    if action.parameters is not None:
        status = weighed(status, action.parameters, past)
    return _step(status, action)


def weighed(status: CardStatus, parameters: Parameters, past: Callable[[], Sequence[Action]]) -> CardStatus:
    """The status with stability and difficulty as under the weights of `parameters`; due dates stay."""
    before = status.parameters
    if before is None or before is parameters or before.weights == parameters.weights:
        return status
    again = CardStatus(status.key)
    for action in past():
        if action.parameters is not None:
            action = replace(action, parameters=replace(action.parameters, weights=parameters.weights))
        again = _step(again, action)
    memory = again.memory
    if isinstance(memory, New) or isinstance(status.memory, New):
        return status
    return replace(status, memory=replace(status.memory, stability=memory.stability, difficulty=memory.difficulty))


def _step(status: CardStatus, action: Action) -> CardStatus:
    if isinstance(action, Review):
        return _reviewed(status, action)
    return _handled(replace(status, version=action.id), action)


def _reviewed(status: CardStatus, review: Review) -> CardStatus:
    scheduler = scheduler_for(review.parameters)
    memory = scheduler.follow(status.memory, review.grade, review.at, review.day, review.interval)
    lapsed = review.grade == Grade.AGAIN and isinstance(status.memory, Reviewed)
    return CardStatus(
        status.key,
        review.id,
        memory,
        status.reviews + 1,
        status.lapses + lapsed,
        status.suspended,
        status.buried_until,
        review.parameters,
    )


def _handled(status: CardStatus, event: Event) -> CardStatus:
    match event.kind:
        case EventKind.SUSPEND:
            return replace(status, suspended=True)
        case EventKind.UNSUSPEND:
            return replace(status, suspended=False)
        case EventKind.BURY:
            return replace(status, buried_until=event.target)
        case EventKind.UNBURY:
            return replace(status, buried_until=None)
        case EventKind.RESET:
            return replace(status, memory=New(), reviews=0, lapses=0, parameters=None)
        case EventKind.SET_DUE:
            return _set_due(status, event)


def _set_due(status: CardStatus, event: Event) -> CardStatus:
    assert event.target is not None and event.parameters is not None
    memory = status.memory
    if isinstance(memory, New):
        memory = scheduler_for(event.parameters).assume(event.day, event.target)
    else:
        memory = Reviewed(memory.stability, memory.difficulty, memory.last_day, event.target)
    return replace(status, memory=memory, parameters=event.parameters)
