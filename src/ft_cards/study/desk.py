"""Keys → answers in the store → the state to draw: the shell around the pure session."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ft_cards.memory.day import Calendar, Moment
from ft_cards.memory.errors import AnsweredElsewhere
from ft_cards.memory.queue import Counts, cram, is_leech
from ft_cards.memory.records import CardKey, Grade, New, StudyDay, UtcMillis
from ft_cards.memory.scheduler import scheduler_for
from ft_cards.memory.store import Store
from ft_cards.study.cards import Item, Library, keys_of
from ft_cards.study.course import forecast, new_tomorrow, queue_of
from ft_cards.study.faces import face_of
from ft_cards.study.messages import (
    CardInfo,
    Deal,
    Dealt,
    Edit,
    Edited,
    Effect,
    Ended,
    Finish,
    Keep,
    Kept,
    Key,
    Look,
    Question,
    Refused,
    Reply,
    SetAside,
    TakeBack,
    TakenBack,
)
from ft_cards.study.session import begin, press, told
from ft_cards.study.settings import Settings
from ft_cards.study.state import State

Editor = Callable[[Path, int], None]
"""Opens a file at a line and returns when the learner is done. Raises OSError."""


class Desk:
    """A running session. Draw `state`; `press` keys. Every answer is on the disk when `press` returns.

    Methods raise `StoreError` when the world fails; what was answered before is kept.
    """

    def __init__(
        self,
        store: Store,
        load: Callable[[], Library],
        settings: Settings,
        clock: Callable[[], UtcMillis],
        *,
        calendar: Calendar | None = None,
        seed: str = "",
        limit: int | None = None,
        cramming: bool = False,
    ) -> None:
        """Show the first card. `load` reads the chosen items; `seed` orders the options, for this session."""
        self.store = store
        self.settings = settings
        self.library = load()
        self.editor: Editor | None = None
        self._load = load
        self._clock = clock
        self._calendar = calendar or Calendar(rollover_hour=settings.rollover_hour)
        self._seed = seed
        crammed = None
        if cramming:
            shuffle = self._now().day if settings.new_order == "random" else None
            crammed = cram(keys_of(self.library.items), store.situation(self._now()), seed=shuffle).cards
        self.state: State = self._run(*begin(limit=limit, cram=crammed))

    def press(self, key: Key) -> State:
        """Do what the key says, with all its effects, and return the new state."""
        self.state = self._run(*press(self.state, key, self._clock()))
        return self.state

    def _run(self, state: State, effect: Effect | None) -> State:
        while effect is not None:
            state, effect = told(state, self._reply(state, effect))
        return state

    def now(self) -> UtcMillis:
        """What the clock says."""
        return self._clock()

    def _now(self) -> Moment:
        return self._calendar.moment(self._clock())

    def _reply(self, state: State, effect: Effect) -> Reply:
        match effect:
            case Deal(key):
                return self._deal(state, key)
            case Keep():
                return self._keep(effect)
            case SetAside(key, kind, name):
                return Kept(self.store.mark(key, kind, self._now(), name=name).id)
            case TakeBack(action):
                try:
                    self.store.undo(action, self._clock())
                except AnsweredElsewhere as error:
                    return Refused(str(error))
                return TakenBack()
            case Look(item):
                return look(self.store, item, self.settings, self._now())
            case Edit(item):
                return self._edit(item)
            case Finish():
                return self._ended(state)

    def _keep(self, keep: Keep) -> Reply:
        try:
            kept = self.store.answer(keep.shown, keep.grade, keep.at, keep.duration, keep.response, keep.name)
        except AnsweredElsewhere as error:
            return Refused(str(error))
        lapsed = keep.grade == Grade.AGAIN and kept.status.lapses > keep.shown.status.lapses
        return Kept(kept.review.id, lapsed and is_leech(kept.status, self.settings.queue))

    def _deal(self, state: State, key: CardKey | None) -> Reply:
        """Bring the wanted card, or the first of the queue; an unwanted one, should the wanted be gone."""
        now = self._now()
        if state.left is not None:
            counts = Counts(0, 0, len(state.left))
            known = [each for each in (key, *state.left) if each is not None and each in self.library.by_key]
            return Dealt(self._question(known[0], now), counts) if known else self._ended(state)
        queue = queue_of(self.library.items, self.store.situation(now), self.settings)
        wanted = key if key in self.library.by_key else None
        if wanted is None and not queue.cards:
            return self._ended(state)
        return Dealt(self._question(wanted or queue.cards[0], now), queue.counts)

    def _question(self, key: CardKey, now: Moment) -> Question:
        item = self.library.by_key[key]
        shown = self.store.show(key, self.settings.parameters_of(item.deck.id), now)
        return Question(item, face_of(item, self._seed), shown, now.at, item.level)

    def _ended(self, state: State) -> Ended:
        now, items = self._now(), self.library.items
        situation = self.store.situation(now)
        queue = queue_of(items, situation, self.settings)
        return Ended(
            Counts(0, 0, len(state.left)) if state.left is not None else queue.counts,
            queue.next_step_at,
            forecast(self.store, items, situation.today, self._calendar),
            new_tomorrow(self.store, items, now, self._calendar, self.settings),
        )

    def _edit(self, item: Item) -> Edited:
        if self.editor is None or not os.access(item.path, os.W_OK):
            return Edited(None, f"{item.path} can't be changed here; `ft-cards init` makes a project of your own")
        try:
            self.editor(item.path, item.card.line)
        except OSError as error:
            return Edited(None, f"the editor could not be started: {error}; set EDITOR to one that is there")
        library = self._load()
        if item.key not in library.by_key:
            why = "has errors now, `ft-cards check` names them" if library.broken else "does not hold this card now"
            return Edited(None, f"{item.path.name} {why}; the card is shown as it was")
        self.library = library
        changed = library.by_key[item.key].card.content != item.card.content
        return Edited(self._question(item.key, self._now()), "changed" if changed else "as it was")


def look(store: Store, item: Item, settings: Settings, now: Moment) -> CardInfo:
    """All there is to know of a card. Raises `StoreError`."""
    status, today = store.status(item.key), store.today(now.day)
    memory, recall, curve = status.memory, None, []
    if not isinstance(memory, New):
        scheduler = scheduler_for(status.parameters or settings.parameters_of(item.deck.id))
        recall = scheduler.recall(memory, today)
        reach = max(today - memory.last_day, round(2 * memory.stability), 8)
        for step in range(41):
            day = StudyDay(memory.last_day + round(step * reach / 40))
            curve.append((day, scheduler.recall(memory, day)))
    history = tuple(store.actions(item.key))
    leech = is_leech(status, settings.queue)
    return CardInfo(item, status, today, recall, tuple(dict(curve).items()), history, leech)
