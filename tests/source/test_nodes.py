"""YAML text → located nodes."""

import subprocess
import sys
from pathlib import Path

import pytest

from ft_cards.source.document import Document, Node
from ft_cards.source.location import Location
from ft_cards.source.nodes import DEEPEST, MOST_ALIASED, parse


def _codes(document: Document) -> list[tuple[str, int, int]]:
    return [(each.code, each.location.line, each.location.column) for each in document.problems]


def _data(text: str) -> object:
    document = parse(text, "a.yaml")
    assert document.problems == []
    assert document.root
    return document.root.data


def test_nodes_hold_data_and_places() -> None:
    document = parse("deck: A\ncards:\n  - id: 'b'\n    text: |\n      c\n      d\n  - [e]\n", "a.yaml")
    ident = Node("b", 3, 9, "'", 3, last=3)
    text = Node("c\nd\n", 4, 11, "|", 1, last=7)
    card = Node(
        {"id": "b", "text": "c\nd\n"},
        3,
        5,
        children={"id": ident, "text": text},
        keys={"id": (3, 5), "text": (4, 5)},
    )
    listed = Node(["e"], 7, 5, "{", children=[Node("e", 7, 6, "", 1, last=7)])
    cards = Node([card.data, ["e"]], 3, 3, children=[card, listed])
    deck = Node("A", 1, 7, "", 1, last=1)
    root = Node(
        {"deck": "A", "cards": cards.data},
        1,
        1,
        children={"deck": deck, "cards": cards},
        keys={"deck": (1, 1), "cards": (2, 1)},
    )
    assert document.root == root
    assert document.problems == []


def test_columns_count_characters_not_bytes_or_utf_16_units() -> None:
    document = parse("'ü😀': {é: x}\n", "a.yaml")
    assert document.at(("ü😀", "é")) == Location("a.yaml", 1, 11, 1)


def test_places_of_keys_values_and_what_is_not_there() -> None:
    document = parse("a:\n  b: [c, dd]\n", "a.yaml")
    assert document.at(("a", "b", 1)) == Location("a.yaml", 2, 10, 2)
    assert document.at(("a", "b", 7)) == Location("a.yaml", 2, 6, 1)
    assert document.at(("a", "z", "y")) == Location("a.yaml", 2, 3, 1)
    assert document.at_key(("a", "b")) == Location("a.yaml", 2, 3, 1)
    assert document.at_key(("a", "b", 1)) == Location("a.yaml", 2, 10, 2)
    assert document.at(()) == Location("a.yaml", 1, 1, 1)


@pytest.mark.parametrize(
    ("source", "line", "column", "place"),
    [
        ("a: |\n    one\n    two\n", 2, 2, (3, 6)),
        ("a: |\n\n    one\n", 2, 1, (3, 5)),
        ("- a: |+\n   one\n\n\n   two\n", 4, 1, (5, 4)),
        ("a: plain text\n", 1, 7, (1, 10)),
        ("a: 'it''s here'\n", 1, 6, (1, 11)),
        ('a: "plain here"\n', 1, 7, (1, 11)),
        ('a: "\\ttab here"\n', 1, 6, (1, 11)),
        ("a: >\n  one\n  two\n\n  three\n", 1, 5, (3, 3)),
        ("a: >\n  one\n  two\n\n  three\n", 2, 1, (5, 3)),
        ("a: one\n  two two\n  two\n", 1, 9, (2, 7)),
        ("a: one\n  two two\n  two\n", 1, 13, (3, 3)),
        ('a: "\\u0041bc"\n', 1, 1, (1, 4)),
    ],
)
def test_a_place_in_a_text_is_a_place_in_the_file(source: str, line: int, column: int, place: tuple[int, int]) -> None:
    document = parse(source, "a.yaml")
    path = (0, "a") if source.startswith("-") else ("a",)
    found = document.inside(path, line, column)
    assert (found.line, found.column) == place


def test_an_alias_stands_for_the_same_value() -> None:
    assert _data("a: &x [1, {b: c}]\nd: *x\ne: &y text\nf: *y\n*y : key\n") == {
        "a": ["1", {"b": "c"}],
        "d": ["1", {"b": "c"}],
        "e": "text",
        "f": "text",
        "text": "key",
    }


def test_a_name_can_be_given_again() -> None:
    assert _data("[&x a, *x, &x b, *x]") == ["a", "a", "b", "b"]


def test_a_merge_brings_what_is_not_there() -> None:
    source = (
        "- &a {x: 1, y: 2}\n- &b {y: 3, z: 4}\n- {<<: *a, y: own}\n- {<<: [*a, *b], w: 5}\n- &c\n  <<: *b\n- <<: *c\n"
    )
    assert _data(source) == [
        {"x": "1", "y": "2"},
        {"y": "3", "z": "4"},
        {"y": "own", "x": "1"},
        {"w": "5", "x": "1", "y": "2", "z": "4"},
        {"y": "3", "z": "4"},
        {"y": "3", "z": "4"},
    ]


def test_what_a_merge_brought_stands_where_it_is_written() -> None:
    document = parse("- &a {x: 1}\n- <<: *a\n  y: 2\n", "a.yaml")
    assert document.at((1, "x")) == Location("a.yaml", 1, 10, 1)
    assert document.at_own((1, "x")) == Location("a.yaml", 2, 3, 1)
    assert document.at_own((1, "y")) == Location("a.yaml", 3, 6, 1)


@pytest.mark.parametrize(
    ("source", "problems"),
    [
        ("a: 1\na: 2\n", [("duplicate-key", 2, 1)]),
        ("a: 1\n'a': 2\nb: {c: 1, c: 2}\n", [("duplicate-key", 2, 1), ("duplicate-key", 3, 11)]),
        ("{a: 1, a: {a: 1, a: 2}}\n", [("duplicate-key", 1, 8), ("duplicate-key", 1, 18)]),
        ("? [a]\n: b\n", [("bad-key", 1, 3)]),
        ("? {a: b}\n: c\n", [("bad-key", 1, 3)]),
        ("?\n: b\n", [("bad-key", 1, 2)]),
        ("a: !!int 1\n", [("yaml-tag", 1, 4)]),
        ("a: !x {b: c}\n", [("yaml-tag", 1, 4)]),
        ("a: ! b\n", []),
        ("a: *b\n", [("bad-alias", 1, 4)]),
        ("a: &b [*b]\n", [("bad-alias", 1, 8)]),
        ("a: &b {c: {d: *b}}\n", [("bad-alias", 1, 15)]),
        ("<<: text\n", [("wrong-type", 1, 5)]),
        ("<<:\n", [("wrong-type", 1, 4)]),
        ("<<: [{a: 1}, b]\n", [("wrong-type", 1, 14)]),
        ("--- a\n--- b\n", [("many-documents", 2, 1)]),
        ("a: {{b}}\n", [("unquoted-braces", 1, 4)]),
        ("a:\n  - {{b}}\n", [("unquoted-braces", 2, 5)]),
        ("{{a}}: b\n", [("unquoted-braces", 1, 1)]),
        ('a: "\\0"\n', [("control-character", 1, 4)]),
        ('a: "x\\ry"\n', [("control-character", 1, 4)]),
        ('a: "\\L\\P\\N"\n', [("control-character", 1, 4)]),
        ('a: "\\t\\n\\_\\x41"\n', []),
        ("a: {b: {c: d}}\n", []),
        ("{a: {b: c}}\n", []),
        ("", []),
    ],
)
def test_what_yaml_lets_pass_and_a_deck_does_not(source: str, problems: list[tuple[str, int, int]]) -> None:
    assert _codes(parse(source, "a.yaml")) == problems


def test_nesting_has_an_end() -> None:
    assert _codes(parse("[" * DEEPEST + "]" * DEEPEST, "a.yaml")) == []
    assert _codes(parse("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "a.yaml")) == [("too-deep", 1, DEEPEST + 1)]
    assert _codes(parse("- " * 100_000, "a.yaml")) == [("too-deep", 1, 2 * DEEPEST + 1)]


def test_aliases_may_stand_for_so_much_and_no_more() -> None:
    hundred = "a: &a [" + ",".join("x" * 99) + "]\n"
    lines = MOST_ALIASED // 100
    assert _codes(parse(hundred + "b: [" + ",".join(["*a"] * lines) + "]\n", "a.yaml")) == []
    over = parse(hundred + "b:\n" + "  - *a\n" * (lines + 1), "a.yaml")
    assert _codes(over) == [("too-many-aliases", lines + 3, 5)]


_BOMBS = {
    "nesting": "data = b'[' * 5_000_000",
    "nested mappings": "data = b'{a: ' * 2_000_000",
    "nested dashes": "data = b'- ' * 5_000_000",
    "laughs": "data = b'a: &a [' + b'lol,' * 10 + b']\\n' + b''.join("
    "b'%c: &%c [' % (n + 1, n + 1) + b'*%c,' % n * 10 + b']\\n' for n in range(97, 120))",
    "merged laughs": "data = b'a: &a {' + b''.join(b'k%d: v,' % n for n in range(1000)) + b'}\\n' + b''.join("
    "b'b%d: {<<: [' % n + b'*a,' * 100 + b']}\\n' for n in range(1000))",
    "nesting by names": "data = b'a0: &a0 x\\n' + b''.join("
    "b'a%d: &a%d ' % (n, n) + b'[' * 30 + b'*a%d' % (n - 1) + b']' * 30 + b'\\n' for n in range(1, 5000))",
    "quotes": "data = b'a: \"' + b'x\\n' * 2_000_000",
    "one long line": "data = b'deck: ' + b'x: ' * 2_000_000",
    "anchors": "data = b''.join(b'- &a%d x\\n' % n for n in range(100_000))",
    "cloze signs": "data = b'deck: a\\nid: a\\ncards:\\n- id: a\\n  kind: cloze\\n  text: \"' + b'{{c1::$`' * 3_000 + b'\"\\n'",
    "deep program": "data = b'deck: a\\nid: a\\ncards:\\n- id: a\\n  kind: code\\n  question: q\\n  blanks: [x]\\n  code: x'"
    " + b'(' * 100_000",
    "long program": "data = b'deck: a\\nid: a\\ncards:\\n- id: a\\n  kind: code\\n  question: q\\n  blanks: [x]\\n  code: x'"
    " + b'+ -1' * 100_000",
}
"""Python that makes `data`: a file that is small, or looks small, and would eat time or memory."""

_MEASURE = """
import resource, time
from ft_cards.source.reader import read_deck
{make}
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
reading = read_deck(data, "bomb.yaml")
assert reading.deck is None and reading.problems
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(time.process_time() - start, grown / 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in other units elsewhere")
@pytest.mark.parametrize("name", _BOMBS)
def test_a_bomb_is_refused_soon_and_in_little_memory(name: str) -> None:
    script = _MEASURE.format(make=_BOMBS[name])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 5
    assert megabytes < 250


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured in other units elsewhere")
def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.yaml").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    script = (
        "import sys; from pathlib import Path; from ft_cards.source.text import read_bytes\n"
        "code = read_bytes(Path(sys.argv[1]), 'huge.yaml').code\n"
        "peak = Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]\n"
        "print(code, peak)"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "huge.yaml")]
    code, kilobytes = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.split()
    assert code == "file-too-large"
    assert int(kilobytes) < 100 * 1024
