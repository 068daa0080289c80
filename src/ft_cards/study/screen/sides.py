"""A question and the session's state → the parts of the card's front and back. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from ft_cards.study import faces
from ft_cards.study.faces import Fill, Pick, Piece, Tick
from ft_cards.study.judge import Bit, diff
from ft_cards.study.messages import Question
from ft_cards.study.screen.prose import CLOSE, OPEN, Block, Program, Run, Words, blocks
from ft_cards.study.screen.scene import LETTERS, Aside, Judged, Part, Row, Sign, Tap, Title, Typed
from ft_cards.study.state import State


def front_parts(state: State, question: Question) -> tuple[Part, ...]:
    """The question, what was tried so far, the hint and the options."""
    return tuple(_front(state, question))


def back_parts(state: State, question: Question) -> tuple[Part, ...]:
    """The verdict, the answer, the worked steps that are open, and the rest."""
    return tuple(_back(state, question))


def _front(state: State, question: Question) -> Iterator[Part]:
    task = question.face.task
    for piece in question.face.front:
        if state.stage != "back" or not _is_filled_in(piece, question):
            yield from _piece(piece, question, asked=True)
    if state.stage == "back":
        return
    if isinstance(task, Pick):
        yield from _options(state, task)
    elif isinstance(task, Fill) and state.gap is not None:
        for attempt in state.attempts:
            label = f"[{attempt.gap + 1}]" if len(task.gaps) > 1 else ""
            yield Typed(
                f"{label} {'✓' if attempt.right else '✗'}".strip(), (Bit(attempt.text, _kind(right=attempt.right)),)
            )
        yield from (_choice(place, "letter", text) for place, text in enumerate(state.options))
    if state.hint:
        yield Aside("Hint", blocks(state.hint))


def _is_filled_in(piece: Piece, question: Question) -> bool:
    """Whether the back shows this piece again with its blanks filled in."""
    return question.item.card.kind == "cloze" or (isinstance(piece, faces.Program) and bool(piece.marks))


def _kind(*, right: bool) -> Literal["same", "typed"]:
    return "same" if right else "typed"


def _choice(place: int, sign: Sign, text: str) -> Row:
    return Row(LETTERS[place].upper(), sign, (Run(text, frozenset(("code",))),), place)


def _options(state: State, task: Pick) -> Iterator[Part]:
    if task.several:
        yield Title(f"Pick {len(task.right)}")
    for place, option in enumerate(task.options):
        sign: Sign = ("picked" if place in state.picked else "open") if task.several else "letter"
        yield Row(LETTERS[place].upper(), sign, _line(option.text), place)


def _back(state: State, question: Question) -> Iterator[Part]:
    face, verdict = question.face, state.verdict
    if verdict is not None and verdict.mark is not None and not isinstance(face.task, Tick):
        yield Judged(verdict.mark.value, verdict.text)
    else:
        yield Title("Answer", strong=True)
    match face.task:
        case Pick():
            yield from _judged_options(state, face.task)
        case Fill():
            yield from _diffs(state, face.task)
        case Tick():
            yield from _ticks(state, face.task)
    for piece in face.back:
        yield from _piece(piece, question, asked=False)
    for number, step in enumerate(face.steps[: state.steps], 1):
        yield Title(f"Step {number} of {len(face.steps)}")
        yield from blocks(step)
    if state.more_steps:
        yield Tap("n", f"{'next step' if state.steps else 'worked solution'}, {state.steps + 1} of {len(face.steps)}")
        return
    for piece in face.more:
        yield from _piece(piece, question, asked=False)


def _judged_options(state: State, task: Pick) -> Iterator[Row]:
    for place, option in enumerate(task.options):
        picked = place in state.picked
        sign: Sign = "seen"
        if option.right:
            sign = "missed" if task.several and state.picked and not picked else "right"
        elif picked:
            sign = "wrong"
        why = "not picked" if sign == "missed" else option.why
        yield Row(LETTERS[place].upper(), sign, _line(option.text), reason=_line(why) if why else ())


def _diffs(state: State, task: Fill) -> Iterator[Typed]:
    for number, gap in enumerate(task.gaps):
        wrong = [each.text for each in state.attempts if each.gap == number and not each.right]
        if wrong:
            label = f"[{number + 1}] you typed" if len(task.gaps) > 1 else "you typed"
            yield Typed(label, diff(wrong[-1], gap.answer))


def _ticks(state: State, task: Tick) -> Iterator[Part]:
    if state.said:
        yield Aside("In your words", (Words((Run(state.said),)),))
    made = f"{len(state.picked)} of {len(task.concepts)}"
    yield Title(f"Tick the points that you made · {made}")
    for place, concept in enumerate(task.concepts):
        yield Row(LETTERS[place].upper(), "picked" if place in state.picked else "open", _line(concept), place)


def _piece(piece: Piece, question: Question, *, asked: bool) -> Iterator[Part]:
    if isinstance(piece, faces.Program):
        kind = "blank" if asked else "filled"
        yield Program(piece.code, piece.language, blanks=tuple((start, end, kind) for start, end in piece.marks))
        return
    if piece.title:
        yield Title(piece.title)
    yield from blocks(_with_blanks(piece) if asked else piece.text)


def _with_blanks(prose: faces.Prose) -> str:
    """Put the signs of a blank around each stretch that is one."""
    text = prose.text
    for start, end in reversed(prose.marks):
        text = f"{text[:start]}{OPEN}{text[start:end]}{CLOSE}{text[end:]}"
    return text


def _line(text: str) -> tuple[Run, ...]:
    """A text in one line, its paragraphs joined; a program keeps its lines."""
    runs: list[Run] = []
    for block in blocks(text):
        if runs:
            runs.append(Run("\n"))
        runs += _runs_of(block)
    return tuple(runs)


def _runs_of(block: Block) -> Sequence[Run]:
    if isinstance(block, Program):
        return (Run(block.code, frozenset(("code",))),)
    if isinstance(block, Words):
        lead = (Run(f"{block.lead} "),) if block.lead else ()
        return (*lead, *block.runs)
    return ()
