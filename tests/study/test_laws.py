"""Laws of a session: undoing gives everything back; no key at any moment breaks it."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ft_cards.memory.queue import Queue
from ft_cards.memory.records import Grade
from ft_cards.study.course import forecast, queue_of
from ft_cards.study.desk import Desk
from ft_cards.study.messages import Choose, Command, Enter, Key, Rate, Submit
from ft_cards.study.settings import Settings
from ft_cards.study.summary import Summary, summarize
from tests.study.desks import TODAY, UTC, Room, room

KEYS: st.SearchStrategy[Key] = st.one_of(
    st.just(Enter()),
    st.sampled_from(Grade).map(Rate),
    st.integers(0, 4).map(Choose),
    st.sampled_from(["backward", "step", "freezes", "x", " "]).map(Submit),
    st.sampled_from([each for each in Command if each not in (Command.QUIT, Command.UNDO)]),
)
STEPS = st.lists(st.tuples(KEYS, st.sampled_from([1, 90, 700, 90_000])), max_size=40)


def view(made: Room, desk: Desk) -> tuple[Any, Queue, tuple[int, ...], Summary, Any]:
    """Store, queue, forecast, counters and question, as a learner sees them; the clock stands still."""
    items = desk.library.items
    now = UTC.moment(made.clock())
    queue = queue_of(items, made.store.situation(now), Settings())
    state = desk.state
    return (
        [made.store.status(item.key) for item in items],
        queue,
        forecast(made.store, items, TODAY, UTC),
        summarize(state),
        (state.question.item.name if state.question else None, state.left),
    )


@settings(max_examples=60)
@given(before=STEPS, after=STEPS, cramming=st.booleans())
def test_undoing_gives_back_store_queue_and_counters(before: Any, after: Any, cramming: bool) -> None:
    with TemporaryDirectory() as folder, closing((made := room(Path(folder))).store):
        desk = made.desk(cramming=cramming)
        for key, seconds in before:
            desk.press(key)
            made.clock.forward(seconds=seconds)
        if desk.state.overlay:
            desk.press(Enter())
        if desk.state.stage == "end":
            return
        start, number, first = made.clock(), len(desk.state.done), view(made, desk)
        for key, _ in after:
            desk.press(key)
        if desk.state.overlay:
            desk.press(Enter())
        undone = len(desk.state.done) - number
        for _ in range(undone):
            desk.press(Command.UNDO)
        made.clock.at = start
        if undone:  # else the card may be the same one, half answered, or edited
            assert view(made, desk) == first
        assert made.store.differences() == []


@settings(max_examples=60)
@given(STEPS)
def test_every_answer_on_the_screen_is_in_the_store(steps: Any) -> None:
    with TemporaryDirectory() as folder, closing((made := room(Path(folder))).store):
        desk = made.desk()
        for key, seconds in [*steps, (Command.UNDO, 1), *steps]:
            desk.press(key)
            made.clock.forward(seconds=seconds)
            stored = [action.id for action in sorted(made.store.actions(), key=lambda action: action.id)]
            assert [done.action for done in desk.state.done] == stored
        assert made.store.differences() == []
