"""code: blanks in a program. The program is written whole; the blanks are named, not cut out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PositiveInt, WithJsonSchema

from ft_cards.source.kinds.common import (
    _SCALAR,
    MOST_CARDS,
    Card,
    Code,
    Exact,
    Finding,
    Language,
    Path,
    Strict,
    Text,
    folded,
    quoted,
)


class Blank(Strict):
    """A stretch of the program to hide. `occurrence` counts on `line` if that is given, else in the whole."""

    text: Exact
    distractors: tuple[Exact, ...] = ()
    hint: Text | None = None
    line: PositiveInt | None = None
    occurrence: PositiveInt | None = None


class Verify(Strict):
    """What proves the program: `setup` runs before it and `then` after it, and together they print `prints`."""

    setup: Code | None = None
    then: Code | None = None
    prints: Text | None = None
    needs: tuple[Exact, ...] = ()


def _blank(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _verify(value: Any) -> Any:
    return {} if value == "run" else value


_COUNT = {"type": "integer", "minimum": 1}
_LIST = {"type": "array", "items": _SCALAR}
_BLANK = {
    "anyOf": [
        _SCALAR,
        {
            "type": "object",
            "properties": {
                "text": _SCALAR,
                "distractors": _LIST,
                "hint": _SCALAR,
                "line": _COUNT,
                "occurrence": _COUNT,
            },
            "required": ["text"],
            "additionalProperties": False,
        },
    ]
}
_VERIFY = {
    "anyOf": [
        {"const": "run"},
        {
            "type": "object",
            "properties": {"setup": _SCALAR, "then": _SCALAR, "prints": _SCALAR, "needs": _LIST},
            "additionalProperties": False,
        },
    ]
}


@dataclass(frozen=True, slots=True)
class Span:
    """A blank found in the program: offsets into it, and the blank's place in the author's list."""

    start: int
    end: int
    index: int


class CodeCard(Card):
    """A program with blanks: a card for each, or one that hides them all."""

    a: ClassVar[str] = "a code card"

    kind: Literal["code"]
    question: Text
    code: Code
    language: Language = Field("python", alias="code-language", description="The language of `code`")
    blanks: tuple[Annotated[Blank, BeforeValidator(_blank), WithJsonSchema(_BLANK)], ...] = Field(
        description="What is hidden; the text must occur once, or be picked by `line` or `occurrence`"
    )
    ask: Literal["each", "together"] = Field("each", description="A card for each blank, or one for all")
    verify: Annotated[Verify | None, BeforeValidator(_verify), WithJsonSchema(_VERIFY)] = Field(
        None, description="Run the program to prove the card: `run`, or what to run around it"
    )

    def asks(self) -> str:  # noqa: D102
        return f"{folded(self.question)}\n{self.code}"

    def programs(self) -> Iterator[tuple[Path, str]]:  # noqa: D102
        yield ("code",), self.code
        if self.verify:
            for key in ("setup", "then"):
                if program := getattr(self.verify, key):
                    yield ("verify", key), program

    def spans(self) -> list[Span]:
        """Return where the blanks are, in the order of the program. The card must be free of findings."""
        return sorted(
            (Span(start, start + len(blank.text), index) for index, blank in enumerate(self.blanks)
             for start in _picked(self.code, blank)),
            key=lambda span: span.start,
        )  # fmt: skip

    def findings(self) -> Iterator[Finding]:  # noqa: D102
        if not self.blanks:
            hint = "name at least one stretch of the program under `blanks`"
            yield Finding(("blanks",), "no-blank", "there is no blank, so it would make no card", hint)
        if len(self.blanks) > MOST_CARDS and self.ask == "each":
            message = f"the card has {len(self.blanks)} blanks, and Anki makes cards for {MOST_CARDS} at most"
            yield Finding(("blanks",), "cloze-number", message, "split the program over two cards")
        sound = True
        for index, blank in enumerate(self.blanks):
            yield from _repeats(index, blank)
            if len(_picked(self.code, blank)) != 1:
                sound = False
                yield _misses(self.code, index, blank)
        if sound:
            yield from self._overlaps()

    def _overlaps(self) -> Iterator[Finding]:
        spans = self.spans()
        for before, after in pairwise(spans):
            if after.start < before.end:
                later, earlier = max(before.index, after.index), min(before.index, after.index)
                texts = quoted(self.blanks[later].text), quoted(self.blanks[earlier].text)
                message = f"the blank {texts[0]} overlaps the blank {texts[1]}"
                yield Finding(("blanks", later), "blank-overlap", message, "make them one, or shorten one")

    def asked(self) -> tuple[str, ...]:  # noqa: D102
        if self.ask == "together":
            return ("*",)
        return tuple(self.blanks[span.index].text for span in self.spans())


def _places(code: str, text: str) -> list[int]:
    """Return every offset at which the text begins, overlapping ones too."""
    places, start = [], code.find(text)
    while start >= 0:
        places.append(start)
        start = code.find(text, start + 1)
    return places


def _picked(code: str, blank: Blank) -> list[int]:
    places = _places(code, blank.text)
    if blank.line:
        places = [place for place in places if code.count("\n", 0, place) + 1 == blank.line]
    if blank.occurrence:
        places = places[blank.occurrence - 1 : blank.occurrence]
    return places


def _misses(code: str, index: int, blank: Blank) -> Finding:
    """Say why a blank names no place, or more than one."""
    path: Path = ("blanks", index, "text")
    lines = [code.count("\n", 0, place) + 1 for place in _places(code, blank.text)]
    name = quoted(blank.text)
    if not lines:
        folded = code.lower().find(blank.text.lower().strip())
        hint = "copy it from the code, letter by letter"
        if folded >= 0:
            hint = f'the code has "{code[folded : folded + len(blank.text.strip())]}"'
        return Finding(path, "blank-not-found", f"{name} does not occur in the code", hint)
    where = _on_lines(lines)
    if not _picked(code, blank):
        picked = " and ".join(f"`{key}: {n}`" for key in ("line", "occurrence") if (n := getattr(blank, key)))
        message = f"{picked} picks no {name}: it occurs {where}"
        key = "line" if blank.line and blank.line not in lines else "occurrence"
        return Finding(("blanks", index, key), "blank-not-found", message, "count the code's lines from 1")
    left = [line for line in lines if blank.line in (None, line)]
    if left.count(left[-1]) > 1:
        line = f"line: {left[-1]}, " if len(set(lines)) > 1 else ""
        hint = f"say which: {{text: {_yaml(blank.text)}, {line}occurrence: {left.count(left[-1])}}}"
    else:
        hint = f"say which: {{text: {_yaml(blank.text)}, line: {left[-1]}}}"
    message = f"{name} occurs {len(lines)} times in the code, {where}"
    return Finding(path, "blank-ambiguous", message, hint)


def _on_lines(lines: list[int]) -> str:
    different = sorted(set(lines))
    if len(different) == 1:
        return f"on line {different[0]}"
    shown = [str(line) for line in different[:8]]
    return f"on lines {', '.join(shown[:-1])} and {shown[-1]}" + (" and more" if len(different) > 8 else "")


def _yaml(text: str) -> str:
    """Write a text as YAML inside braces takes it."""
    plain = text.replace("_", "").replace(".", "").isalnum() and text[0].isalpha()
    return text if plain else "'" + text.replace("'", "''") + "'"


def _repeats(index: int, blank: Blank) -> Iterator[Finding]:
    seen = set()
    for number, option in enumerate(blank.distractors):
        path: Path = ("blanks", index, "distractors", number)
        if option == blank.text:
            message = f"the distractor {quoted(option)} is the right answer too"
            yield Finding(path, "option-is-answer", message, "a distractor must be wrong")
        elif option in seen:
            yield Finding(path, "option-repeated", f"the option {quoted(option)} stands here twice", "keep one")
        seen.add(option)
