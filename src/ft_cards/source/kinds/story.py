"""story: why it matters, told as a scene, a problem and a way out."""

from typing import ClassVar, Literal

from pydantic import Field

from ft_cards.source.kinds.common import Card, Text, folded


class Story(Card):
    """A question with a scene to think in; the back tells problem, solution and what follows."""

    a: ClassVar[str] = "a story card"

    kind: Literal["story"]
    question: Text
    scenario: Text = Field(description="The scene, shown with the question")
    problem: Text
    solution: Text
    before: Text | None = None
    after: Text | None = None
    enables: Text | None = Field(None, description="What it makes possible")
    example: Text | None = Field(None, description="A case from real life")
    takeaways: tuple[Text, ...] = ()

    def asks(self) -> str:  # noqa: D102
        return folded(f"{self.question}\n{self.scenario}")
