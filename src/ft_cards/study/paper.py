"""A session's state → lines of plain text: what line mode writes. No colour, one thought a line."""

from __future__ import annotations

from collections.abc import Iterator

from ft_cards.memory.day import date_of
from ft_cards.memory.records import New, Review, Reviewed, UtcMillis
from ft_cards.study.faces import Fill, Pick, Piece, Program, Tick
from ft_cards.study.judge import TRIES, diff, misses
from ft_cards.study.messages import CardInfo, Ended, Question
from ft_cards.study.state import State
from ft_cards.study.summary import summarize
from ft_cards.study.words import (
    GRADES,
    LETTERS,
    count,
    day_text,
    days_text,
    duration_text,
    seconds_text,
    wait_text,
)


def front(state: State, question: Question) -> Iterator[str]:
    """A card that comes up."""
    counts, item = state.counts, question.item
    left = f"{counts.due} to go, cramming" if state.cramming else (
        f"new {counts.new}, learning {counts.learning}, due {counts.due}"
    )  # fmt: skip
    yield ""
    yield f"--- {item.name} ({', '.join(filter(None, (item.card.kind, question.level)))}) --- {left}"
    yield from pieces(question.face.front)
    task = question.face.task
    if isinstance(task, Pick):
        yield from (f"  {letter}  {option.text}" for letter, option in zip(LETTERS, task.options, strict=False))
    yield asked(state, question)


def asked(state: State, question: Question) -> str:
    """What the learner is to do now."""
    match question.face.task:
        case Pick() as task:
            return f"pick {len(task.right)} letters" if task.several else "pick a letter"
        case Fill(gaps) if state.gap is not None:
            which = f"blank {state.gap + 1} of {len(gaps)}" if len(gaps) > 1 else "the blank"
            tries = TRIES - misses(state.attempts, state.gap)
            return f"type {which} ({count(tries, 'try').replace('trys', 'tries')}), or Enter shows the answer"
        case Tick():
            return "say it in your own words, then Enter"
    return "Enter shows the answer"


def tried(state: State, question: Question) -> Iterator[str]:
    """A try that did not end the card: whether it was right, and what helps with the next one."""
    task, last = question.face.task, state.attempts[-1]
    assert isinstance(task, Fill)
    if last.right:
        yield "right"
    else:
        yield (f"not {last.text}" if last.gap == state.gap else f"not {last.text}; it is {task.gaps[last.gap].answer}")
    if state.hint:
        yield f"hint: {state.hint}"
    yield from (f"  {letter}  {text}" for letter, text in zip(LETTERS, state.options, strict=False))
    yield asked(state, question)


def back(state: State, question: Question) -> Iterator[str]:
    """The answer, the verdict and the grades."""
    task, face = question.face.task, question.face
    yield ""
    if state.verdict and state.verdict.text and not isinstance(task, Tick):
        yield f"{state.verdict.text}."
    match task:
        case Pick(options):
            for place, option in enumerate(options):
                sign = "right" if option.right else "wrong"
                picked = ", picked" if place in state.picked else ""
                why = f": {option.why}" if option.why else ""
                yield f"  {LETTERS[place]}  {option.text}  ({sign}{picked}){why}"
        case Fill(gaps):
            yield from _corrections(state, task)
            if len(gaps) == 1:
                yield f"answer: {gaps[0].answer}"
    yield from pieces(face.back)
    yield from pieces(face.more)
    if face.steps:
        yield f"(n shows the {count(len(face.steps), 'step')} of the solution, one at a time)"
    if isinstance(task, Tick):
        yield from ticks(state, task)
    yield grades(state, question)


def _corrections(state: State, task: Fill) -> Iterator[str]:
    """The last wrong try of each blank against its answer: [-typed-] {+missing+}."""
    last = {attempt.gap: attempt for attempt in state.attempts if not attempt.right}
    for gap, attempt in last.items():
        bits = diff(attempt.text, task.gaps[gap].answer)
        signs = {"same": "{}", "typed": "[-{}-]", "missing": "{{+{}+}}"}
        yield "  " + "".join(signs[bit.kind].format(bit.text) for bit in bits)


def ticks(state: State, task: Tick) -> Iterator[str]:
    """The concepts of an explanation, with those that the learner made."""
    yield "which of these did you say? (letters tick)"
    for place, concept in enumerate(task.concepts):
        yield f"  {LETTERS[place]}  [{'x' if place in state.picked else ' '}] {concept}"
    if state.verdict:
        yield state.verdict.text


def grades(state: State, question: Question) -> str:
    """The four grades with what each would give, and the suggestion."""
    assert state.verdict is not None
    waits = question.shown.outcomes
    told = [
        f"{each.grade} {GRADES[each.grade]}" + ("" if state.cramming else f" ({wait_text(each.wait)})")
        for each in waits
    ]
    grade = state.verdict.grade
    return f"{' · '.join(told)} · Enter: {grade} {GRADES[grade]}"


def pieces(several: tuple[Piece, ...]) -> Iterator[str]:
    """Texts as their source has them, programs set in."""
    for piece in several:
        if isinstance(piece, Program):
            yield from ("", *("    " + line for line in piece.code.splitlines()), "")
        elif piece.title:
            lines = piece.text.splitlines()
            yield from (f"{piece.title}: {piece.text}",) if len(lines) == 1 else (f"{piece.title}:", *lines)
        else:
            yield from piece.text.splitlines()


def kept(state: State, before: Question | None) -> str:
    """The line that acknowledges an action: when it is written, the answer is on the disk."""
    done = state.done[-1]
    if done.grade is None:
        return f"saved: {state.notice or done.name}"
    wait = before.shown.outcomes[done.grade - 1].wait if before and done.action is not None else None
    return f"{'saved' if wait else 'noted'}: {done.name} {GRADES[done.grade]}" + (
        f", back in {wait_text(wait)}" if wait else ""
    )


def info(card: CardInfo) -> Iterator[str]:
    """What is known of a card."""
    item, status, memory = card.item, card.status, card.status.memory
    yield f"card {item.name} in {item.deck.name}, {item.path.name} line {item.card.line}"
    if isinstance(memory, New):
        yield "state: new"
    else:
        due = day_text(memory.due_day, card.today) if isinstance(memory, Reviewed) else "in its steps"
        yield f"state: {memory.state}; due: {due}; last answered: {day_text(memory.last_day, card.today)}"
        strength = f"stability {memory.stability:.1f} days, difficulty {memory.difficulty:.1f} of 10"
        yield f"{strength}, chance of recall {100 * (card.recall or 0):.0f} %"
    yield f"answers: {status.reviews}, lapses: {status.lapses}{', a leech' if card.leech else ''}"
    if status.suspended:
        yield "suspended"
    if status.buried_until is not None and status.buried_until > card.today:
        yield f"buried until {day_text(status.buried_until, card.today)}"
    for action in card.history:
        what = GRADES[action.grade] if isinstance(action, Review) else action.kind.value
        if isinstance(action, Review):
            what += f" after {duration_text(action.duration)}" + (
                f", then {days_text(action.interval)}" if action.interval else ""
            )
        yield f"  {date_of(action.day)}  {what}"


def end(state: State, ending: Ended, now: UtcMillis) -> Iterator[str]:
    """The last lines: what was done and what comes."""
    summary = summarize(state)
    yield ""
    if summary.total.all:
        yield (
            f"{count(summary.total.all, 'answer')} on {count(summary.cards, 'card')} in "
            f"{duration_text(summary.duration)}, {summary.total.percent} % right"
        )
        for shares in (summary.kinds, summary.levels):
            if len(shares) > 1 or (shares and shares[0].name):
                yield "  " + ", ".join(f"{share.name or 'no level'} {share.right}/{share.all}" for share in shares)
    if summary.set_aside:
        yield f"{count(summary.set_aside, 'card')} set aside"
    left = ending.counts.new + ending.counts.learning + ending.counts.due
    if left:
        yield f"still to do today: {count(left, 'card')}"
    elif not summary.total.all:
        yield "nothing to do now"
    if ending.next_step_at is not None:
        yield f"the next card is due in {seconds_text(max(0, ending.next_step_at - now) / 1000)}"
    if not state.cramming:
        yield f"tomorrow: {count(ending.forecast[1], 'review')} and {ending.new_tomorrow} new"
