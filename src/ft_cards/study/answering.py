"""A question and what is typed or picked → the state after it, up to the judged answer. Pure."""

from __future__ import annotations

from dataclasses import replace

from ft_cards.memory.records import Grade
from ft_cards.study.faces import Fill, Pick, Reveal, Tick
from ft_cards.study.judge import Attempt, Verdict, fits, judge_attempts, judge_pick, judge_ticks
from ft_cards.study.messages import Choose, Enter, Question, Rate, Submit
from ft_cards.study.state import State

_EARLY = "see the answer first: Enter shows it, then 1 to 4 grades"


def on_front(state: State, question: Question, key: Enter | Submit | Choose | Rate) -> State:
    """What a key does before the answer is shown."""
    task = question.face.task
    match key, task:
        case Rate(), _:
            return replace(state, notice=_EARLY)
        case Enter(), _:
            return _reveal(state, question)
        case Choose(place), Pick(options) if 0 <= place < len(options):
            if not task.several:
                return _reveal(replace(state, picked=frozenset({place})), question)
            return replace(state, picked=state.picked ^ {place}, stage="answering")
        case Choose(place), Fill() if 0 <= place < len(state.options):
            return _type(state, question, task, state.options[place])
        case Choose(), _:
            return replace(state, notice="there is no such option here")
        case Submit(text), Fill() if text.strip():
            return _type(state, question, task, text)
        case Submit(text), Tick() | Reveal() if text.strip():
            return _reveal(replace(state, said=text), question)
        case Submit(text), _ if text.strip():
            return replace(state, notice="pick by letter, or Enter shows the answer")
    return _reveal(state, question)


def _type(state: State, question: Question, task: Fill, text: str) -> State:
    gap = state.gap
    assert gap is not None
    attempt = Attempt(gap, text.strip(), fits(task.gaps[gap], text))
    state = replace(state, attempts=(*state.attempts, attempt), stage="answering")
    return _reveal(state, question) if state.gap is None else state


def _reveal(state: State, question: Question) -> State:
    return judged(replace(state, stage="back"), question)


def judged(state: State, question: Question) -> State:
    """The state with the verdict on what was typed, picked or ticked."""
    task = question.face.task
    match task:
        case Pick() if state.picked:
            verdict = judge_pick(task, state.picked)
            if state.hinted and verdict.grade == Grade.GOOD:
                verdict = replace(verdict, grade=Grade.HARD, text="Right, with the hint")
        case Fill():
            verdict = judge_attempts(task, state.attempts, hinted=state.hinted)
        case Tick():
            verdict = judge_ticks(task, state.picked)
        case _:
            verdict = Verdict(Grade.GOOD)
    return replace(state, verdict=verdict)


def response_of(state: State, question: Question) -> str | None:
    """What was typed, picked or ticked, as the store keeps it: one text a line."""
    match question.face.task:
        case Pick(options):
            texts = [options[place].text for place in sorted(state.picked)]
        case Tick(concepts):
            texts = [
                *([state.said] if state.said else []),
                *(concepts[place] for place in sorted(state.picked)),
            ]
        case _:
            texts = [attempt.text for attempt in state.attempts] or ([state.said] if state.said else [])
    return "\n".join(texts) or None
