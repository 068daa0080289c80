"""Nodes → correct decks. Reports every problem of a file at once, raises none."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ft_cards.source.cards import card_of
from ft_cards.source.deck import Card, Deck, Settings
from ft_cards.source.document import Document, Path
from ft_cards.source.files import DeckFile, Defaults, ProjectFile
from ft_cards.source.kinds import KINDS
from ft_cards.source.kinds.common import Card as KindOfCard
from ft_cards.source.kinds.common import Finding, quoted
from ft_cards.source.location import Location
from ft_cards.source.messages import explain, left_empty
from ft_cards.source.nodes import parse
from ft_cards.source.problems import Problem, did_you_mean, one_of
from ft_cards.source.python import syntax_finding
from ft_cards.source.text import RUN, decode

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gives: a deck, unless an error is among the problems.

    `marks` name what each card was read from, so that a later reading can take it; empty where it can't.
    """

    deck: Deck | None
    problems: tuple[Problem, ...]
    marks: tuple[str, ...] = ()


def read_deck(data: bytes, path: str, known: Mapping[str, Card] | None = None) -> Reading:
    """Read a deck file's bytes. `path` is only for the problems; `known` are cards that were read before, by mark."""
    document, problems = _document(data, path)
    if document is None or document.root is None:
        return Reading(None, tuple(problems))
    if not isinstance(document.root.data, dict):
        hint = "begin with `deck:`, `id:` and `cards:`"
        problems.append(Problem(document.at(()), "wrong-type", "a deck file is a mapping of keys", hint))
        return Reading(None, tuple(problems))
    header = _validated(DeckFile, document, (), document.root.data, "a deck", problems)
    if header and (wrong := _wrong_name(header.deck)):
        problems.append(Problem(document.at(("deck",)), "bad-value", *wrong))
    given = document.root.data.get("defaults")
    defaults = header.defaults if header else _defaults(given if isinstance(given, dict) else {})
    listed = document.root.data.get("cards")
    cards = list(_cards(document, listed if isinstance(listed, list) else [], defaults, problems, known or {}))
    if not header or any(problem.level == "error" for problem in problems):
        return Reading(None, tuple(problems))
    place = document.at(("id",))
    deck = Deck(
        id=header.id,
        name=header.deck,
        line=place.line,
        column=place.column,
        description=header.description or "",
        language=header.language or "",
        cards=tuple(card for _, card in cards),
    )
    return Reading(deck, tuple(problems), tuple(mark for mark, _ in cards))


def read_settings(data: bytes, path: str) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Read a project file's bytes."""
    document, problems = _document(data, path)
    if document is None or document.root is None:
        return None, tuple(problems)
    if not isinstance(document.root.data, dict):
        problems.append(
            Problem(
                document.at(()),
                "wrong-type",
                "a project file is a mapping of keys",
                "begin with `namespace:`",
            )
        )
        return None, tuple(problems)
    model = _validated(ProjectFile, document, (), document.root.data, "a project file", problems)
    if model is None or any(problem.level == "error" for problem in problems):
        return None, tuple(problems)
    given = {key: value for key, value in model.model_dump(mode="json").items() if value is not None}
    return Settings(**given), tuple(problems)


_LIVE = re.compile(rf"<|[\n\t]|\\(?=[()\[\]])|{RUN}", re.IGNORECASE)
"""What Anki, which puts a deck's name into its cards as HTML, would not show as it is."""


def _wrong_name(name: str) -> tuple[str, str] | None:
    """Return what is wrong with a deck's name, and the way out."""
    if not all(part.strip() for part in name.split("::")):
        return f'the deck name "{name}" has an empty part', "write `A::B`; each part has a name"
    if found := _LIVE.search(name):
        sign = "a line break or tab" if found.group().isspace() else f'"{found.group()}"'
        if found.group() in "[\\":
            sign = f'"{name[found.start() : found.start() + 2]}"'
        return f"the deck name {quoted(name)} holds {sign}, and Anki would run it", "name it in plain words"
    return None


def _document(data: bytes, path: str) -> tuple[Document | None, list[Problem]]:
    text, problems = decode(data, path)
    if any(problem.level == "error" for problem in problems):
        return None, problems
    document = parse(text, path)
    if not document.problems and (document.root is None or document.root.data is None):
        hint = "begin with `deck:`, `id:` and `cards:`; `ft-cards init` writes an example"
        problems.append(Problem(Location(path, 1, 1), "empty-file", "the file holds only comments", hint))
        return None, problems
    return document, problems + document.problems


def _defaults(given: dict[str, Any]) -> Defaults:
    try:
        return Defaults.model_validate(given)
    except ValidationError:
        return Defaults()


def _validated(
    model: type[Model], document: Document, path: Path, data: Any, a: str, problems: list[Problem]
) -> Model | None:
    if None in data.values():
        problems.extend(left_empty(data, document, path, model))
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems.extend(explain(error.errors(include_url=False), document, path, a, model))
        return None


def _cards(
    document: Document, listed: list[Any], defaults: Defaults, problems: list[Problem], known: Mapping[str, Card]
) -> Iterator[tuple[str, Card]]:
    """Yield each correct card, with the mark under which it may be known the next time."""
    head = repr(defaults)
    texts = document.texts(("cards",)) if listed else []
    for index, (data, text) in enumerate(zip(listed, texts, strict=True)):
        path: Path = ("cards", index)
        mark = hashlib.sha256(f"{head}\0{text}".encode()).hexdigest()[:32] if text else ""
        if same := known.get(mark):
            place = document.at_own((*path, "id"))
            yield mark, same._replace(line=place.line, column=place.column)
            continue
        before = len(problems)
        if not isinstance(data, dict):
            hint = "each card begins with `- id: …`"
            problems.append(Problem(document.at(path), "wrong-type", "a card is a mapping of keys", hint))
            continue
        kind = data.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            problems.append(_unknown_kind(document, path, kind))
            continue
        card = _validated(KINDS[kind], document, path, _with_defaults(data, kind, defaults), KINDS[kind].a, problems)
        if card:
            found = list(_findings(card))
            problems.extend(located(finding, document, path) for finding in found)
            if not any(_is_error(finding) for finding in found):
                read = card_of(card, kind, document, path)
                plain = len(problems) == before and not read.pictures and not read.language
                yield mark if plain else "", read


def _unknown_kind(document: Document, path: Path, kind: object) -> Problem:
    place, hint = document.at((*path, "kind")), f"it is {one_of(KINDS)}"
    if kind is None:
        return Problem(document.at((*path, "id")), "missing-key", 'a card needs the key "kind"', hint)
    if not isinstance(kind, str):
        what = "a list" if isinstance(kind, list) else "a mapping"
        return Problem(place, "wrong-type", f'"kind" must be text, not {what}', hint)
    return Problem(place, "unknown-kind", f'there is no kind of card "{kind}"', did_you_mean(kind, KINDS) or hint)


def _with_defaults(data: dict[str, Any], kind: str, defaults: Defaults) -> dict[str, Any]:
    merged = dict(data)
    if defaults.level:
        merged.setdefault("level", defaults.level)
    own = data.get("tags")
    if defaults.tags and ((own is None and "tags" not in data) or isinstance(own, list)):
        merged["tags"] = [*(own or ()), *(tag for tag in defaults.tags if tag not in (own or ()))]
    if defaults.language and "language" in KINDS[kind].model_fields and "code" in data:
        merged.setdefault("code-language", defaults.language)
    return merged


def _is_error(finding: Finding) -> bool:
    return Problem(Location(""), finding.code, "").level == "error"


def _findings(card: KindOfCard) -> Iterator[Finding]:
    yield from card.findings()
    if getattr(card, "language", "") in ("python", "python3", "py"):
        for path, program in card.programs():
            if finding := syntax_finding(path, program):
                yield finding


def located(finding: Finding, document: Document, path: Path) -> Problem:
    """Return the problem that a finding about the card at `path` is."""
    whole = (*path, *finding.path)
    if finding.line:
        place = document.inside(whole, finding.line, finding.column, finding.width)
    else:
        place = document.at(whole)
    return Problem(place, finding.code, finding.message, finding.hint)
