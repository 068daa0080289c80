"""Decks and projects for tests: each builder makes something correct, and a test says only what matters to it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ft_cards.source.deck import Card
from ft_cards.source.reader import Reading, read_deck

BASICS: dict[str, dict[str, Any]] = {
    "recall": {"question": "What does LoRA learn?", "answer": "Two factors."},
    "choice": {"question": "How many factors?", "answer": "two", "distractors": ["one", "three"]},
    "code": {"question": "Fill it in.", "code": "loss.backward()\n", "blanks": ["backward"]},
    "cloze": {"text": "LoRA learns {{c1::two factors}}."},
    "explain": {"question": "Say what LoRA does.", "concepts": ["it freezes", "it factors"]},
    "story": {
        "question": "Why LoRA?",
        "scenario": "One GPU.",
        "problem": "No room.",
        "solution": "Small factors.",
    },
}
"""The keys that each kind of card needs, beside its id."""


def card_text(kind: str = "recall", id: str = "lora", **keys: Any) -> str:
    """Write a card as YAML. A key given as None is left out; `code_language` is `code-language`."""
    wanted = {"id": id, "kind": kind, **BASICS[kind], **keys}
    lines = [
        f"{key.replace('_', '-')}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in wanted.items()
        if value is not None
    ]
    return "  - " + "\n    ".join(lines) + "\n"


def deck_text(*cards: str, id: str = "sample", **keys: Any) -> str:
    """Write a deck file that holds these cards."""
    head = {"deck": "Sample", "id": id, **keys}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items()]
    return "".join(lines) + "cards:\n" + "".join(cards or [card_text()])


def read(text: str | bytes) -> Reading:
    """Read a deck file, called deck.yaml."""
    return read_deck(text.encode() if isinstance(text, str) else text, "deck.yaml")


def said(reading: Reading) -> list[tuple[str, int, int]]:
    """Return code, line and column of each problem."""
    return [(each.code, each.location.line, each.location.column) for each in reading.problems]


def cards_of(text: str | bytes) -> tuple[Card, ...]:
    """Read a deck file that must be free of problems, and return its cards."""
    reading = read(text)
    assert reading.problems == ()
    assert reading.deck
    return reading.deck.cards


def fields_of(card: Card) -> dict[str, Any]:
    """Return the keys of a card that are not at their default, but for id and kind."""
    fields: dict[str, Any] = json.loads(card.content) | json.loads(card.unseen or "{}")
    return {key: value for key, value in fields.items() if key != "kind"}


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files below a folder, and return the folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


def project(root: Path, decks: Iterable[str] = ("a",), **settings: str) -> Path:
    """Write a project with one small deck for each name."""
    files = {"ft-cards.yaml": "".join(f"{k}: {v}\n" for k, v in {"namespace": "tests", **settings}.items())}
    for name in decks:
        question = f"What is {name}?"
        files[f"decks/{name}.yaml"] = deck_text(card_text(id=f"{name}-card", question=question), id=f"{name}-deck")
    return write(root, files)
