"""What all kinds of card share: their text types, their common keys, and what they must be able to say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from ft_cards.source.deck import LEVELS

Path = tuple[str | int, ...]

_SCALAR = {"type": ["string", "number", "boolean"]}
"""What editors must let pass: the tool takes any scalar as text, an editor's YAML does not."""


def _trimmed(value: Any) -> Any:
    return value.rstrip() if isinstance(value, str) else value


Text = Annotated[
    str,
    BeforeValidator(_trimmed),
    StringConstraints(min_length=1),
    WithJsonSchema({**_SCALAR, "description": "Markdown with $math$"}),
]
Code = Annotated[
    str,
    BeforeValidator(_trimmed),
    StringConstraints(min_length=1),
    WithJsonSchema({**_SCALAR, "description": "A program, written whole"}),
]
Exact = Annotated[str, StringConstraints(min_length=1), WithJsonSchema(_SCALAR)]
Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$", max_length=100),
    WithJsonSchema({**_SCALAR, "pattern": r"^[a-z0-9]+([._-][a-z0-9]+)*$", "maxLength": 100}),
]
Language = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9+#._-]+$", max_length=40),
    WithJsonSchema({**_SCALAR, "pattern": r"^[A-Za-z0-9+#._-]+$"}),
]
Tag = Annotated[str, StringConstraints(pattern=r"^\S+$"), WithJsonSchema({**_SCALAR, "pattern": r"^\S+$"})]

MOST_CARDS = 500
"""Anki makes cards for the blanks 1 to 500."""

_OTHER_NAMES = {"beginner": "easy", "intermediate": "medium", "advanced": "hard"}
Level = Annotated[
    Literal["easy", "medium", "hard"],
    BeforeValidator(lambda value: _OTHER_NAMES.get(value, value) if isinstance(value, str) else value),
    WithJsonSchema({"enum": [*LEVELS, *_OTHER_NAMES]}),
]


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that one card breaks: where in the card, and where in that text (`line` and `column` from 1)."""

    path: Path
    code: str
    message: str
    hint: str = ""
    line: int = 0
    column: int = 1
    width: int = 1


class Strict(BaseModel):
    """A mapping in a deck file: no keys but the declared ones, never changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Card(Strict):
    """The keys of every card, and what a kind must be able to say of itself."""

    a: ClassVar[str] = "a card"
    """The kind with its article, for messages."""

    id: Slug = Field(description="A slug, unique in the project. It is the card's identity: never change it.")
    level: Level | None = Field(None, description="How hard it is")
    tags: tuple[Tag, ...] = Field((), description="Anki tags; :: nests them")
    hint: Text | None = Field(None, description="A nudge, folded shut on the front")
    explanation: Text | None = Field(None, description="Why it is so, shown on the back")
    mistakes: tuple[Text, ...] = Field((), description="What people get wrong")
    source: Text | None = Field(None, description="A citation or URL")

    def asks(self) -> str:
        """Return all that the front says, prose folded: two cards that ask the same can't both be answered well."""
        raise NotImplementedError

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with this card alone."""
        return iter(())

    def programs(self) -> Iterator[tuple[Path, str]]:
        """Yield the programs on the card, with their paths."""
        return iter(())

    def asked(self) -> tuple[str, ...]:
        """Return what each of the note's cards asks for: texts of blanks. Empty means one plain card."""
        return ()

    def silent(self) -> frozenset[str]:
        """Return the keys that no learner ever sees: changing them changes no card."""
        return frozenset({"verify"})


def folded(text: str) -> str:
    """Fold what makes no difference to a reader of prose: case and spacing. Programs must not be folded."""
    return " ".join(text.casefold().split())


def words(text: str) -> int:
    """Count the words a reader would count: code, math and marks count little."""
    return len(re.findall(r"\w[\w'’.-]*", text))


def quoted(text: str, most: int = 40) -> str:
    """Put an author's text in quotes for a message, on one line and not too long."""
    flat = " ".join(text.split()) or text
    return f'"{flat[: most - 1]}…"' if len(flat) > most else f'"{flat}"'


LONGEST_ANSWER = 60
"""Words that one breath holds. Longer answers are two cards (Wozniak, Twenty rules, 1999, rule 4)."""


def long_answer(text: str) -> Iterator[Finding]:
    """Advise against an answer that nobody can say at one go."""
    if len(text) > 2 * LONGEST_ANSWER and (count := words(text)) > LONGEST_ANSWER:
        message = f"the answer has {count} words, and more than {LONGEST_ANSWER} can't be judged at a glance"
        yield Finding(("answer",), "answer-long", message, "keep the one idea; move the rest to `explanation`")
