"""Keys → states: sessions on a real store."""

from dataclasses import replace
from pathlib import Path

import pytest

from ft_cards.memory.queue import Counts, QueueSettings
from ft_cards.memory.records import Grade, Millis, StudyDay
from ft_cards.memory.store import Store
from ft_cards.study.desk import Desk
from ft_cards.study.faces import Fill
from ft_cards.study.judge import Attempt, Mark, Verdict
from ft_cards.study.messages import CardInfo, Choose, Command, Ended, Enter, Key, Rate, Submit
from ft_cards.study.settings import Settings
from ft_cards.study.state import Done, State
from tests.builders import card_text
from tests.study.desks import TODAY, Room, room

AGAIN, HARD, GOOD, EASY = Grade
AHEAD = "see the answer first: Enter shows it, then 1 to 4 grades"


def play(desk: Desk, *keys: Key) -> State:
    """Press keys, one after the other."""
    for key in keys:
        desk.press(key)
    return desk.state


def name(state: State) -> str:
    assert state.question
    return state.question.item.name


def go_to(desk: Desk, wanted: str) -> State:
    """Answer Easy until a card comes up."""
    while name(desk.state) != wanted:
        play(desk, Enter(), Rate(EASY))
    return desk.state


def test_a_card_is_revealed_graded_and_followed_by_the_next(study_room: Room) -> None:
    desk = study_room.desk()
    assert (desk.state.stage, name(desk.state), desk.state.counts) == ("front", "what", Counts(6, 0, 0))
    state = play(desk, Enter())
    assert (state.stage, state.verdict) == ("back", Verdict(GOOD))
    study_room.clock.forward(seconds=7)
    state = play(desk, Rate(HARD))
    assert (state.stage, name(state), state.counts, state.notice) == ("front", "which", Counts(5, 1, 0), "")
    (review,) = study_room.store.actions()
    assert state.done == (Done(review.key, "what", "recall", "easy", HARD, Millis(7000), review.id),)


def test_a_grade_before_the_answer_is_refused_with_a_hint(study_room: Room) -> None:
    desk = study_room.desk()
    before = desk.state
    assert play(desk, Rate(GOOD)) == replace(before, notice=AHEAD)
    assert list(study_room.store.actions()) == []


def test_the_interval_shown_is_the_interval_given(study_room: Room) -> None:
    desk = study_room.desk()
    question = play(desk, Enter()).question
    assert question
    wait = question.shown.outcomes[3].wait
    play(desk, Rate(EASY))
    (review,) = study_room.store.actions()
    assert review.interval == wait.days  # type: ignore[union-attr]


def test_picking_the_one_right_option_answers_at_once(study_room: Room) -> None:
    desk = study_room.desk()
    go_to(desk, "which")
    state = play(desk, Choose(1))
    assert (state.stage, state.picked, state.verdict) == ("back", {1}, Verdict(GOOD, Mark.RIGHT, "Right"))
    play(desk, Enter())
    assert [review.response for review in study_room.store.actions() if review.key == state.question.item.key] == [
        "this"
    ]  # type: ignore[union-attr]


def test_several_options_are_toggled_and_then_submitted(tmp_path: Path) -> None:
    with (
        made := room(
            tmp_path, card_text("choice", "c", answer=None, answers=["a", "b"], distractors=["c"], shuffle=False)
        )
    ).store:
        desk = made.desk()
        assert play(desk, Choose(0), Choose(2), Choose(2), Choose(1)).picked == {0, 1}
        assert (desk.state.stage, play(desk, Enter()).verdict) == ("answering", Verdict(GOOD, Mark.RIGHT, "Right"))
        assert play(desk, Choose(7)).notice == "1 to 4 grades, Enter takes the suggestion"


def test_an_option_that_is_not_there_is_refused(study_room: Room) -> None:
    desk = study_room.desk()
    assert play(desk, Choose(0)).notice == "there is no such option here"


def blank(folder: Path) -> Room:
    """A program with one blank, which has a hint and options."""
    blank = {"text": "backward", "hint": "fills .grad", "distractors": ["forward"]}
    return room(folder, card_text("code", "step", code="loss.backward()\n", blanks=[blank]))


def test_a_blank_has_three_tries_with_the_hint_and_then_the_options(tmp_path: Path) -> None:
    with (made := blank(tmp_path)).store:
        desk = made.desk()
        seen = [(desk.state.stage, desk.state.gap, desk.state.hint, len(desk.state.options))]
        for text in ("x", "y", "z"):
            state = play(desk, Submit(text))
            seen.append((state.stage, state.gap, state.hint, len(state.options)))
        assert seen == [
            ("front", 0, "", 0),
            ("answering", 0, "fills .grad", 0),
            ("answering", 0, "fills .grad", 2),
            ("back", None, "", 0),
        ]
        assert state.verdict == Verdict(AGAIN, Mark.WRONG, "Wrong")
        play(desk, Enter())
        assert [review.response for review in made.store.actions()] == ["x\ny\nz"]


def test_the_options_for_a_blank_can_be_picked(tmp_path: Path) -> None:
    with (made := blank(tmp_path)).store:
        desk = made.desk()
        state = play(desk, Submit("x"), Submit("y"))
        task = state.question.face.task if state.question else None
        assert isinstance(task, Fill)
        state = play(desk, Choose(task.gaps[0].options.index("backward")))
        assert state.attempts == (Attempt(0, "x", False), Attempt(0, "y", False), Attempt(0, "backward", True))
        assert state.verdict == Verdict(AGAIN, Mark.RIGHT, "Right at the third try, with the options")


def test_a_hint_asked_for_costs_a_good(tmp_path: Path) -> None:
    with (made := blank(tmp_path)).store:
        desk = made.desk()
        assert play(desk, Command.HINT).hint == "fills .grad"
        assert play(desk, Submit("backward")).verdict == Verdict(HARD, Mark.RIGHT, "Right, with the hint")
        assert play(desk, Command.HINT).notice == "the answer is shown already"


def test_ticks_are_counted_and_can_be_overruled(study_room: Room) -> None:
    desk = study_room.desk()
    go_to(desk, "say")
    state = play(desk, Submit("my words"), Choose(0), Choose(1), Choose(3))
    assert (state.said, state.verdict) == ("my words", Verdict(HARD, Mark.PARTLY, "3 of 4"))
    assert play(desk, Choose(3)).verdict == Verdict(HARD, Mark.PARTLY, "2 of 4")
    play(desk, Rate(EASY))
    (review,) = (each for each in study_room.store.actions() if each.key == state.question.item.key)  # type: ignore[union-attr]
    assert (review.grade, review.response) == (EASY, "my words\none\ntwo")


def test_steps_come_one_at_a_time(tmp_path: Path) -> None:
    with (made := room(tmp_path, card_text("choice", "c", steps=["one", "two"]))).store:
        desk = made.desk()
        assert play(desk, Command.STEP).notice == "the steps of the solution come after the answer"
        play(desk, Enter())
        told = [(desk.state.steps, desk.state.more_steps)]
        told += [((state := play(desk, Command.STEP)).steps, state.more_steps) for _ in range(2)]
        assert told == [(0, True), (1, True), (2, False)]
        assert play(desk, Command.STEP).notice == "there is no further step"


def test_bury_and_suspend_go_on_and_can_be_taken_back(study_room: Room) -> None:
    desk = study_room.desk()
    state = play(desk, Command.BURY)
    assert (name(state), state.notice) == ("what~reverse", "what is left out until tomorrow; u takes it back")
    state = play(desk, Command.SUSPEND)
    assert (name(state), state.counts, len(state.answers)) == ("which", Counts(5, 0, 0), 0)
    assert [name(play(desk, Command.UNDO)) for _ in range(2)] == ["what~reverse", "what"]
    assert (desk.state.counts, desk.state.done, list(study_room.store.actions())) == (Counts(6, 0, 0), (), [])


def test_nothing_to_take_back_is_said(study_room: Room) -> None:
    assert play(study_room.desk(), Command.UNDO).notice == "nothing to take back in this session"


def test_what_another_window_answered_is_not_answered_twice(study_room: Room) -> None:
    desk, other = study_room.desk(), study_room.desk()
    play(other, Enter(), Rate(GOOD))
    state = play(desk, Enter(), Rate(EASY))
    assert state.notice.startswith("this card was answered or changed in another window")
    assert (name(state), state.done) == ("which", ())
    assert [review.grade for review in study_room.store.actions()] == [GOOD]


def test_an_answer_that_another_window_built_on_stays(study_room: Room) -> None:
    desk = study_room.desk()
    play(desk, Enter(), Rate(AGAIN))
    study_room.clock.forward(seconds=90)
    other = study_room.desk()
    assert name(other.state) == "what"
    play(other, Enter(), Rate(GOOD))
    before = desk.state
    state = play(desk, Command.UNDO)
    assert state.notice.startswith("this can't be taken back")
    assert replace(state, notice="", resume=before.resume) == before


def test_overlays_open_and_close(study_room: Room) -> None:
    desk = study_room.desk()
    before = desk.state
    assert play(desk, Command.HELP).overlay == "help"
    assert play(desk, Enter()) == before
    state = play(desk, Enter(), Rate(EASY), Command.INFO)
    assert isinstance(state.overlay, CardInfo)
    assert (state.overlay.item.name, state.overlay.recall, state.overlay.history) == ("which", None, ())
    assert play(desk, Command.INFO).overlay is None


def test_what_is_known_of_a_card(study_room: Room) -> None:
    desk = study_room.desk()
    what = desk.state.question.item if desk.state.question else None
    play(desk, Enter(), Rate(EASY))
    study_room.clock.forward(days=3)
    assert what
    from ft_cards.study.desk import look
    from tests.study.desks import UTC

    known = look(study_room.store, what, Settings(), UTC.moment(study_room.clock()))
    assert (known.today, known.leech, len(known.history)) == (TODAY + 3, False, 1)
    assert known.curve[0] == (TODAY, 1.0)
    assert known.recall is not None
    assert 0.9 < known.recall < 1
    assert dict(known.curve)[StudyDay(TODAY + 3)] == pytest.approx(known.recall, abs=0.02)


def test_the_end_says_what_comes(tmp_path: Path) -> None:
    with (made := room(tmp_path, card_text(), card_text(id="two", question="Two?"))).store:
        desk = made.desk(settings=replace(Settings(), queue=QueueSettings(new_per_day=1)))
        state = play(desk, Enter(), Rate(EASY))
        (review,) = made.store.actions()
        forecast = tuple(int(day == review.interval) for day in range(30))
        assert (state.stage, state.question) == ("end", None)
        assert state.ending == Ended(Counts(0, 0, 0), None, forecast, 1)
        assert play(desk, Submit("x")).notice.startswith("the session is over")
        assert name(play(desk, Command.UNDO)) == "lora"


def test_enter_at_the_end_looks_for_a_step_that_is_due_now(tmp_path: Path) -> None:
    with (made := room(tmp_path, card_text())).store:
        desk = made.desk(settings=replace(Settings(), queue=QueueSettings(learn_ahead=0)))  # type: ignore[arg-type]
        state = play(desk, Enter(), Rate(AGAIN))
        assert (state.stage, state.ending and state.ending.next_step_at) == ("end", made.clock() + 60_000)
        assert play(desk, Enter()).stage == "end"
        made.clock.forward(seconds=61)
        assert name(play(desk, Enter())) == "lora"


def test_a_limit_ends_the_session(study_room: Room) -> None:
    desk = study_room.desk(limit=2)
    state = play(desk, Command.BURY, Enter(), Rate(EASY), Enter(), Rate(EASY))
    assert (state.stage, len(state.answers)) == ("end", 2)
    assert play(desk, Enter()).stage == "end"


def test_cramming_writes_nothing(study_room: Room) -> None:
    desk = study_room.desk(cramming=True)
    assert (desk.state.counts, desk.state.cramming) == (Counts(0, 0, 9), True)
    state = play(desk, Enter(), Rate(AGAIN), Enter(), Rate(GOOD))
    assert (name(state), state.counts, len(state.answers)) == ("which", Counts(0, 0, 8), 2)
    assert play(desk, Command.BURY).notice.startswith("cramming leaves the schedule alone")
    assert name(play(desk, Command.UNDO)) == "what~reverse"
    play(desk, *(each for _ in range(8) for each in (Enter(), Rate(GOOD))))
    assert name(desk.state) == "what"
    assert play(desk, Enter(), Rate(GOOD)).stage == "end"
    assert list(study_room.store.actions()) == []


def test_a_leech_is_named_at_the_last_straw(tmp_path: Path) -> None:
    with (made := room(tmp_path, card_text())).store:
        settings = replace(Settings(), queue=QueueSettings(leech_lapses=1))
        play(made.desk(settings=settings), Enter(), Rate(EASY))
        made.clock.forward(days=40)
        state = play(made.desk(settings=settings), Enter(), Rate(AGAIN))
        assert state.notice.startswith("lora is a leech")


def test_a_card_and_its_reverse_come_on_different_days(tmp_path: Path) -> None:
    with (made := room(tmp_path, card_text(reverse=True))).store:
        state = play(made.desk(), Enter(), Rate(EASY))
        assert state.stage == "end"
        made.clock.forward(days=1)
        assert name(made.desk().state) == "lora~reverse"


def test_the_source_is_edited_and_the_change_is_seen(study_room: Room) -> None:
    desk = study_room.desk()
    opened: list[tuple[str, int]] = []

    def editor(path: Path, line: int) -> None:
        opened.append((path.name, line))
        path.write_text(path.read_text().replace("What?", "What else?"))

    assert "can't be changed here" in play(desk, Command.EDIT).notice
    desk.editor = editor
    state = play(desk, Enter(), Command.EDIT)
    assert (opened, state.stage, state.notice) == ([("sample.yaml", 4)], "front", "changed")
    assert state.question and state.question.face.front[0].text == "What else?"  # type: ignore[union-attr]
    assert play(desk, Command.EDIT).notice == "as it was"


def test_an_edit_that_breaks_the_deck_leaves_the_card_as_it_was(study_room: Room) -> None:
    desk = study_room.desk()
    before = desk.state
    desk._load = lambda: replace(desk.library, items=(), broken=("sample.yaml",), by_key={})  # what a broken file gives
    desk.editor = lambda path, line: None
    state = play(desk, Command.EDIT)
    assert state.notice == "sample.yaml has errors now, `ft-cards check` names them; the card is shown as it was"
    assert state.question == before.question


def test_a_missing_editor_is_said(study_room: Room) -> None:
    def editor(path: Path, line: int) -> None:
        raise FileNotFoundError(2, "No such file or directory", "vim")

    desk = study_room.desk()
    desk.editor = editor
    assert play(desk, Command.EDIT).notice.startswith("the editor could not be started")


def test_a_deck_has_limits_and_a_schedule_of_its_own(study_room: Room) -> None:
    from ft_cards.memory.parameters import Parameters
    from ft_cards.study.settings import DeckSettings

    own = DeckSettings(Parameters(learning_steps=()), new_per_day=2)
    desk = study_room.desk(settings=replace(Settings(), decks={"sample": own}))
    assert desk.state.counts == Counts(2, 0, 0)
    state = play(desk, Enter(), Rate(GOOD))
    assert state.counts == Counts(1, 0, 0)
    assert play(desk, Enter(), Rate(GOOD)).stage == "end"
    assert [review.interval is not None for review in study_room.store.actions()] == [True, True]


def test_a_clock_that_jumps_back_loses_nothing(study_room: Room) -> None:
    desk = study_room.desk()
    play(desk, Enter(), Rate(EASY))
    study_room.clock.forward(days=-2)
    state = play(desk, Enter(), Rate(EASY))
    assert [(review.day, review.duration) for review in study_room.store.actions()] == [(TODAY, 0), (TODAY, 0)]
    assert (len(state.answers), study_room.store.differences()) == (2, [])


def test_a_store_can_be_read_by_a_second_session(study_room: Room) -> None:
    play(study_room.desk(), Enter(), Rate(EASY))
    with Store(study_room.store.path, TODAY) as other:
        assert len(list(other.actions())) == 1
