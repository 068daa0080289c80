"""A file's bytes → text that YAML may see."""

import os
from pathlib import Path

import pytest

from ft_cards.source.location import Location
from ft_cards.source.problems import Problem
from ft_cards.source.text import LARGEST, decode, place, read_bytes


def _code(found: bytes | Problem) -> str:
    assert isinstance(found, Problem)
    return found.code


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa\r\n\0")
    assert read_bytes(tmp_path / "a.yaml", "a.yaml") == b"\xef\xbb\xbfa\r\n\0"


def test_what_can_not_be_read_is_a_problem_of_the_whole_file(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a") == Problem(
        Location("a"), "not-a-file", "this is a folder, not a deck", "rename it: what ends in .yaml is taken for a deck"
    )
    assert _code(read_bytes(tmp_path / "none.yaml", "a")) == "file-missing"
    assert _code(read_bytes(tmp_path / "none" / "a.yaml", "a")) == "file-missing"
    assert _code(read_bytes(Path("a\0b"), "a")) == "file-unreadable"
    assert _code(read_bytes(tmp_path / ("a" * 5000), "a")) == "file-unreadable"
    with (tmp_path / "large").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert _code(read_bytes(tmp_path / "large", "a")) == "file-too-large"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _code(read_bytes(tmp_path / "pipe", "a")) == "not-a-file"


def test_a_missing_file_may_be_a_mistyped_one(tmp_path: Path) -> None:
    (tmp_path / "basics.yaml").touch()
    found = read_bytes(tmp_path / "basic.yaml", "basic.yaml")
    assert found == Problem(
        Location("basic.yaml"), "file-missing", "there is no such file", 'did you mean "basics.yaml"?'
    )


@pytest.mark.parametrize(
    ("data", "text", "problems"),
    [
        (b"a", "a", []),
        ("ü😀\t\r\n".encode(), "ü😀\t\r\n", []),
        (b"\xef\xbb\xbfa", "a", [("byte-order-mark", 1, 1)]),
        (b"", "", [("empty-file", 1, 1)]),
        (b" \r\n\t", " \r\n\t", [("empty-file", 1, 1)]),
        (b"\xef\xbb\xbf", "", [("byte-order-mark", 1, 1), ("empty-file", 1, 1)]),
        (b"a\nb\xff", "", [("not-utf8", 2, 2)]),
        ("ü".encode() + b"\n\xfc", "", [("not-utf8", 2, 1)]),
        (b"\xed\xa0\x80", "", [("not-utf8", 1, 1)]),
        (b"\xc0\x80", "", [("not-utf8", 1, 1)]),
        (b"a\0\xff", "", [("not-utf8", 0, 0)]),
        ("ab".encode("utf-16"), "", [("not-utf8", 0, 0)]),
        ("ab".encode("utf-16-le"), "", [("not-utf8", 0, 0)]),
        ("ab".encode("utf-16-be"), "", [("not-utf8", 0, 0)]),
        (b"a\r\nb\0", "a\r\nb\0", [("control-character", 2, 2)]),
        ("a\u2028b".encode(), "a\u2028b", [("control-character", 1, 2)]),
        ("a\ufeff".encode(), "a\ufeff", [("control-character", 1, 2)]),
        ("ü\x85".encode(), "ü\x85", [("control-character", 1, 2)]),
        ("a\u200bb\u00ad\u202e".encode(), "a\u200bb\u00ad\u202e", []),
    ],
)
def test_bytes_are_decoded_strictly(data: bytes, text: str, problems: list[tuple[str, int, int]]) -> None:
    found, told = decode(data, "a.yaml")
    assert found == text
    assert [(each.code, each.location.line, each.location.column) for each in told] == problems


@pytest.mark.parametrize(
    ("text", "offset", "where"),
    [
        ("", 0, (1, 1)),
        ("ab", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb", 2, (2, 1)),
        ("a\n", 2, (2, 1)),
    ],
)
def test_an_offset_is_a_line_and_a_column(text: str, offset: int, where: tuple[int, int]) -> None:
    assert place(text, offset, "a.yaml") == Location("a.yaml", *where)
