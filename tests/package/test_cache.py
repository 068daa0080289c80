"""The cache: whatever becomes of its files, what is built is the same."""

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ft_cards.cache import Cache
from tests.anki.project import Author, deck, recall

CODE = """
id: loop
kind: code
question: Fill it in.
code: |
  for step in range(3):
      pass
blanks: [range, pass]
"""
dice = random.Random(11)


def flipped(data: bytes) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[at + 1 :]


def signed(payload: bytes) -> bytes:
    """Return a payload with a checksum that is right."""
    return hashlib.sha256(payload).hexdigest().encode() + payload


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[: dice.randrange(len(data))],
    "flipped": flipped,
    "longer": lambda data: data + b"x",
    "null": lambda data: signed(b"null"),
    "number": lambda data: signed(b"1"),
    "list": lambda data: signed(b"[]"),
    "lists": lambda data: signed(b"[[],[],[]]"),
    "object": lambda data: signed(b"{}"),
    "objects": lambda data: signed(b'{"deck":{},"problems":[1],"shows":{}}'),
    "deck": lambda data: signed(b'{"deck":[1,2],"problems":[],"shows":[]}'),
    "no json": lambda data: signed(b"{"),
    "no utf-8": lambda data: signed(b'"\xff"'),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_cache_changes_nothing(tmp_path: Path, damage: str):
    author = Author(tmp_path / "author", a=deck(recall("one"), CODE), b=deck(recall("two"), id_="b"))
    cache = Cache(tmp_path / "cache")
    author.build(cache=cache)
    author.change("a", ("What is one?", "What, then, is one?"))
    expected = Author(tmp_path / "other", a=author.read("a"), b=author.read("b"))
    (expected.root / "ft-cards.lock").write_text(author.lock, encoding="utf-8")
    expected.build(day=1)
    files = [path for path in (tmp_path / "cache").glob("??/*") if path.is_file()]
    assert len(files) >= 4
    for path in files:
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    author.build(day=1, cache=cache)
    assert author.files() == expected.files()


def test_a_cache_that_can_not_be_written_is_no_matter(tmp_path: Path):
    (tmp_path / "cache").write_text("a file, not a folder")
    author = Author(tmp_path / "author", a=deck(recall("one")))
    author.build(cache=Cache(tmp_path / "cache"))
    before = author.files()
    author.build(day=1, cache=Cache(tmp_path / "cache"))
    assert author.files() == before


def test_what_was_put_comes_back(tmp_path: Path):
    cache = Cache(tmp_path)
    assert cache.get("key") is None
    cache.put("key", {"a": [1, None, "ü"]})
    assert (cache.get("key"), cache.get("other")) == ({"a": [1, None, "ü"]}, None)
