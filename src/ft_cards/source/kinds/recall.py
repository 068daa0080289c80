"""recall: a question and its answer."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ft_cards.source.kinds.common import Card, Finding, Text, folded, long_answer


class Recall(Card):
    """A question and its answer; with `reverse`, the answer also asks for the question."""

    a: ClassVar[str] = "a recall card"

    kind: Literal["recall"]
    question: Text
    answer: Text
    reverse: bool = Field(False, description="Ask it the other way round too, as a second card")

    def asks(self) -> str:  # noqa: D102
        return folded(self.question)

    def silent(self) -> frozenset[str]:  # noqa: D102
        return frozenset({"reverse"})  # a second note: the first stays as it is

    def findings(self) -> Iterator[Finding]:  # noqa: D102
        yield from long_answer(self.answer)
