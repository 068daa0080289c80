"""Items → faces: what stands on both sides, and what is to be done."""

from pathlib import Path

from ft_cards.study.faces import Face, Fill, Gap, Option, Pick, Program, Prose, Reveal, Tick, face_of
from tests.builders import card_text
from tests.study.desks import item, shelf


def test_a_recall_card_and_its_reverse(tmp_path: Path) -> None:
    text = card_text(
        question="Q?", answer="A.", hint="H", explanation="E", mistakes=["m", "n"], source="S", reverse=True
    )
    front, back = shelf(tmp_path, text).items
    more = (Prose("E", "Why"), Prose("- m\n- n", "Common mistakes"), Prose("S", "Source"))
    assert face_of(front, "1") == Face((Prose("Q?"),), (Prose("A."),), Reveal(), "H", (), more)
    assert face_of(back, "1") == Face((Prose("A."),), (Prose("Q?"),), Reveal(), "", (), more)


def test_a_choice_card_has_its_options_in_an_order_that_hangs_on_the_seed(tmp_path: Path) -> None:
    wrong = [{"text": "b", "why": "no"}, "c", "d", "e"]
    keys = {"question": "Q?", "code": "x = 1\n", "answer": "a", "distractors": wrong, "steps": ["s"], "check": "k"}
    card = item(tmp_path, card_text("choice", "pick", **keys))
    face = face_of(card, "1")
    assert face.front == (Prose("Q?"), Program("x = 1", "python"))
    assert (face.back, face.steps, face.more) == ((), ("s",), (Prose("k", "Check"),))
    assert isinstance(face.task, Pick)
    options = {Option("a", True), Option("b", False, "no"), Option("c", False), Option("d", False), Option("e", False)}
    assert set(face.task.options) == options
    assert face_of(card, "1") == face
    assert len({face_of(card, str(seed)).task for seed in range(40)}) > 20


def test_options_that_are_not_shuffled_rise(tmp_path: Path) -> None:
    keys = {"answer": "10", "distractors": ["9", "all of them", "100"], "shuffle": False}
    task = face_of(item(tmp_path, card_text("choice", "pick", **keys)), "1").task
    assert isinstance(task, Pick)
    assert [option.text for option in task.options] == ["9", "10", "100", "all of them"]
    assert (task.several, task.right) == (False, {1})


def test_a_program_hides_the_blank_that_is_asked_and_shows_the_others(tmp_path: Path) -> None:
    code = "loss.backward()\nopt.step()\n"
    blanks = [{"text": "backward", "distractors": ["forward"], "hint": "H"}, "step"]
    _, second = shelf(tmp_path, card_text("code", "train", question="Q?", code=code, blanks=blanks)).items
    first, _ = shelf(tmp_path, card_text("code", "train", question="Q?", code=code, blanks=blanks)).items
    code = code.rstrip()
    face = face_of(first, "1")
    assert face.front == (Prose("Q?"), Program("loss.[…]()\nopt.step()", "python", ((5, 8),)))
    assert face.back == (Program(code, "python", ((5, 13),)),)
    assert isinstance(face.task, Fill)
    (gap,) = face.task.gaps
    assert set(gap.options) == {"backward", "forward"}
    assert gap == Gap("backward", "H", gap.options, code, 5, "python")
    assert face_of(second, "1").task == Fill((Gap("step", "", (), code, 20, "python"),))


def test_blanks_asked_together_are_numbered(tmp_path: Path) -> None:
    keys = {"code": "a.b(c)\n", "blanks": ["c", "b"], "ask": "together"}
    face = face_of(item(tmp_path, card_text("code", "train", **keys)), "1")
    assert face.front[1] == Program("a.[1]([2])", "python", ((2, 5), (6, 9)))
    assert isinstance(face.task, Fill)
    assert [gap.answer for gap in face.task.gaps] == ["b", "c"]


def test_a_blank_over_several_lines_is_only_revealed(tmp_path: Path) -> None:
    face = face_of(item(tmp_path, card_text("code", "train", code="a\nb\nc\n", blanks=["a\nb"])), "1")
    assert (face.front[1], face.task) == (Program("[…]\nc", "python", ((0, 3),)), Reveal())


def test_a_cloze_shows_its_hint_and_opens_the_other_blanks(tmp_path: Path) -> None:
    text = "A {{c1::x {{c2::y::of what?}}}} and `{{c2::z}}`, {{c3::" + "long " * 9 + "}}."
    one, two, three = (face_of(each, "1") for each in shelf(tmp_path, card_text("cloze", "lora", text=text)).items)
    long = "long " * 9
    assert one.front == (Prose(f"A […] and `z`, {long}."),)
    assert one.back == (Prose(f"A **x y** and `z`, {long}."),)
    assert one.task == Fill((Gap("x y"),))
    assert two.front == (Prose(f"A x [1: of what?] and `[2: …]`, {long}."),)
    assert two.back == (Prose(f"A x **y** and `z`, {long}."),)
    assert two.task == Fill((Gap("y", "of what?"), Gap("z")))
    assert (three.front, three.task) == ((Prose("A x y and `z`, […]."),), Reveal())


def test_an_explanation_and_a_story(tmp_path: Path) -> None:
    explain = card_text("explain", "say", question="Q?", concepts=["one", "two"], answer="A.")
    story = card_text(
        "story", "why", question="W?", scenario="S", problem="P", solution="L", example="E", takeaways=["t"]
    )
    first, second = (face_of(each, "1") for each in shelf(tmp_path, explain, story).items)
    assert first == Face((Prose("Q?"),), (Prose("A."),), Tick(("one", "two")))
    told = (
        Prose("P", "The problem"),
        Prose("L", "The way out"),
        Prose("E", "In real life"),
        Prose("- t", "To take away"),
    )
    assert second == Face((Prose("W?"), Prose("S")), told, Reveal())
