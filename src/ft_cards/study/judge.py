"""What was typed, picked or ticked → right, partly or wrong, with a suggested grade. Pure."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Literal

from ft_cards.memory.records import Grade
from ft_cards.study.faces import Fill, Gap, Pick, Tick

TRIES = 3
"""How often a blank may be typed. The hint comes after the first miss, the options after the second."""


class Mark(StrEnum):
    """How an answer was."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of an answer, and the grade suggested. `mark` is None where only the learner can judge."""

    grade: Grade
    mark: Mark | None = None
    text: str = ""
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of a diff: in both texts, only in what was typed, or only in the answer."""

    text: str
    kind: Literal["same", "typed", "missing"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something typed into the blank with the number `gap` (from 0)."""

    gap: int
    text: str
    right: bool


def judge_pick(task: Pick, picked: Collection[int]) -> Verdict:
    """Judge the options picked: right is all the right ones, partly some of several and no wrong one."""
    right, wrong = task.right & set(picked), set(picked) - task.right
    reasons = tuple((task.options[place].text, task.options[place].why) for place in sorted(wrong))
    if right == task.right and not wrong:
        return Verdict(Grade.GOOD, Mark.RIGHT, "Right")
    if not task.several:
        return Verdict(Grade.AGAIN, Mark.WRONG, "Wrong", reasons)
    told = f"{len(right)} of {len(task.right)} right ones" + (f", {len(wrong)} wrong" if wrong else "")
    if right and not wrong:
        return Verdict(Grade.HARD, Mark.PARTLY, f"Partly: {told}")
    return Verdict(Grade.AGAIN, Mark.WRONG, f"Wrong: {told}", reasons)


def judge_ticks(task: Tick, ticked: Collection[int]) -> Verdict:
    """Judge an explanation by the concepts it made: all Good, at least half Hard."""
    made, all_ = len(set(ticked)), len(task.concepts)
    text = f"{made} of {all_}"
    if made == all_:
        return Verdict(Grade.GOOD, Mark.RIGHT, text)
    if 2 * made >= all_:
        return Verdict(Grade.HARD, Mark.PARTLY, text)
    return Verdict(Grade.AGAIN, Mark.WRONG, text)


def judge_attempts(task: Fill, attempts: Sequence[Attempt], *, hinted: bool) -> Verdict:
    """Judge what was typed into the blanks of a card that is now revealed.

    Right at once is Good; with a second try or the hint Hard; with the options seen, or not at all, Again.
    Revealed without a try, it is the learner who judges.
    """
    if not attempts:
        return Verdict(Grade.GOOD)
    filled = {attempt.gap for attempt in attempts if attempt.right}
    tries = max(sum(attempt.gap == gap for attempt in attempts) for gap in range(len(task.gaps)))
    if len(filled) < len(task.gaps):
        told = f"Wrong: {len(filled)} of {len(task.gaps)} blanks" if len(task.gaps) > 1 else "Wrong"
        return Verdict(
            Grade.AGAIN,
            Mark.PARTLY if filled else Mark.WRONG,
            told.replace("Wrong", "Partly") if filled else told,
        )
    if tries == 1:
        return Verdict(Grade.HARD if hinted else Grade.GOOD, Mark.RIGHT, "Right, with the hint" if hinted else "Right")
    if tries == 2:
        return Verdict(Grade.HARD, Mark.RIGHT, "Right at the second try")
    return Verdict(Grade.AGAIN, Mark.RIGHT, "Right at the third try, with the options")


def current_gap(task: Fill, attempts: Sequence[Attempt]) -> int | None:
    """The blank to be typed next: the first that is neither right nor out of tries; None if there is none."""
    for gap in range(len(task.gaps)):
        if not any(each.right for each in attempts if each.gap == gap) and misses(attempts, gap) < TRIES:
            return gap
    return None


def misses(attempts: Sequence[Attempt], gap: int) -> int:
    """How often a blank was typed wrongly."""
    return sum(each.gap == gap and not each.right for each in attempts)


def fits(gap: Gap, typed: str) -> bool:
    """Whether what was typed is the answer.

    In Python, whitespace outside strings and the style of quotes do not matter; in other languages, how
    much whitespace there is; in prose, case, spacing, Markdown's signs and a full stop.
    """
    if not gap.program:
        return _plain(typed) == _plain(gap.answer)
    if typed.strip() == gap.answer.strip():
        return True
    if gap.language not in ("python", "py", "python3", "pycon"):
        return " ".join(typed.split()) == " ".join(gap.answer.split())
    verdict = _same_program(gap, typed)
    return _same_tokens(gap.answer, typed) if verdict is None else verdict


def _plain(text: str) -> str:
    folded = re.sub(r"[`*_]+", "", text) if re.search(r"\w", text) else text
    return " ".join(folded.split()).strip(" .,;:!").casefold() or " ".join(text.split())


def _same_program(gap: Gap, typed: str) -> bool | None:
    """Whether the program means the same with what was typed; None where its tree does not show the blank."""
    before, after = gap.program[: gap.start], gap.program[gap.start + len(gap.answer) :]
    true = _tree(gap.program)
    if true is None:
        return None
    if true in (_tree(f"{before}{after}"), _tree(f"{before}another_name{after}")):
        return None  # the blank is in a comment
    return _tree(f"{before}{typed.strip()}{after}") == true


def _tree(program: str) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.dump(ast.parse(program))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


_TOKEN = re.compile(
    r"""(?P<string>[rbfuRBFU]{0,2}(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))|(?P<word>\w+)|(?P<space>\s+)|(?P<sign>.)""",
    re.DOTALL,
)


def _same_tokens(answer: str, typed: str) -> bool:
    """Whether two pieces of a program that does not parse are the same but for whitespace and quotes."""
    return _tokens(answer) == _tokens(typed)


def _tokens(text: str) -> list[str]:
    tokens = []
    for found in _TOKEN.finditer(text):
        if found["string"]:
            tree = _tree(found["string"])
            tokens.append(tree or found["string"])
        elif not found["space"]:
            tokens.append(found.group())
    return tokens


def diff(typed: str, answer: str) -> tuple[Bit, ...]:
    """What was typed against the answer, sign by sign; whole where they have little in common."""
    matcher = SequenceMatcher(None, typed, answer, autojunk=False)
    if matcher.ratio() < 0.4:
        return tuple(bit for bit in (Bit(typed, "typed"), Bit(answer, "missing")) if bit.text)
    bits: list[Bit] = []
    for sign, a, b, c, d in matcher.get_opcodes():
        if sign == "equal":
            bits.append(Bit(typed[a:b], "same"))
            continue
        bits += [Bit(text, kind) for text, kind in _changed(typed[a:b], answer[c:d]) if text]
    return tuple(bits)


def _changed(typed: str, answer: str) -> tuple[tuple[str, Literal["typed"]], tuple[str, Literal["missing"]]]:
    return (typed, "typed"), (answer, "missing")
