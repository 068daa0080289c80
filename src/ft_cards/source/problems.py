"""What can be wrong with the author's files: one value a problem, one table of codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from ft_cards.source.location import Location

Level = Literal["error", "warning"]

ERRORS = (
    # the file
    "file-missing",
    "not-a-file",
    "file-unreadable",
    "file-too-large",
    "not-utf8",
    "control-character",
    "empty-file",
    "no-decks",
    # the YAML in it
    "yaml-syntax",
    "tab-indent",
    "unquoted-braces",
    "colon-in-text",
    "duplicate-key",
    "bad-key",
    "yaml-tag",
    "bad-alias",
    "too-deep",
    "too-many-aliases",
    "many-documents",
    # its shape
    "wrong-type",
    "missing-key",
    "unknown-key",
    "empty-value",
    "bad-value",
    "bad-id",
    "bad-tag",
    "unknown-kind",
    "no-cards",
    # one card
    "no-blank",
    "blank-not-found",
    "blank-ambiguous",
    "blank-overlap",
    "cloze-broken",
    "cloze-number",
    "option-repeated",
    "option-is-answer",
    "no-question",
    "python-syntax",
    "unknown-language",
    # its program, when it is run
    "program-fails",
    "program-stopped",
    "output-differs",
    "distractor-also-right",
    "proof-skipped",
    # the whole project
    "duplicate-id",
    "media-missing",
    "media-outside",
    "media-remote",
    "media-type",
    "kind-changed",
    "namespace-changed",
    "lock-conflict",
    "lock-broken",
    "lock-newer",
    "lock-outdated",
)
WARNINGS = (
    "byte-order-mark",
    "media-unused",
    "id-vanished",
    "answer-long",
    "option-gives-away",
    "same-question",
)
CODES: dict[str, Level] = {**dict.fromkeys(ERRORS, "error"), **dict.fromkeys(WARNINGS, "warning")}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an author must or should mend: a sentence about their text, and the way out."""

    location: Location
    code: str
    message: str
    hint: str = ""

    @property
    def level(self) -> Level:
        """Whether it stops a build."""
        return CODES[self.code]


def in_file_order(problems: Iterable[Problem], paths: Sequence[str]) -> list[Problem]:
    """Sort by the order of the files in `paths` (others after them, by name), then by line and column."""
    rank = {path: index for index, path in enumerate(paths)}

    def key(problem: Problem) -> tuple[int, str, int, int, str]:
        place = problem.location
        return rank.get(place.path, len(rank)), place.path, place.line, place.column, problem.code

    return sorted(problems, key=key)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean "back"?` when a known word is close to `word`, or else an empty text."""
    close = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else ""


def one_of(words: Iterable[str]) -> str:
    """Join words as a sentence names them: `a, b or c`."""
    *head, last = list(words)
    return f"{', '.join(head)} or {last}" if head else last
