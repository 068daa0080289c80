"""The lock: identity and time of every card, read exactly or not at all."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ft_cards.package import lock as locks
from ft_cards.package.blanks import Blanks
from ft_cards.package.lock import Entry, Lock, TypeEntry, Wanted, advance, new_guid
from ft_cards.package.lockfile import dump, load
from ft_cards.source.text import decode
from tests.anki.project import Author, deck, recall

NOW = 1_700_000_000
TYPES = {"recall": "t1"}


def wanted(key: str, source: str = "s1", *asked: str) -> Wanted:
    fields = {"key": key, "kind": "code" if asked else "recall", "source": source, "asked": asked}
    return Wanted(**fields)


def read(text: str) -> Lock:
    """Read a lock as a build does: as text first."""
    decoded, problems = decode(text.encode(), "lock")
    assert problems == []
    lock = load(decoded, "lock")
    assert isinstance(lock, Lock), lock
    return lock


def codes(text: str) -> list[tuple[str, int]]:
    problems = load(text, "ft-cards.lock")
    assert isinstance(problems, list)
    return [(problem.code, problem.location.line) for problem in problems]


FULL = Lock(
    {
        "a": Entry("guid-a", "recall", NOW, "s1"),
        "b": Entry("guid-b", "code", NOW + 1, "s2", Blanks((("x", 2), ("y", 1)), (("z", 3),))),
        "c~reverse": Entry("guid-c", "recall", NOW + 2, "s3", retired=True),
    },
    {"recall": TypeEntry(NOW, "t1"), "cloze": TypeEntry(NOW, "t2")},
    "tests",
)
TEXT = """{"ft-cards-lock":1,"namespace":"tests"}
{"notetype":"cloze","mod":1700000000,"source":"t2"}
{"notetype":"recall","mod":1700000000,"source":"t1"}
{"card":"a","guid":"guid-a","kind":"recall","mod":1700000000,"source":"s1"}
{"card":"b","guid":"guid-b","kind":"code","mod":1700000001,"source":"s2","blanks":[["x",2],["y",1]],"removed":[["z",3]]}
{"card":"c~reverse","guid":"guid-c","kind":"recall","mod":1700000002,"source":"s3","retired":true}
"""


def test_written_and_read_again_it_is_the_same():
    assert dump(FULL) == TEXT
    assert read(TEXT) == FULL
    assert read(TEXT.replace("\n", "\r\n")) == FULL


def test_the_guid_of_a_card_is_the_same_for_everybody():
    # These values are learners' identity: should this fail, the change is wrong.
    assert new_guid("fine-tuning", "training-step") == "xx3fmjcubgsbmeer"
    assert new_guid("", "ft-foundations/training-step") == "2zeitubrq4bsyfql"


def test_the_first_build_stamps_every_card():
    lock = advance(Lock(namespace="tests"), [wanted("a"), wanted("b", "s2", "x", "y")], TYPES, NOW)
    assert lock == Lock(
        {
            "a": Entry(new_guid("tests", "a"), "recall", NOW, "s1"),
            "b": Entry(new_guid("tests", "b"), "code", NOW, "s2", Blanks((("x", 1), ("y", 2)))),
        },
        {"recall": TypeEntry(NOW, "t1")},
        "tests",
    )


def test_a_second_build_changes_nothing():
    first = advance(Lock(), [wanted("a"), wanted("b", "s2", "x")], TYPES, NOW)
    assert advance(first, [wanted("b", "s2", "x"), wanted("a")], TYPES, NOW + 99) == first


@pytest.mark.parametrize(
    ("now", "mod"),
    [(NOW + 5, NOW + 5), (NOW, NOW + 1), (NOW - 5, NOW + 1), (0, NOW + 1), (2**40, locks.LATEST)],
)
def test_a_changed_card_is_always_newer(now: int, mod: int):
    first = advance(Lock(), [wanted("a"), wanted("b")], TYPES, NOW)
    second = advance(first, [wanted("a", "s2"), wanted("b")], TYPES | {"cloze": "t2"}, now)
    assert second.notes == {"a": first.notes["a"]._replace(mod=mod, source="s2"), "b": first.notes["b"]}
    assert second.types["recall"] == first.types["recall"]


@pytest.mark.parametrize(("now", "mod"), [(0, locks.EARLIEST), (2**40, locks.LATEST)])
def test_a_clock_that_is_wrong_gives_a_time_that_anki_takes(now: int, mod: int):
    first = advance(Lock(), [wanted("a")], TYPES, now)
    assert (first.notes["a"].mod, first.types["recall"].mod) == (mod, mod)
    later = advance(first, [wanted("a", "s2")], TYPES, now)
    assert later.notes["a"].mod == mod + 1
    assert read(dump(later)) == later


def test_a_card_that_leaves_is_kept_and_comes_back_as_itself():
    first = advance(Lock(), [wanted("a"), wanted("b")], TYPES, NOW)
    gone = advance(first, [wanted("a")], TYPES, NOW + 1, gone=["b"])
    assert gone.notes["b"] == first.notes["b"]._replace(retired=True)
    assert advance(gone, [wanted("a"), wanted("b")], TYPES, NOW + 2) == first
    changed = advance(gone, [wanted("b", "s2")], TYPES, NOW + 2).notes["b"]
    assert changed == first.notes["b"]._replace(mod=NOW + 2, source="s2")


def test_cards_of_decks_that_were_not_read_stay_as_they_are():
    assert advance(FULL, [], {}, NOW + 9) == FULL


def test_the_branches_of_two_authors_merge_line_by_line():
    base = advance(Lock(namespace="tests"), [wanted("m")], TYPES, NOW)
    ours = advance(base, [wanted("m"), wanted("a"), wanted("z")], TYPES, NOW + 1)
    theirs = advance(base, [wanted("m"), wanted("b")], TYPES | {"cloze": "t2"}, NOW + 2)
    lines = dict.fromkeys(dump(ours).splitlines() + dump(theirs).splitlines())
    merged = read("".join(f"{line}\n" for line in lines))
    assert (merged.notes, merged.types) == (ours.notes | theirs.notes, ours.types | theirs.types)
    assert read(dump(merged)) == merged


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=4))
def test_any_text_of_a_blank_survives_the_file(texts: list[str]):
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return
    blanks = Blanks(tuple((text, number) for number, text in enumerate(texts, 1)))
    lock = Lock({"a": Entry("guid", "code", NOW, "s", blanks)}, {}, "tests")
    assert read(dump(lock)) == lock


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\x7f", "\x0b", "\x0c", "\x1c", "\ufeff", "\uffff"])
def test_a_blank_with_a_sign_that_ends_lines_survives_the_file(sign: str):
    lock = Lock({"a": Entry("guid", "code", NOW, "s", Blanks(((f"x{sign}y", 1),)))}, {}, "tests")
    assert read(dump(lock)) == lock
    assert dump(lock).isprintable() or dump(lock).count("\n") == 2


LINES = TEXT.splitlines()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("lock-broken", 1)]),
        ("\n", [("lock-broken", 1)]),
        ("{}\n", [("lock-broken", 1)]),
        (TEXT.replace('"ft-cards-lock":1', '"ft-cards-lock":true'), [("lock-broken", 1)]),
        (TEXT.replace('"ft-cards-lock":1', '"ft-cards-lock":"1"'), [("lock-broken", 1)]),
        (TEXT.replace('"ft-cards-lock":1', '"ft-cards-lock":0'), [("lock-broken", 1)]),
        (TEXT.replace('"ft-cards-lock":1', '"ft-cards-lock":2'), [("lock-newer", 1)]),
        (TEXT.replace('"namespace":"tests"', '"namespace":7'), [("lock-broken", 1)]),
        ("\n".join(LINES[1:]), [("lock-broken", 1)]),
        (TEXT + LINES[3] + "\n", [("lock-broken", 7)]),
        (TEXT + LINES[2] + "\n", [("lock-broken", 7)]),
        (TEXT + LINES[3].replace('"a"', '"d"') + "\n", [("lock-broken", 7)]),
        (TEXT.replace("}\n", "}\n\n", 1), [("lock-broken", 2)]),
        (TEXT.replace("}\n", "}", 1), [("lock-broken", 1)]),
        (TEXT[:-20], [("lock-broken", 6)]),
        (
            TEXT.replace(LINES[3], LINES[3][:30]).replace(LINES[4], "x"),
            [("lock-broken", 4), ("lock-broken", 5)],
        ),
        (f"<<<<<<< HEAD\n{TEXT}=======\n{TEXT}>>>>>>> theirs\n", [("lock-conflict", 1)]),
        (TEXT.replace(LINES[4], f"<<<<<<< HEAD\n{LINES[4]}\n=======\n>>>>>>> x"), [("lock-conflict", 5)]),
        (TEXT.replace(LINES[4], f"||||||| base\n{LINES[4]}"), [("lock-conflict", 5)]),
        ("[" * 100_000, [("lock-broken", 1)]),
    ],
)
def test_what_is_no_lock_is_told_with_its_line(text: str, expected: list[tuple[str, int]]):
    assert codes(text) == expected


NONSENSE = [
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "\ud800",
    [],
    {},
    [[]],
    [["x"]],
    [["x", 0]],
    [["x", 1], ["y", 1]],
    "yes",
]


@pytest.mark.parametrize("line", [1, 3, 4, 5], ids=["type", "plain", "blanks", "retired"])
@pytest.mark.parametrize("value", NONSENSE, ids=repr)
def test_nonsense_in_any_value_is_a_problem_of_its_line(line: int, value: object):
    for key in json.loads(LINES[line]):
        row = json.loads(LINES[line])
        if row[key] == value or (key == "retired" and value is True) or (key in ("blanks", "removed") and value == []):
            continue
        if value == "yes" and key not in ("mod", "blanks", "removed", "retired"):
            continue
        row[key] = value
        lines = [*LINES[:line], json.dumps(row), *LINES[line + 1 :]]
        assert codes("\n".join(lines)) == [("lock-broken", line + 1)], (key, value)


@pytest.mark.parametrize(
    "row", [None, 1, "text", "notetype", [], [["a"]], {}, {"notetype": "x"}, {"card": "x"}], ids=repr
)
def test_a_line_of_another_kind_is_a_problem(row: object):
    assert codes("\n".join([*LINES[:3], json.dumps(row), *LINES[3:]])) == [("lock-broken", 4)]


@pytest.mark.parametrize("line", [0, 1, 3, 4, 5])
def test_an_unknown_key_is_a_problem(line: int):
    row = json.loads(LINES[line]) | {"later": 1}
    assert codes("\n".join([*LINES[:line], json.dumps(row), *LINES[line + 1 :]])) == [("lock-broken", line + 1)]


def mutations(text: str, count: int) -> list[str]:
    """Return damaged versions of a lock: signs changed, cut, doubled, lines mixed."""
    dice = random.Random(7)
    found: list[str] = []
    while len(found) < count:
        at, to = sorted(dice.choices(range(len(text)), k=2))
        sign = dice.choice('{}[]",:\\\n\t 0179aé\x00\u2028')
        lines = text.splitlines(keepends=True)
        dice.shuffle(lines)
        damages = [
            text[:at] + sign + text[at + 1 :], text[:at] + sign + text[at:], text[:at] + text[at + 1 :],
            text[:at] + text[to:], text[:to] + text[at:], text[:at], "".join(lines),
        ]  # fmt: skip
        found.append(dice.choice(damages))
    return found


def test_a_damaged_lock_is_refused_or_read_but_never_a_crash_nor_written(tmp_path: Path):
    author = Author(tmp_path, a=deck(recall("one"), recall("two")))
    author.build()
    path = tmp_path / "ft-cards.lock"
    whole, packages = author.lock, author.package().read_bytes()
    known = load(whole, "lock")
    assert isinstance(known, Lock)
    refused = 0
    for damaged in mutations(whole, 150):
        path.write_bytes(damaged.encode())
        project = author.look()
        if project.lock is None:
            refused += 1
            assert project.errors
            with pytest.raises(AssertionError):
                author.build(day=1)
        elif not project.errors:
            # What can be read is as if an author had edited one line.
            read = project.lock.notes.items()
            assert sum(key in known.notes and known.notes[key] != entry for key, entry in read) <= 1
        assert path.read_bytes() == damaged.encode()
        assert author.package().read_bytes() == packages
    assert refused > 75


def test_a_lock_that_is_gone_is_made_again_with_the_same_guids(tmp_path: Path):
    author = Author(tmp_path, a=deck(recall("one"), recall("two")))
    author.build()
    before = author.lock
    (tmp_path / "ft-cards.lock").unlink()
    author.build()
    assert author.lock == before
