"""Random programs with blanks, in the real Anki. `tests/proof/test_anki_code.py` proves it at length."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from .code_cards import Case, cases, prove, rendered
from .collection import Learner
from .look import look
from .project import Author, deck


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """A learner who has the note type."""
    made = learner_with_type(tmp_path_factory)
    yield made
    made.close()


def learner_with_type(tmp_path_factory: pytest.TempPathFactory) -> Learner:
    author = Author(tmp_path_factory.mktemp("author"), a=deck("id: gap\nkind: cloze\ntext: 'Say {{c1::one}}.'"))
    author.build()
    learner = Learner(tmp_path_factory.mktemp("learner"))
    learner.take(author.package())
    return learner


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_anki_hides_exactly_the_blank_and_shows_the_rest(reader: Learner, case: Case):
    prove(case, reader)


PROGRAMS = [
    ("cpp", "std::map<int, std::vector<int>> m;", "std::vector<int>"),
    ("cpp", "auto f = [](auto x) { return x; };", "{ return x; }"),
    ("rust", 'fn main() { let v: Vec<u8> = "1".parse::<u8>(); }', "::<u8>"),
    ("rust", 'println!("{{}} {}", x);', "{{}} {}"),
    ("jinja", "{% for x in y %}{{ x }}{% endfor %}", "{{ x }}"),
    ("jinja", "{{ a|join('::') }}", "}}"),
    ("html", "<p class='a'>&lt;&#125;&#125;</p><!-- x -->", "&lt;&#125;&#125;"),
    ("bash", 'echo "${a[@]}" $((1+2)) [sound:x.mp3]', "${a[@]}"),
    ("python", "d = {'a': {'b': {}}}\n\n\nx[1:2]\t# \\(no math\\) $$", "{'b': {}}}\n\n\nx["),
    ("python", "s = '''{{c1::x::y}}'''", "{{c1::x::y}}"),
]


def single(language: str, program: str, blank: str) -> Case:
    fields = {
        "id": "code", "kind": "code", "question": "Fill it in.", "code": program, "code-language": language,
        "ask": "each", "blanks": [{"text": blank, "occurrence": 1, "distractors": ["}}::"]}],
    }  # fmt: skip
    start = program.index(blank)
    return Case(fields, ((start, start + len(blank)),), ("",))


@pytest.mark.parametrize(("language", "program", "blank"), PROGRAMS)
def test_real_programs(reader: Learner, language: str, program: str, blank: str):
    prove(single(language, program, blank), reader)


def test_a_sign_that_combines_with_a_tag_leaves_the_tag_alone(reader: Learner):
    # Anki composes what it stores: ">" and U+0338 would become one sign, and the tag would never end.
    note = rendered(single("text", "\u0338a = \u0338b", "\u0338b"))
    (card,) = reader.add("ft-cards cloze", {"Text": note.fields[2]})
    assert look(card.answer()).text == "\u0338a = \u0338b"


def test_the_blank_asked_shows_its_own_options(reader: Learner):
    case = single("cpp", "std::vector<int> v; v.size();", "size")
    note = rendered(case)
    (card,) = reader.add("ft-cards cloze", {"Text": note.fields[2], "Options": note.fields[3]})
    for side in (card.question(), card.answer()):
        assert sorted([look(side, "ft-offers").text]) in (["size}}::"], ["}}::size"])
        assert '<div class="ft-chips ft-b1">' in side
