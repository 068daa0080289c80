"""explain: say it in your own words, then tick the concepts you made."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ft_cards.source.kinds.common import Card, Finding, Text, folded, long_answer


class Explain(Card):
    """A question whose answer is a handful of concepts; the learner ticks those they made."""

    a: ClassVar[str] = "an explain card"

    kind: Literal["explain"]
    question: Text
    concepts: tuple[Text, ...] = Field(min_length=1, description="The points that a good answer makes")
    answer: Text | None = Field(None, description="A model answer")

    def asks(self) -> str:  # noqa: D102
        return folded(self.question)

    def findings(self) -> Iterator[Finding]:  # noqa: D102
        if self.answer:
            yield from long_answer(self.answer)
