"""A card → the programs that prove it, and what their outcomes say about it.

A card's program is its `setup`, its `code` and its `then`. It must end without an error and print what the card says;
no distractor may do that too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ft_cards.source.deck import Card, Deck
from ft_cards.source.document import Document
from ft_cards.source.fence.outside import Outcome
from ft_cards.source.kinds.choice import Choice
from ft_cards.source.kinds.code import CodeCard
from ft_cards.source.kinds.common import Finding, Path, quoted
from ft_cards.source.nodes import parse
from ft_cards.source.problems import Problem
from ft_cards.source.reader import located
from ft_cards.source.text import decode

PYTHON = ("python", "python3", "py")
_LINE = re.compile(r'File "[^"\n]*program\.py", line (\d+)')

_STOPPED = {
    "time": ("it did not end in {seconds:g} seconds", "make it shorter, or give more with --timeout"),
    "memory": ("it wanted more than 1 GB of memory", "make its data smaller"),
    "processes": ("it started more than 32 processes or 64 threads", "a card's program needs none of its own"),
    "disk": ("it wrote more than 64 MB, or 10,000 files", "write less"),
    "output": ("it printed more than 64 KB", "print only what the card says"),
    "left": ("it left processes running", "wait for what it starts"),
    "guard": ("it ended the process that watched it", "a card's program has nothing to do there"),
}
_MEANT = ("time", "memory", "output")
"""Limits that a wrong program may well pass: an endless loop is a good distractor."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A distractor put into its blank: where it stands in the card, its text, the whole program."""

    path: Path
    text: str
    program: str


@dataclass(frozen=True)
class Proof:
    """What is to be run for one card: the true program, and each distractor's."""

    card: Card
    model: Choice | CodeCard

    @property
    def language(self) -> str:
        """The language of its program, `python` for all names of Python."""
        name = self.model.language.lower()
        return "python" if name in PYTHON else name

    @property
    def needs(self) -> tuple[str, ...]:
        """The modules that must be there."""
        return self.model.verify.needs if isinstance(self.model, CodeCard) and self.model.verify else ()

    @cached_property
    def program(self) -> str:
        """The true program."""
        return self._whole(self.model.code or "")

    @property
    def trials(self) -> Iterator[Trial]:
        """The programs with a distractor, one after the other: all other blanks are true."""
        if not isinstance(self.model, CodeCard):
            return
        code = self.model.code
        for span in self.model.spans():
            for number, text in enumerate(self.model.blanks[span.index].distractors):
                path: Path = ("blanks", span.index, "distractors", number)
                yield Trial(path, text, self._whole(code[: span.start] + text + code[span.end :]))

    def _whole(self, code: str) -> str:
        verify = self.model.verify if isinstance(self.model, CodeCard) else None
        parts = [verify and verify.setup, code, verify and verify.then]
        return "\n".join(part for part in parts if part) + "\n"

    def place(self, line: int) -> tuple[Path, int]:
        """Return the key of the card that holds a line of the true program, and the line in it."""
        verify = self.model.verify if isinstance(self.model, CodeCard) else None
        setup, code = verify.setup if verify else None, self.model.code or ""
        before = len(setup.split("\n")) if setup else 0
        if line <= before:
            return ("verify", "setup"), line
        if line <= before + len(code.split("\n")):
            return ("code",), line - before
        return ("verify", "then"), line - before - len(code.split("\n"))


def proofs(deck: Deck) -> Iterator[Proof]:
    """Yield what a deck's cards declare to be run, in the order of the file."""
    for card in deck.cards:
        if '"verify"' in card.unseen and card.kind in ("choice", "code"):
            kind = Choice if card.kind == "choice" else CodeCard
            yield Proof(card, kind.model_validate(card.fields))


def of_truth(proof: Proof, outcome: Outcome, seconds: float) -> Finding | None:
    """Hold the true program's outcome against the card; return what is wrong with it, or None."""
    if outcome.stopped:
        what, hint = _STOPPED[outcome.stopped]
        message = f"the program was stopped: {what.format(seconds=seconds)}"
        return Finding(("code",), "program-stopped", message, hint)
    if outcome.code != 0:
        return _failure(proof, outcome)
    printed = _plain(outcome.out)
    if isinstance(proof.model, Choice):
        said = proof.model.right
        path: Path = ("answers", 0) if proof.model.answers else ("answer",)
    elif proof.model.verify and proof.model.verify.prints is not None:
        said, path = (proof.model.verify.prints,), ("verify", "prints")
    else:
        return None
    if printed in (_plain(each) for each in said) or printed in map(unmarked, said):
        return None
    message = f"the program prints {_shown(printed)}, and the card says {quoted(said[0], 60)}"
    return Finding(path, "output-differs", message, "run it in your head once more: mend the card or the program")


def _failure(proof: Proof, outcome: Outcome) -> Finding:
    lines = [int(number) for number in _LINE.findall(outcome.err)]
    path, line = proof.place(lines[-1]) if lines else (("code",), 0)
    last = next((text for text in reversed(outcome.err.strip().splitlines()) if text.strip()), "").strip()
    why = quoted(last, 100)[1:-1] if last else f"the exit code is {outcome.code}"
    if outcome.code < 0 and not last:
        why = f"it was ended by the signal {-outcome.code}"
    return Finding(path, "program-fails", f"the program ends with an error: {why}", _way_out(last), line=line)


def _way_out(error: str) -> str:
    if error.startswith(("ModuleNotFoundError", "ImportError")):
        return "name the modules that it imports under `needs`"
    if error.startswith("MemoryError"):
        return "a card's program has 1 GB of memory"
    if "[Errno 27]" in error or "[Errno 28]" in error:
        return "a card's program may write 64 MB"
    if "[Errno 11]" in error or "start new thread" in error:
        return "a card's program may have 32 processes and 64 threads"
    if error.startswith(("PermissionError", "FileNotFoundError")):
        return "a card's program has no network, and sees no files but its own"
    return "mend the program, or what runs before and after it"


def of_trial(trial: Trial, truth: Outcome, outcome: Outcome, seconds: float) -> Finding | None:
    """Hold a distractor's outcome against the truth's; return what is wrong with it, or None."""
    if outcome.stopped and outcome.stopped not in _MEANT:
        what, hint = _STOPPED[outcome.stopped]
        message = f"with {quoted(trial.text)} the program was stopped: {what.format(seconds=seconds)}"
        return Finding(trial.path, "program-stopped", message, hint)
    if not outcome.fine or _plain(outcome.out) != _plain(truth.out):
        return None
    if not _plain(truth.out):
        message = f"with {quoted(trial.text)} the program ends without an error too, and both print nothing"
        hint = "print under `then` what tells them apart, or take another distractor"
    else:
        message = (
            f"with {quoted(trial.text)} the program prints {_shown(outcome.out)}, with the answer {_shown(truth.out)}"
        )
        hint = "take another distractor, or print under `then` what tells them apart"
    return Finding(trial.path, "distractor-also-right", message, hint)


def of_options(proof: Proof, truth: Outcome) -> Iterator[Finding]:
    """Yield the wrong options of a choice card that the program prints."""
    if isinstance(proof.model, Choice):
        for number, option in enumerate(proof.model.distractors):
            if _plain(truth.out) in (_plain(option.text), unmarked(option.text)):
                message = f"the distractor {quoted(option.text)} is what the program prints: {_shown(truth.out)}"
                hint = "a distractor must be wrong"
                yield Finding(("distractors", number), "distractor-also-right", message, hint)


def locate(found: Sequence[tuple[str, Finding]], data: bytes, shown: str) -> list[Problem]:
    """Turn findings, each with its card's id, into problems: `data` are the bytes of the deck file."""
    text, _ = decode(data, shown)
    document = parse(text, shown)
    assert document.root
    cards = {card.get("id"): number for number, card in enumerate(document.root.data["cards"])}
    return [_located(finding, document, ("cards", cards[card])) for card, finding in found]


def _located(finding: Finding, document: Document, card: Path) -> Problem:
    """Point at the card's id where a merge brought the text in."""
    path = finding.path if document.node((*card, *finding.path))[1] else ("id",)
    line = finding.line if path == finding.path else 0
    return located(Finding(path, finding.code, finding.message, finding.hint, line=line), document, card)


def unmarked(text: str) -> str:
    """Return a text of Markdown as a program would print it: without the marks of code."""
    plain = text.strip()
    if fence := re.fullmatch(r"(`{3,}|~{3,})[^\n]*\n(.*?)\n?[ \t]*\1`*", plain, re.DOTALL):
        return _plain(fence[2])
    span = re.fullmatch(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", plain, re.DOTALL)
    if span and not re.search(rf"(?<!`){span[1]}(?!`)", span[2]):
        return _plain(span[2])
    return _plain(plain)


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _shown(text: str) -> str:
    plain = _plain(text)
    return quoted(plain, 60) if plain else "nothing"
