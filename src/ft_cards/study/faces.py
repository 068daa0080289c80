"""An item → its face: what stands on front and back, and what the learner is to do. Free of any screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ft_cards.source.kinds.choice import Choice
from ft_cards.source.kinds.cloze import Cloze
from ft_cards.source.kinds.code import CodeCard
from ft_cards.source.kinds.common import Card as AnyCard
from ft_cards.source.kinds.explain import Explain
from ft_cards.source.kinds.recall import Recall
from ft_cards.source.kinds.story import Story
from ft_cards.study.cards import Item
from ft_cards.study.hiding import hide

SHORT = 40
"""Characters at most of a blank in prose that is typed; longer ones are only revealed."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown with math, under a title where it has one."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """A program; `marks` are the stretches (start, end) of `code` where a blank is or was."""

    code: str
    language: str
    marks: tuple[tuple[int, int], ...] = ()


Piece = Prose | Program


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a choice card; `why` says why it is wrong, where the author says it."""

    text: str
    right: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank to be typed. `options` are shown late, in a shuffled order, and hold the answer.

    `program` is the true program and `start` the blank's offset in it; both are empty for a blank in prose.
    """

    answer: str
    hint: str = ""
    options: tuple[str, ...] = ()
    program: str = ""
    start: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reveal:
    """Think, see the answer, judge yourself."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Pick the right one of the options, or all the right ones where `several` are."""

    options: tuple[Option, ...]

    @property
    def right(self) -> frozenset[int]:
        """The places of the right options."""
        return frozenset(place for place, option in enumerate(self.options) if option.right)

    @property
    def several(self) -> bool:
        """Whether more than one option is right."""
        return len(self.right) > 1


@dataclass(frozen=True, slots=True)
class Fill:
    """Type each blank, one after the other."""

    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """Say it, see the concepts, tick those that you made."""

    concepts: tuple[str, ...]


Task = Reveal | Pick | Fill | Tick


@dataclass(frozen=True, slots=True)
class Face:
    """A card as it is studied. `steps` are shown on the back one at a time, `more` after them."""

    front: tuple[Piece, ...]
    back: tuple[Piece, ...]
    task: Task
    hint: str = ""
    steps: tuple[str, ...] = ()
    more: tuple[Piece, ...] = ()


def face_of(item: Item, seed: str) -> Face:
    """The face of an item. `seed` gives the order of the options: the same seed, the same order."""
    card = item.model()
    front, back, task = _sides(card, item, f"{seed}\0{item.name}")
    return Face(
        tuple(front),
        tuple(back),
        task,
        "" if item.reverse else card.hint or "",
        card.steps if isinstance(card, Choice) else (),
        tuple(_more(card)),
    )


def _sides(card: AnyCard, item: Item, seed: str) -> tuple[Sequence[Piece], Sequence[Piece], Task]:
    match card:
        case Recall():
            sides = (Prose(card.question),), (Prose(card.answer),)
            return (*(sides[::-1] if item.reverse else sides), Reveal())
        case Choice():
            program = (Program(card.code, card.language),) if card.code else ()
            return (Prose(card.question), *program), (), Pick(_options(card, seed))
        case CodeCard():
            return _program(card, item.asked or 0, seed)
        case Cloze():
            return _cloze(card, item.key.number)
        case Explain():
            return (Prose(card.question),), (Prose(card.answer),) if card.answer else (), Tick(card.concepts)
        case Story():
            return (Prose(card.question), Prose(card.scenario)), tuple(_told(card)), Reveal()
    raise TypeError(f"no face for {type(card).__name__}")


def _more(card: AnyCard) -> Iterator[Piece]:
    if isinstance(card, Choice) and card.check:
        yield Prose(card.check, "Check")
    if card.explanation:
        yield Prose(card.explanation, "Why")
    if card.mistakes:
        yield Prose(_list(card.mistakes), "Common mistakes")
    if card.source:
        yield Prose(card.source, "Source")


def _told(card: Story) -> Iterator[Piece]:
    parts = {
        "The problem": card.problem,
        "The way out": card.solution,
        "Before": card.before,
        "After": card.after,
        "What it makes possible": card.enables,
        "In real life": card.example,
        "To take away": _list(card.takeaways),
    }
    yield from (Prose(text, title) for title, text in parts.items() if text)


def _list(texts: Sequence[str]) -> str:
    return "\n".join("- " + text.replace("\n", "\n  ") for text in texts)


def _shuffled(texts: Sequence[str], seed: str) -> list[int]:
    """An order of the texts that hangs on each text and the seed alone."""
    ranks = [hashlib.sha256(f"{seed}\0{text}".encode()).digest() for text in texts]
    return sorted(range(len(texts)), key=ranks.__getitem__)


def _options(card: Choice, seed: str) -> tuple[Option, ...]:
    options = [Option(text, right=True) for text in card.right]
    options += [Option(wrong.text, right=False, why=wrong.why or "") for wrong in card.distractors]
    texts = [option.text for option in options]
    if card.shuffle:
        return tuple(options[place] for place in _shuffled(texts, seed))
    from ft_cards.render.notes import fixed_order  # brings all that renders for Anki, and few cards ask for it

    return tuple(options[place] for place in fixed_order(texts))


def _program(card: CodeCard, asked: int, seed: str) -> tuple[Sequence[Piece], Sequence[Piece], Task]:
    spans = card.spans()
    hidden = spans if card.ask == "together" else [spans[asked]]
    gaps, signs = [], []
    for number, span in enumerate(hidden, 1):
        blank = card.blanks[span.index]
        texts = [blank.text, *blank.distractors] if blank.distractors else []
        options = tuple(texts[place] for place in _shuffled(texts, seed))
        gaps.append(Gap(blank.text, blank.hint or "", options, card.code, span.start, card.language))
        signs.append("[…]" if len(hidden) == 1 else f"[{number}]")
    front = _replaced(card.code, card.language, [(span.start, span.end) for span in hidden], signs)
    back = Program(card.code, card.language, tuple((span.start, span.end) for span in hidden))
    task = Fill(tuple(gaps)) if all(_typable(gap.answer, 2 * SHORT) for gap in gaps) else Reveal()
    return (Prose(card.question), front), (back,), task


def _typable(text: str, most: int) -> bool:
    return "\n" not in text and len(text) <= most


def _replaced(code: str, language: str, places: Sequence[tuple[int, int]], signs: Sequence[str]) -> Program:
    out, at, marks = "", 0, []
    for (start, end), sign in zip(places, signs, strict=True):
        out += code[at:start]
        marks.append((len(out), len(out) + len(sign)))
        out, at = out + sign, end
    return Program(out + code[at:], language, tuple(marks))


def _cloze(card: Cloze, number: int) -> tuple[Sequence[Piece], Sequence[Piece], Task]:
    hiding = hide(card.text, number)
    gaps = tuple(Gap(answer, hint) for answer, hint in hiding.hidden)
    task = Fill(gaps) if all(_typable(gap.answer, SHORT) and "$" not in gap.answer for gap in gaps) else Reveal()
    return (Prose(hiding.front),), (Prose(hiding.back),), task
