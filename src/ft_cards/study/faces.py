"""An item → its face: what stands on front and back, and what the learner is to do. Free of any screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ft_cards.source.places import picked
from ft_cards.study.cards import Item

SHORT = 40
"""Characters at most of a blank in prose that is typed; longer ones are only revealed."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown with math, under a title where it has one.

    `marks` are the stretches (start, end) of `text` where a blank of a cloze is or was.
    """

    text: str
    title: str = ""
    marks: tuple[tuple[int, int], ...] = ()


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


Fields = Mapping[str, Any]
"""A card's keys as its deck has them, valid and without those that are left at their default.

Not its kind's model: to import pydantic takes longer than all else that comes before the first card.
"""


def face_of(item: Item, seed: str) -> Face:
    """The face of an item. `seed` gives the order of the options: the same seed, the same order."""
    card = item.card.fields
    front, back, task = _sides(card, item, f"{seed}\0{item.name}")
    hint = "" if item.reverse else card.get("hint", "")
    return Face(tuple(front), tuple(back), task, hint, tuple(card.get("steps", ())), tuple(_more(card)))


def _sides(card: Fields, item: Item, seed: str) -> tuple[Sequence[Piece], Sequence[Piece], Task]:
    match item.card.kind:
        case "recall":
            sides = (Prose(card["question"]),), (Prose(card["answer"]),)
            return (*(sides[::-1] if item.reverse else sides), Reveal())
        case "choice":
            program = (Program(card["code"], _language(card)),) if "code" in card else ()
            return (Prose(card["question"]), *program), (), Pick(_options(card, seed))
        case "code":
            return _program(card, item.asked or 0, seed)
        case "cloze":
            return _cloze(card, item.key.number)
        case "explain":
            answer = (Prose(card["answer"]),) if "answer" in card else ()
            return (Prose(card["question"]),), answer, Tick(tuple(card["concepts"]))
        case "story":
            return (Prose(card["question"]), Prose(card["scenario"])), tuple(_told(card)), Reveal()
    raise ValueError(f"no face for the kind {item.card.kind}")


def _language(card: Fields) -> str:
    language: str = card.get("code-language", "python")
    return language


def _more(card: Fields) -> Iterator[Piece]:
    for title, key in (("Check", "check"), ("Why", "explanation")):
        if key in card:
            yield Prose(card[key], title)
    if card.get("mistakes"):
        yield Prose(_list(card["mistakes"]), "Common mistakes")
    if "source" in card:
        yield Prose(card["source"], "Source")


_STORY = {
    "problem": "The problem",
    "solution": "The way out",
    "before": "Before",
    "after": "After",
    "enables": "What it makes possible",
    "example": "In real life",
}


def _told(card: Fields) -> Iterator[Piece]:
    yield from (Prose(card[key], title) for key, title in _STORY.items() if key in card)
    if card.get("takeaways"):
        yield Prose(_list(card["takeaways"]), "To take away")


def _list(texts: Sequence[str]) -> str:
    return "\n".join("- " + text.replace("\n", "\n  ") for text in texts)


def _shuffled(texts: Sequence[str], seed: str) -> list[int]:
    """An order of the texts that hangs on each text and the seed alone."""
    ranks = [hashlib.sha256(f"{seed}\0{text}".encode()).digest() for text in texts]
    return sorted(range(len(texts)), key=ranks.__getitem__)


def _options(card: Fields, seed: str) -> tuple[Option, ...]:
    options = [Option(text, right=True) for text in card.get("answers") or [card["answer"]]]
    options += [Option(wrong["text"], right=False, why=wrong.get("why") or "") for wrong in card["distractors"]]
    texts = [option.text for option in options]
    if card.get("shuffle", True):
        return tuple(options[place] for place in _shuffled(texts, seed))
    from ft_cards.render.notes import fixed_order  # brings all that renders for Anki, and few cards ask for it

    return tuple(options[place] for place in fixed_order(texts))


def _program(card: Fields, asked: int, seed: str) -> tuple[Sequence[Piece], Sequence[Piece], Task]:
    code, language = card["code"], _language(card)
    found = [(start, blank) for blank in card["blanks"]
             for start in picked(code, blank["text"], blank.get("line"), blank.get("occurrence"))]  # fmt: skip
    found.sort(key=lambda each: each[0])
    hidden = found if card.get("ask") == "together" else [found[asked]]
    gaps, signs = [], []
    for number, (start, blank) in enumerate(hidden, 1):
        texts = [blank["text"], *blank["distractors"]] if blank.get("distractors") else []
        options = tuple(texts[place] for place in _shuffled(texts, seed))
        gaps.append(Gap(blank["text"], blank.get("hint") or "", options, code, start, language))
        signs.append("[…]" if len(hidden) == 1 else f"[{number}]")
    spans = tuple((gap.start, gap.start + len(gap.answer)) for gap in gaps)
    front, back = _replaced(code, language, spans, signs), Program(code, language, spans)
    task = Fill(tuple(gaps)) if all(_typable(gap.answer, 2 * SHORT) for gap in gaps) else Reveal()
    return (Prose(card["question"]), front), (back,), task


def _typable(text: str, most: int) -> bool:
    return "\n" not in text and len(text) <= most


def _replaced(code: str, language: str, places: Sequence[tuple[int, int]], signs: Sequence[str]) -> Program:
    out, at, marks = "", 0, []
    for (start, end), sign in zip(places, signs, strict=True):
        out += code[at:start]
        marks.append((len(out), len(out) + len(sign)))
        out, at = out + sign, end
    return Program(out + code[at:], language, tuple(marks))


def _cloze(card: Fields, number: int) -> tuple[Sequence[Piece], Sequence[Piece], Task]:

    from ft_cards.study.hiding import hide

    hiding = hide(card["text"], number)
    gaps = tuple(Gap(answer, hint) for answer, hint in hiding.hidden)
    task = Fill(gaps) if all(_typable(gap.answer, SHORT) and "$" not in gap.answer for gap in gaps) else Reveal()
    front, back = Prose(hiding.front, marks=hiding.front_marks), Prose(hiding.back, marks=hiding.back_marks)
    return (front,), (back,), task
