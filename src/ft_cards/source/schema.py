"""The readers' models → JSON Schema, so that editors complete and check deck files."""

from typing import Any

from pydantic import TypeAdapter

from ft_cards.source.files import DeckFile, ProjectFile
from ft_cards.source.kinds import KINDS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def deck_schema() -> dict[str, Any]:
    """Return the schema of a deck file."""
    schema = _tidy(DeckFile.model_json_schema(by_alias=True))
    cards = {kind: _tidy(TypeAdapter(model).json_schema(by_alias=True)) for kind, model in KINDS.items()}
    definitions = schema.setdefault("$defs", {})
    for kind, card in cards.items():
        definitions.update(card.pop("$defs", {}))
        definitions[kind] = card
    definitions["choice"]["anyOf"] = [{"required": ["answer"]}, {"required": ["answers"]}]
    schema["properties"]["cards"] = {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "properties": {"kind": {"enum": list(KINDS)}},
            "required": ["id", "kind"],
            "allOf": [
                {
                    "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                    "then": {"$ref": f"#/$defs/{kind}"},
                }
                for kind in KINDS
            ],
        },
    }
    return {"$schema": _DIALECT, "title": "An ft-cards deck", **schema}


def project_schema() -> dict[str, Any]:
    """Return the schema of the project file."""
    return {"$schema": _DIALECT, "title": "An ft-cards project", **_tidy(ProjectFile.model_json_schema())}


def _tidy(schema: Any) -> Any:
    """Drop what says nothing to an author: made-up titles, docstrings, and null as a choice."""
    if isinstance(schema, list):
        return [_tidy(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    own = "type" in schema and "properties" in schema
    out = {
        key: {name: _tidy(value) for name, value in each.items()} if key in ("properties", "$defs") else _tidy(each)
        for key, each in schema.items()
        if key not in ("title", "default") and not (own and key == "description")
    }
    choices = out.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        left = [each for each in choices if each != {"type": "null"}]
        del out["anyOf"]
        out = {**left[0], **out} if len(left) == 1 else {**out, "anyOf": left}
    return out
