"""A session over plain lines: for pipes, screen readers and scripts. Text in, text out, no colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ft_cards.memory.records import Grade, UtcMillis
from ft_cards.study import paper
from ft_cards.study.desk import Desk
from ft_cards.study.faces import Fill, Pick, Tick
from ft_cards.study.messages import CardInfo, Choose, Command, Enter, Key, Question, Rate, Submit
from ft_cards.study.state import State
from ft_cards.study.words import LETTERS

HELP = """\
Enter    show the answer; after it, take the suggested grade
1 to 4   grade: 1 Again, 2 Hard, 3 Good, 4 Easy
letters  pick options (`b`, or `ac` where several are right); tick the concepts you made
text     fill the blank
u undo · b bury until tomorrow · s suspend · e edit the source · h hint · n next step of the solution
i the card's history and memory · ? this help · q leave (all is saved)
A colon makes a command where a letter would be an answer (`:b`), an equals sign an answer where it
would be a command (`=i`)."""


def run(desk: Desk, lines: Iterable[str], write: Callable[[str], None]) -> None:
    """Hold the session: read a line a time, write what changes. The end of `lines` leaves with all saved.

    Raises `StoreError`; what was answered before is kept.
    """

    def say(before: State | None) -> None:
        write("".join(f"{line}\n" for line in told(before, desk.state, desk.now())))

    say(None)
    source, leaving = iter(lines), desk.state.stage == "end"
    while not leaving:
        before, line = desk.state, next(source, None)
        keys = [Command.QUIT] if line is None else keys_of(line.rstrip("\r\n"), before)
        if before.stage == "end" and keys != [Command.UNDO]:
            return
        for key in keys:
            desk.press(key)
        say(before)
        if desk.state.overlay is not None:  # it is written, so there is nothing to close
            desk.press(Enter())
        leaving = desk.state.stage == "end" and (keys == [Command.QUIT] or not desk.state.done)
        if desk.state.stage == "end" and not leaving:
            write("u takes the last answer back, Enter leaves\n")


def told(before: State | None, state: State, now: UtcMillis) -> Iterator[str]:
    """What to write when the state has changed from `before`, which is None at the beginning."""
    acted = before is not None and len(state.done) > len(before.done)
    if before is not None and acted:
        yield paper.kept(state, before.question)
    if state.notice and not (acted and state.done[-1].grade is None):
        yield state.notice
    if state.overlay == "help":
        yield HELP
    elif isinstance(state.overlay, CardInfo):
        yield from paper.info(state.overlay)
    if state.stage == "end" and state.ending:
        yield from paper.end(state, state.ending, now)
    elif state.question is not None and state.overlay is None:
        yield from _card(before, state, state.question)


def _card(before: State | None, state: State, question: Question) -> Iterator[str]:
    if before is None or before.question is not question:
        yield from paper.front(state, question)
    elif state.stage == "back" and before.stage != "back":
        yield from paper.back(state, question)
    elif state.stage == "back" and state.steps > before.steps:
        yield f"step {state.steps} of {len(question.face.steps)}: {question.face.steps[state.steps - 1]}"
        yield paper.grades(state, question)
    elif state.stage == "back" and state.picked != before.picked and isinstance(question.face.task, Tick):
        yield from paper.ticks(state, question.face.task)
        yield paper.grades(state, question)
    elif len(state.attempts) > len(before.attempts):
        yield from paper.tried(state, question)
    elif state.hinted and not before.hinted:
        yield f"hint: {state.hint}"


def keys_of(line: str, state: State) -> list[Key]:
    """What a line means at this stage of the session."""
    text = line.strip()
    if text[:1] == ":" and text[1:].strip().lower() in _COMMANDS:
        return [Command(text[1:].strip().lower())]
    if not text:
        return [Enter()]
    if text[:1] == "=" and state.gap is not None:
        return [Submit(text[1:])]
    if (places := _places(text, state)) is not None:
        picked: list[Key] = [Choose(place) for place in places]
        task = state.question.face.task if state.question else None
        sends = isinstance(task, Pick) and task.several and state.stage != "back"
        return [*picked, Enter()] if sends else picked
    if text.lower() in _COMMANDS:
        return [Command(text.lower())]
    if text in ("1", "2", "3", "4") and state.gap is None:
        return [Rate(Grade(int(text)))]
    return [Submit(text)]


_COMMANDS = {command.value for command in Command}


def _places(text: str, state: State) -> list[int] | None:
    """The options that a line of letters picks; None if it is no such line."""
    letters = text.upper().replace(",", "").replace(" ", "")
    places = [LETTERS.find(letter) for letter in letters]
    if state.question is None or len(set(places)) < len(places):
        return None
    match state.question.face.task:
        case Pick(options) if state.stage != "back":
            number, most = len(options), len(options) if state.question.face.task.several else 1
        case Tick(concepts) if state.stage == "back":
            number = most = len(concepts)
        case Fill() if state.options and text not in state.options:
            number, most = len(state.options), 1
        case _:
            return None
    return places if len(places) <= most and all(0 <= place < number for place in places) else None
