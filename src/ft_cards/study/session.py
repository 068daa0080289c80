"""(state, key or reply) → (state, effect): a session as a pure state machine.

The shell around it (`desk`) does the effects on the store and hands the replies back; screens draw the state.
"""

from __future__ import annotations

from dataclasses import replace

from ft_cards.memory.records import CardKey, EventKind, Grade, Millis, UtcMillis
from ft_cards.study.answering import judged, on_front, response_of
from ft_cards.study.faces import Tick
from ft_cards.study.messages import (
    CardInfo,
    Choose,
    Command,
    Deal,
    Dealt,
    Edit,
    Edited,
    Effect,
    Ended,
    Enter,
    Finish,
    Keep,
    Kept,
    Key,
    Look,
    Question,
    Rate,
    Refused,
    Reply,
    SetAside,
    Submit,
    TakeBack,
    TakenBack,
)
from ft_cards.study.state import Done, State

Next = tuple[State, Effect | None]


def begin(*, limit: int | None = None, cram: tuple[CardKey, ...] | None = None) -> Next:
    """The first state, and the effect that brings the first card. `cram` are the cards to go through."""
    state = State(limit=limit, left=cram)
    return _next(state)


def press(state: State, key: Key, at: UtcMillis) -> Next:
    """What a key does. `at` is the clock's instant. While the shell is at work keys do nothing."""
    if state.stage == "waiting":
        return state, None
    if state.overlay is not None and not isinstance(key, Rate):
        closing = isinstance(key, Enter) or key in (Command.HELP, Command.INFO, Command.QUIT)
        state = replace(state, overlay=None)
        if closing:
            return state, None
    state = replace(state, notice="", overlay=None)
    if isinstance(key, Command):
        return _command(state, key)
    if state.stage == "end" or state.question is None:
        return _next(state) if isinstance(key, Enter) else (replace(state, notice=_OVER), None)
    if state.stage == "back":
        return _on_back(state, state.question, key, at)
    return on_front(state, state.question, key), None


def told(state: State, reply: Reply) -> Next:
    """What a reply of the shell does."""
    match reply:
        case Dealt(question, counts):
            return _shown(replace(state, counts=counts), question), None
        case Ended():
            return replace(state, stage="end", question=None, counts=reply.counts, ending=reply, overlay=None), None
        case Kept(action, leech):
            assert state.pending is not None
            done = (*state.done, replace(state.pending, action=action))
            notice = _LEECH.format(name=state.pending.name) if leech else state.notice
            return _next(replace(state, done=done, pending=None, notice=notice))
        case TakenBack():
            undone = state.done[-1]
            return replace(state, done=state.done[:-1], notice=_undone(undone)), Deal(undone.key)
        case Refused(message) if state.pending is not None:
            return _next(replace(state, pending=None, notice=message))
        case Refused(message):
            return replace(state, stage=state.resume, notice=message), None
        case CardInfo():
            return replace(state, stage=state.resume, overlay=reply), None
        case Edited(None, notice):
            return replace(state, stage=state.resume, notice=notice), None
        case Edited(question, notice):
            assert question is not None
            return replace(_shown(state, question), notice=notice), None


_OVER = "the session is over: u takes the last answer back, Enter looks for more, q leaves"
_LEECH = "{name} is a leech: it was forgotten again and again. Reword it, or `ft-cards suspend {name}`"


def _undone(done: Done) -> str:
    return f"taken back: {done.grade.name.title() if done.grade else 'set aside'} on {done.name}"


def _next(state: State) -> Next:
    """Go on to the next card, or to the end if the limit is reached or nothing is left to cram."""
    state = replace(state, stage="waiting")
    if state.limit is not None and len(state.answers) >= state.limit:
        return state, Finish()
    if state.left is None:
        return state, Deal()
    return state, Deal(state.left[0]) if state.left else Finish()


def _shown(state: State, question: Question) -> State:
    """The state with a question that comes up fresh."""
    return State(
        "front",
        question,
        state.counts,
        notice=state.notice,
        done=state.done,
        limit=state.limit,
        left=state.left,
    )


def _command(state: State, key: Command) -> Next:
    if key == Command.UNDO:
        return _undo(state)
    if key == Command.HELP:
        return replace(state, overlay="help"), None
    if key == Command.QUIT:
        return replace(state, stage="waiting"), Finish()
    question = state.question
    if question is None:
        return replace(state, notice=_OVER), None
    match key:
        case Command.HINT:
            return _hint(state), None
        case Command.STEP:
            return _step(state), None
        case Command.INFO:
            return _ask(state, Look(question.item))
        case Command.EDIT:
            return _ask(state, Edit(question.item))
    if state.cramming:
        return replace(state, notice="cramming leaves the schedule alone: nothing is buried or suspended"), None
    kind = EventKind.BURY if key == Command.BURY else EventKind.SUSPEND
    told = "is left out until tomorrow" if kind == EventKind.BURY else "is left out until `ft-cards suspend --undo`"
    notice = f"{question.item.name} {told}; u takes it back"
    done = replace(_done(state, question, None, UtcMillis(question.at)), left=None)
    state = replace(state, stage="waiting", pending=done, notice=notice)
    return state, SetAside(question.item.key, kind, question.item.id)


def _ask(state: State, effect: Effect) -> Next:
    return replace(state, stage="waiting", resume=state.stage), effect


def _undo(state: State) -> Next:
    if not state.done:
        return replace(state, notice="nothing to take back in this session"), None
    last = state.done[-1]
    if state.cramming:
        assert last.left is not None
        state = replace(state, stage="waiting", done=state.done[:-1], left=last.left, notice=_undone(last))
        return state, Deal(last.key)
    assert last.action is not None
    return _ask(state, TakeBack(last.action))


def _hint(state: State) -> State:
    if state.stage == "back":
        return replace(state, notice="the answer is shown already")
    if not state.has_hint:
        return replace(state, notice="this card has no hint")
    return replace(state, hinted=True)


def _step(state: State) -> State:
    if state.stage != "back":
        return replace(state, notice="the steps of the solution come after the answer")
    if not state.more_steps:
        return replace(state, notice="there is no further step")
    return replace(state, steps=state.steps + 1)


def _on_back(state: State, question: Question, key: Enter | Submit | Choose | Rate, at: UtcMillis) -> Next:
    task = question.face.task
    match key:
        case Rate(grade):
            return _graded(state, question, grade, at)
        case Enter():
            assert state.verdict is not None
            return _graded(state, question, state.verdict.grade, at)
        case Choose(place) if isinstance(task, Tick) and place < len(task.concepts):
            return judged(replace(state, picked=state.picked ^ {place}), question), None
    return replace(state, notice="1 to 4 grades, Enter takes the suggestion"), None


def _graded(state: State, question: Question, grade: Grade, at: UtcMillis) -> Next:
    done = _done(state, question, grade, at)
    if state.left is not None:
        rest = tuple(key for key in state.left if key != question.item.key)
        left = (*rest, question.item.key) if grade == Grade.AGAIN else rest
        return _next(replace(state, done=(*state.done, done), left=left))
    keep = Keep(question.shown, grade, at, done.duration, response_of(state, question), question.item.id)
    return replace(state, stage="waiting", pending=done), keep


def _done(state: State, question: Question, grade: Grade | None, at: UtcMillis) -> Done:
    item = question.item
    duration = Millis(max(0, at - question.at))
    return Done(item.key, item.name, item.card.kind, question.level, grade, duration, None, state.left)
