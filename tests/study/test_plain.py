"""Line mode: whole sessions as they are read."""

import textwrap
from pathlib import Path

from ft_cards.study.plain import run
from tests.builders import card_text
from tests.study.desks import Room, room


def session(made: Room, text: str, **options: object) -> str:
    """What a session writes that reads these lines; five seconds pass before each."""
    desk = made.desk(**options)  # type: ignore[arg-type]
    written: list[str] = []

    def lines() -> object:
        for line in text.splitlines(keepends=True):
            made.clock.forward(seconds=5)
            yield line

    run(desk, lines(), written.append)  # type: ignore[arg-type]
    return "".join(written)


def transcript(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


def test_a_recall_card_an_early_grade_and_the_end_of_input(tmp_path: Path) -> None:
    text = card_text(question="What?\nReally?", answer="That.", hint="Think.", level="easy", explanation="So.")
    with (made := room(tmp_path, text, card_text(id="two", question="Two?"))).store:
        assert session(made, "3\nh\n\n3\n") == "\n" + transcript("""
            --- lora (recall, easy) --- new 2, learning 0, due 0
            What?
            Really?
            Enter shows the answer
            see the answer first: Enter shows it, then 1 to 4 grades
            hint: Think.

            That.
            Why: So.
            1 Again (1 min) · 2 Hard (6 min) · 3 Good (10 min) · 4 Easy (6 d) · Enter: 3 Good
            saved: lora Good, back in 10 min

            --- two (recall) --- new 1, learning 1, due 0
            Two?
            Enter shows the answer

            1 answer on 1 card in 20 s, 100 % right
              recall 1/1
              easy 1/1
            still to do today: 2 cards
            tomorrow: 0 reviews and 1 new
            """)


def test_a_choice_with_reasons_steps_and_undo(tmp_path: Path) -> None:
    wrong = [{"text": "8", "why": "That is twice."}, "9"]
    keys = {"question": "2 + 2?", "answer": "4", "distractors": wrong, "shuffle": False, "steps": ["two", "and two"]}
    with (made := room(tmp_path, card_text("choice", "sum", check="2 + 2 = 4", **keys))).store:
        assert session(made, "b\nn\n2\nu\na\n\n") == "\n" + transcript("""
            --- sum (choice) --- new 1, learning 0, due 0
            2 + 2?
              A  4
              B  8
              C  9
            pick a letter

            Wrong.
              A  4  (right)
              B  8  (wrong, picked): That is twice.
              C  9  (wrong)
            Check: 2 + 2 = 4
            (n shows the 2 steps of the solution, one at a time)
            1 Again (1 min) · 2 Hard (6 min) · 3 Good (10 min) · 4 Easy (7 d) · Enter: 1 Again
            step 1 of 2: two
            1 Again (1 min) · 2 Hard (6 min) · 3 Good (10 min) · 4 Easy (7 d) · Enter: 1 Again
            saved: sum Hard, back in 6 min

            --- sum (choice) --- new 0, learning 1, due 0
            2 + 2?
              A  4
              B  8
              C  9
            pick a letter
            taken back: Hard on sum

            --- sum (choice) --- new 1, learning 0, due 0
            2 + 2?
              A  4
              B  8
              C  9
            pick a letter

            Right.
              A  4  (right, picked)
              B  8  (wrong): That is twice.
              C  9  (wrong)
            Check: 2 + 2 = 4
            (n shows the 2 steps of the solution, one at a time)
            1 Again (1 min) · 2 Hard (6 min) · 3 Good (10 min) · 4 Easy (7 d) · Enter: 3 Good
            saved: sum Good, back in 10 min

            --- sum (choice) --- new 0, learning 1, due 0
            2 + 2?
              A  4
              B  8
              C  9
            pick a letter

            1 answer on 1 card in 10 s, 100 % right
              choice 1/1
            still to do today: 1 card
            tomorrow: 0 reviews and 0 new
            """)


def test_a_blank_with_three_tries_and_a_diff(tmp_path: Path) -> None:
    blank = {"text": "backward", "hint": "fills .grad", "distractors": ["forward"]}
    code = card_text("code", "step", question="Fill it in.", code="loss.backward()\n", blanks=[blank])
    with (made := room(tmp_path, code)).store:
        assert session(made, "x\nbakward\nforward\n\nq\n", limit=1) == "\n" + transcript("""
            --- step:1 (code) --- new 1, learning 0, due 0
            Fill it in.

                loss.[…]()

            type the blank (3 tries), or Enter shows the answer
            not x
            hint: fills .grad
            type the blank (2 tries), or Enter shows the answer
            not bakward
            hint: fills .grad
              A  backward
              B  forward
            type the blank (1 try), or Enter shows the answer

            Wrong.
              [-for-]{+back+}ward
            answer: backward

                loss.backward()

            1 Again (1 min) · 2 Hard (6 min) · 3 Good (10 min) · 4 Easy (9 d) · Enter: 1 Again
            saved: step:1 Again, back in 1 min

            1 answer on 1 card in 20 s, 0 % right
              code 0/1
            still to do today: 1 card
            tomorrow: 0 reviews and 0 new
            u takes the last answer back, Enter leaves
            """)


def test_an_explanation_is_ticked(tmp_path: Path) -> None:
    explain = card_text("explain", "say", question="Say it.", concepts=["one", "two", "three", "four"], answer="Model.")
    with (made := room(tmp_path, explain)).store:
        assert session(made, "my own words\nabd\n4\n") == "\n" + transcript("""
            --- say (explain) --- new 1, learning 0, due 0
            Say it.
            say it in your own words, then Enter

            Model.
            which of these did you say? (letters tick)
              A  [ ] one
              B  [ ] two
              C  [ ] three
              D  [ ] four
            0 of 4
            1 Again (1 min) · 2 Hard (6 min) · 3 Good (10 min) · 4 Easy (8 d) · Enter: 1 Again
            which of these did you say? (letters tick)
              A  [x] one
              B  [x] two
              C  [ ] three
              D  [x] four
            3 of 4
            1 Again (1 min) · 2 Hard (6 min) · 3 Good (10 min) · 4 Easy (8 d) · Enter: 2 Hard
            saved: say Easy, back in 8 d

            1 answer on 1 card in 15 s, 100 % right
              explain 1/1
            tomorrow: 0 reviews and 0 new
            u takes the last answer back, Enter leaves
            """)


def test_commands_are_letters_and_a_colon_or_equals_sign_decides(tmp_path: Path) -> None:
    code = card_text("code", "index", question="Fill it in.", code="for i in x:\n    print(i)\n",
                     blanks=[{"text": "i", "line": 2, "occurrence": 2}])  # fmt: skip
    with (made := room(tmp_path, code, card_text("choice", "b", question="Which?", shuffle=False))).store:
        assert session(made, "i\n=i\n4\n:b\nu\nQ\n") == "\n" + transcript("""
            --- index:1 (code) --- new 2, learning 0, due 0
            Fill it in.

                for i in x:
                    print([…])

            type the blank (3 tries), or Enter shows the answer
            card index:1 in Sample, sample.yaml line 4
            state: new
            answers: 0, lapses: 0

            Right.
            answer: i

                for i in x:
                    print(i)

            1 Again (1 min) · 2 Hard (6 min) · 3 Good (10 min) · 4 Easy (10 d) · Enter: 3 Good
            saved: index:1 Easy, back in 10 d

            --- b (choice) --- new 1, learning 0, due 0
            Which?
              A  one
              B  three
              C  two
            pick a letter
            saved: b is left out until tomorrow; u takes it back

            1 answer on 1 card in 15 s, 100 % right
              code 1/1
            1 card set aside
            tomorrow: 0 reviews and 1 new
            u takes the last answer back, Enter leaves
            taken back: set aside on b

            --- b (choice) --- new 1, learning 0, due 0
            Which?
              A  one
              B  three
              C  two
            pick a letter

            1 answer on 1 card in 15 s, 100 % right
              code 1/1
            still to do today: 1 card
            tomorrow: 0 reviews and 1 new
            """)


def test_help_and_info_over_a_card(tmp_path: Path) -> None:
    with (made := room(tmp_path, card_text())).store:
        told = session(made, "?\n\n1\n\n\ni\nq\n")
    assert told.count("Enter    show the answer; after it, take the suggested grade\n") == 1
    assert "card lora in Sample, sample.yaml line 4\nstate: learning; due: in its steps; last answered: today\n" in told


def test_cramming_says_so(tmp_path: Path) -> None:
    with (made := room(tmp_path, card_text())).store:
        assert session(made, "\n1\n\n3\n", cramming=True) == "\n" + transcript("""
            --- lora (recall) --- 1 to go, cramming
            What does LoRA learn?
            Enter shows the answer

            Two factors.
            1 Again · 2 Hard · 3 Good · 4 Easy · Enter: 3 Good
            noted: lora Again

            --- lora (recall) --- 1 to go, cramming
            What does LoRA learn?
            Enter shows the answer

            Two factors.
            1 Again · 2 Hard · 3 Good · 4 Easy · Enter: 3 Good
            noted: lora Good

            2 answers on 1 card in 20 s, 50 % right
              recall 1/2
            u takes the last answer back, Enter leaves
            """)
