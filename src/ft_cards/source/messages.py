"""A validator's complaint → a sentence about the author's text."""

from collections.abc import Iterator
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
    "model_attributes_type": "a mapping",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "greater_than": "a whole number from 1",
}


def explain(detail: ErrorDetails, document: Document, base: Path, a: str, model: type[BaseModel]) -> Problem:
    """Turn one error of the validator into a problem. `base` is where the validated data begins in the file."""
    path: Path = (*base, *detail["loc"])
    kind, value = detail["type"], detail["input"]
    key = next((str(step) for step in reversed(detail["loc"]) if isinstance(step, str)), "")
    place = document.at(path)
    if kind == "missing":
        if key == "text" and len(detail["loc"]) > 1:
            a = "it"
        return Problem(document.at((*path[:-1], "id")), "missing-key", f'{a} needs the key "{key}"', _missing(key))
    if kind == "extra_forbidden":
        known = list(_keys_at(model, detail["loc"][:-1]))
        hint = did_you_mean(key, known) or f"it may have {one_of(sorted(known))}"
        where = f"in {a}" if len(detail["loc"]) == 1 else f'under "{_named(detail["loc"][:-1])}"'
        return Problem(document.at_key(path), "unknown-key", f'there is no key "{key}" {where}', hint)
    if kind == "value_error":
        return _own_rule(str(detail.get("ctx", {}).get("error", "")), document, base, a)
    if value is None:
        return Problem(document.at_key(path), "empty-value", f'"{key}" has nothing after it', "write its text, or leave the key out")
    if kind == "string_too_short":
        return Problem(place, "empty-value", f'"{key}" is an empty text', "write its text, or leave the key out")
    if kind == "too_short":
        code = "no-cards" if key == "cards" else "empty-value"
        return Problem(place, code, f'the list "{key}" is empty', f"write at least one of the {key}")
    return _bad_value(kind, key, value, place, detail)


def _bad_value(kind: str, key: str, value: Any, place: Location, detail: ErrorDetails) -> Problem:
    if kind == "literal_error":
        allowed = [word.strip("'") for word in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        hint = (did_you_mean(value, allowed) if isinstance(value, str) else "") or f"it is {one_of(allowed)}"
        return Problem(place, "bad-value", f'"{key}" can\'t be {_said(value)}', hint)
    if kind in ("string_pattern_mismatch", "string_too_long"):
        if key == "tags":
            hint = f"write it as {str(value).replace(' ', '-')}" if str(value).split() else "write its name"
            return Problem(place, "bad-tag", f"the tag {_said(value)} holds a space, and Anki's tags can't", hint)
        if key in ("report", "html"):
            hint = "it begins with https:// or mailto:" if key == "report" else "the only value is `trusted`"
            return Problem(place, "bad-value", f'"{key}" can\'t be {_said(value)}', hint)
        slug = "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in str(value).lower()).split())
        hint = f'as in "{slug[:100]}": ' if slug else ""
        message = f'"{key}" can\'t be {_said(value)}: it is a slug'
        return Problem(place, "bad-id", message, f"{hint}small letters a to z, digits, and - . _ between them")
    wanted = _SHAPES.get(kind, "something else")
    hint = "write each on a line of its own, after a dash" if wanted == "a list" else ""
    if wanted == "text" and isinstance(value, dict | list):
        hint = "put quotes around text that begins with { or [, or holds a colon and a space"
    return Problem(place, "wrong-type", f'"{key}" must be {wanted}, not {_said(value)}', hint)


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


def _named(path: tuple[str | int, ...]) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "")


def _keys_at(model: type[BaseModel], path: tuple[str | int, ...]) -> Iterator[str]:
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
