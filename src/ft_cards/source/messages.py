"""A validator's complaints → sentences about the author's text."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from ft_cards.source.document import Document, Path
from ft_cards.source.kinds.common import quoted
from ft_cards.source.location import Location
from ft_cards.source.problems import Problem, did_you_mean, one_of

_SHAPES = {
    "string_type": "text",
    "list_type": "a list",
    "tuple_type": "a list",
    "model_type": "a mapping",
    "dict_type": "a mapping",
    "model_attributes_type": "a mapping",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "greater_than": "a whole number from 1",
}
_FILL = "write its text, or leave the key out"
_SLUG = "small letters a to z, digits, and - . _ between them"


def explain(
    details: Sequence[ErrorDetails], document: Document, base: Path, a: str, model: type[BaseModel]
) -> Iterator[Problem]:
    """Turn the validator's errors into problems. `base` is where the validated data begins in the file."""
    meant = {_meant(detail, model) for detail in details if detail["type"] == "extra_forbidden"}
    for detail in details:
        if detail["type"] == "missing" and detail["loc"] in meant:
            continue  # it is there, mistyped
        if detail["type"] == "too_short" and detail["input"] and not isinstance(detail["input"], str):
            continue  # the list has items, all of them wrong
        yield _explained(detail, document, base, a, model)


def left_empty(data: dict[str, Any], document: Document, base: Path, model: type[BaseModel]) -> Iterator[Problem]:
    """Yield the keys with nothing after them that the validator lets pass, as they may be left out."""
    optional = {info.alias or name for name, info in model.model_fields.items() if info.default is None}
    for key, value in data.items():
        if value is None and key in optional:
            yield Problem(document.at_key((*base, key)), "empty-value", f'"{key}" has nothing after it', _FILL)


def _meant(detail: ErrorDetails, model: type[BaseModel]) -> Path:
    """Return the path that an unknown key probably stands for."""
    *above, key = detail["loc"]
    close = did_you_mean(str(key), _keys_at(model, tuple(above)))
    return (*above, close.partition('"')[2].rpartition('"')[0])


def _explained(detail: ErrorDetails, document: Document, base: Path, a: str, model: type[BaseModel]) -> Problem:
    path: Path = (*base, *detail["loc"])
    kind, value = detail["type"], detail["input"]
    key = _named(detail["loc"])
    if kind == "missing":
        who = "it" if key == "text" and len(detail["loc"]) > 1 else a
        return Problem(document.at((*path[:-1], "id")), "missing-key", f'{who} needs the key "{key}"', _missing(key))
    if kind == "extra_forbidden":
        return _unknown(detail["loc"], document.at_key(path), a, model)
    if kind == "value_error":
        return _own_rule(str(detail.get("ctx", {}).get("error", "")), document, base, a)
    if value is None or value == [] or (isinstance(value, str) and not value.strip()):
        return _empty(kind, key, document, path)
    place = document.at(path)
    if kind == "literal_error" or key in ("report", "html", "verify", "code-language"):
        return _bad_value(key, value, place, detail)
    if kind in ("string_pattern_mismatch", "string_too_long"):
        return _bad_tag(value, place) if key == "tags" else _bad_id(key, value, place)
    return _wrong_type(kind, value, document, path)


def _unknown(loc: Path, place: Location, a: str, model: type[BaseModel]) -> Problem:
    key = str(loc[-1])
    known = list(_keys_at(model, loc[:-1]))
    hint = did_you_mean(key, known) or f"it may have {one_of(sorted(known))}"
    if key.lstrip() != key:
        hint = "it begins with a no-break space: indent with plain spaces"
    where = f"in {a}" if len(loc) == 1 else f'under "{_named(loc[:-1])}"'
    return Problem(place, "unknown-key", f'there is no key "{key}" {where}', hint)


def _empty(kind: str, key: str, document: Document, path: Path) -> Problem:
    node, found = document.node(path)
    if key == "cards":
        return Problem(document.at(path), "no-cards", "the deck has no cards", "write at least one: `- id: …`")
    if not found or node.data is None:
        if isinstance(path[-1], int):
            message = f'nothing stands after this dash of "{key}"'
            return Problem(document.at(path), "empty-value", message, "write its text, or take the dash away")
        hint = "write each on a line of its own, after a dash" if kind in ("tuple_type", "list_type") else _FILL
        return Problem(document.at_key(path), "empty-value", f'"{key}" has nothing after it', hint)
    if node.data == []:
        return Problem(document.at(path), "empty-value", f'the list "{key}" is empty', "write at least one")
    return Problem(document.at(path), "empty-value", f"{_item(key, path)} is an empty text", _FILL)


def _bad_value(key: str, value: Any, place: Location, detail: ErrorDetails) -> Problem:
    hints = {
        "report": "it begins with https:// or mailto:",
        "html": "the only value is `trusted`",
        "verify": "write `verify: run`, or its keys below it",
        "code-language": "write the language's short name, as in `cpp`, `csharp` or `python`",
    }
    hint = hints.get(key, "")
    if not hint:
        expected = str(detail.get("ctx", {}).get("expected", ""))
        allowed = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
        hint = (did_you_mean(value, allowed) if isinstance(value, str) else "") or f"it is {one_of(allowed)}"
    return Problem(place, "bad-value", f'"{key}" can\'t be {_said(value)}', hint)


def _bad_tag(value: Any, place: Location) -> Problem:
    message = f"the tag {_said(value)} holds a space, and Anki's tags can't"
    return Problem(place, "bad-tag", message, f"write it as {'-'.join(str(value).split())}")


def _bad_id(key: str, value: Any, place: Location) -> Problem:
    text = str(value)
    if len(text) > 100:
        return Problem(place, "bad-id", f'"{key}" has {len(text)} characters, and 100 is the most', "shorten it")
    plain = unicodedata.normalize("NFKD", text.lower())
    words = "".join(sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign)).split()
    slug = "-".join(word for word in words if word.isascii())
    hint = f'as in "{slug}": ' if slug else ""
    return Problem(place, "bad-id", f'"{key}" can\'t be {_said(value)}: it is a slug', f"{hint}{_SLUG}")


def _wrong_type(kind: str, value: Any, document: Document, path: Path) -> Problem:
    key, wanted = _named(path), _SHAPES.get(kind, "something else")
    either = wanted == "a mapping" and key in ("blanks", "distractors") and isinstance(path[-1], int)
    hint = ""
    if wanted == "a list":
        hint = "write each on a line of its own, after a dash"
    elif wanted == "text" or either:
        node, found = document.node(path)
        if found and node.style == "{":
            hint = "put quotes around text that begins with { or ["
        elif isinstance(value, dict):
            hint = "put quotes around text that holds a colon and a space"
        else:
            hint = "take the dashes away; text of several lines is written below a |, indented"
    message = f"{_item(key, path)} must be {'text or a mapping' if either else wanted}, not {_said(value)}"
    return Problem(document.at(path), "wrong-type", message, hint)


def _own_rule(rule: str, document: Document, base: Path, a: str) -> Problem:
    if rule == "missing answer":
        hint = "write `answer:`, or `answers:` where several are right"
        return Problem(document.at((*base, "id")), "missing-key", f'{a} needs the key "answer"', hint)
    hint = "keep `answer` for one right option, `answers` for several"
    return Problem(document.at_key((*base, "answers")), "bad-value", f'{a} has "answer" and "answers"', hint)


def _missing(key: str) -> str:
    return {
        "id": "a slug that never changes, as in `id: what-is-lora`",
        "deck": "the deck's name in Anki, as in `deck: Fine-tuning::Basics`",
        "namespace": "a slug that never changes, as in `namespace: my-decks`",
    }.get(key, f"write `{key}:`")


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return quoted(str(value))


def _named(path: Path) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "")


def _item(key: str, path: Path) -> str:
    return f'an item of "{key}"' if isinstance(path[-1], int) else f'"{key}"'


def _keys_at(model: type[BaseModel], path: Path) -> Iterator[str]:
    """Yield the keys that the model knows at a path, under the names that authors write."""
    names = {info.alias or name: info for name, info in model.model_fields.items()}
    for step in path:
        if isinstance(step, str) and step in names:
            inner = _model_in(names[step].annotation)
            names = {info.alias or name: info for name, info in inner.model_fields.items()} if inner else {}
    yield from names


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(annotation):
        if found := _model_in(part):
            return found
    return None
