"""choice: one or several right options among wrong ones."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from ft_cards.source.kinds.common import (
    _SCALAR,
    Card,
    Code,
    Finding,
    Language,
    Path,
    Strict,
    Text,
    folded,
    quoted,
)


class Distractor(Strict):
    """A wrong option, and why it is wrong."""

    text: Text
    why: Text | None = None


def _as_mapping(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


Wrong = Annotated[
    Distractor,
    BeforeValidator(_as_mapping),
    WithJsonSchema(
        {
            "anyOf": [
                _SCALAR,
                {
                    "type": "object",
                    "properties": {"text": _SCALAR, "why": _SCALAR},
                    "required": ["text"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class Choice(Card):
    """A question with options to pick from."""

    a: ClassVar[str] = "a choice card"

    kind: Literal["choice"]
    question: Text
    code: Code | None = Field(None, description="A program that the question is about")
    language: Language = Field("python", alias="code-language", description="The language of `code`")
    answer: Text | None = Field(None, description="The right option")
    answers: tuple[Text, ...] = Field((), description="The right options, where several are right")
    distractors: tuple[Wrong, ...] = Field(min_length=1, description="The wrong options")
    shuffle: bool = Field(True, description="Show the options in a new order each time")
    steps: tuple[Text, ...] = Field((), description="A worked solution, shown one by one")
    check: Text | None = Field(None, description="The one-line proof")
    verify: Literal["run"] | None = Field(None, description="The program's output must be the answer")

    @model_validator(mode="after")
    def _one_way_to_answer(self) -> Self:
        if not self.answer and not self.answers:
            raise ValueError("missing answer")
        if self.answer and self.answers:
            raise ValueError("answer and answers")
        return self

    @property
    def right(self) -> tuple[str, ...]:
        """The right options."""
        return self.answers or ((self.answer,) if self.answer else ())

    def asks(self) -> str:  # noqa: D102
        options = sorted([*self.right, *(option.text for option in self.distractors)])
        return "\n".join([folded(self.question), self.code or "", *options])

    def programs(self) -> Iterator[tuple[Path, str]]:  # noqa: D102
        if self.code:
            yield ("code",), self.code

    def findings(self) -> Iterator[Finding]:  # noqa: D102
        yield from self._repeated()
        if self.verify and not self.code:
            hint = "add `code`, or leave `verify` out"
            yield Finding(("verify",), "missing-key", "`verify: run` needs a program to run", hint)
        yield from self._given_away()

    def _repeated(self) -> Iterator[Finding]:
        seen = set()
        for index, text in enumerate(self.right):
            path: Path = ("answers", index) if self.answers else ("answer",)
            if _same(text) in seen:
                yield Finding(path, "option-repeated", f"the option {quoted(text)} stands here twice", "keep one")
            seen.add(_same(text))
        wrong = set()
        for index, option in enumerate(self.distractors):
            path = ("distractors", index)
            if _same(option.text) in seen:
                message = f"the distractor {quoted(option.text)} is the right answer too"
                yield Finding(path, "option-is-answer", message, "a distractor must be wrong")
            elif _same(option.text) in wrong:
                message = f"the option {quoted(option.text)} stands here twice"
                yield Finding(path, "option-repeated", message, "keep one")
            wrong.add(_same(option.text))

    def _given_away(self) -> Iterator[Finding]:
        if len(self.right) != 1:
            return
        right, longest = len(self.right[0]), max(len(option.text) for option in self.distractors)
        if right > longest * 1.5 and right - longest > 12:
            message = f"the right option has {right} characters, the longest wrong one {longest}: its length tells"
            path: Path = ("answers", 0) if self.answers else ("answer",)
            yield Finding(path, "option-gives-away", message, "shorten it, or write fuller distractors")


def _same(text: str) -> str:
    """Fold what a learner's eye folds: spacing. Case stays: `True` and `true` differ in code."""
    return " ".join(text.split())
