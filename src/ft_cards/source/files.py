"""The keys of a deck file, but for its cards, and of the project file."""

from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from ft_cards.source.kinds.common import _SCALAR, Exact, Language, Level, Slug, Strict, Tag, Text

_RUNNERS = {
    "type": "object",
    "additionalProperties": {"type": "array", "items": _SCALAR, "minItems": 1},
}


class Defaults(Strict):
    """Keys that hold for every card of the deck that does not say otherwise; tags are added to the card's."""

    level: Level | None = None
    tags: tuple[Tag, ...] = ()
    language: Language | None = Field(None, alias="code-language")


class DeckFile(Strict):
    """A deck file, but for its cards."""

    deck: Exact = Field(description="The deck's name in Anki; :: nests")
    id: Slug = Field(description="The deck's identity; it never changes, even when the name does")
    description: Text | None = Field(None, description="Shown in Anki under the deck's name; Markdown")
    language: Exact | None = Field(None, description="The language of the texts, as in `en`")
    defaults: Defaults = Field(default_factory=Defaults)
    cards: tuple[Any, ...] = Field(min_length=1)


class ProjectFile(Strict):
    """The project file, ft-cards.yaml."""

    namespace: Slug = Field(description="Part of every card's identity; chosen once, never changed")
    title: Exact | None = None
    author: Exact | None = None
    url: Exact | None = None
    license: Exact | None = None
    version: Exact | None = Field(None, description="The version of the decks, not of the tool")
    report: Annotated[
        str | None,
        Field(
            pattern=r"^(https?://|mailto:)\S+$",
            description="Where a learner reports a mistake; {id} is the card's id",
        ),
        WithJsonSchema({**_SCALAR, "pattern": r"^(https?://|mailto:)\S+$"}),
    ] = None
    html: Annotated[
        str | None,
        Field(pattern="^trusted$", description="`trusted` lets raw HTML in deck texts through to the cards"),
        WithJsonSchema({"const": "trusted"}),
    ] = None
    runners: Annotated[
        dict[str, Annotated[tuple[Exact, ...], Field(min_length=1)]],
        WithJsonSchema(_RUNNERS),
    ] = Field({}, description="By language: the command that runs a card's program, which is its standard input")
