import random
from datetime import datetime

import fsrs_rs_python
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_builders import AGAIN, EASY, GOOD, HARD

from ft_cards.memory.parameters import DEFAULT_WEIGHTS, Parameters
from ft_cards.memory.records import (
    Delay,
    Grade,
    Interval,
    Learning,
    New,
    Reviewed,
    StudyDay,
    UtcMillis,
)
from ft_cards.memory.scheduler import Scheduler, scheduler_for

DAY, NOW = StudyDay(9600), UtcMillis(1_777_000_000_000)
EXACT = Parameters(fuzz=False)
MATURE = Reviewed(100.0, 5.0, StudyDay(9500), DAY)
grades = st.sampled_from(list(Grade))


def waits(parameters, memory, luck=0.5):
    return [outcome.wait for outcome in Scheduler(parameters).preview(memory, DAY, luck)]


def run(scheduler, history):
    """Answers as (days since the last, grade) → the memories after each."""
    memory, day, memories = New(), DAY, []
    for days, grade in history:
        day = StudyDay(day + days)
        outcome = scheduler.preview(memory, day, 0.5)[grade - 1]
        interval = outcome.wait.days if isinstance(outcome.wait, Interval) else None
        memory = scheduler.follow(memory, grade, NOW, day, interval)
        memories.append(memory)
    return memories


def test_a_new_card_goes_through_the_steps():
    assert waits(EXACT, New()) == [Delay(60), Delay(330), Delay(600), Interval(8)]


def test_a_lapse_goes_through_the_relearning_steps():
    assert waits(EXACT, MATURE) == [Delay(600), Interval(190), Interval(250), Interval(381)]
    state = fsrs_rs_python.MemoryState(100.0, 5.0)
    expected = fsrs_rs_python.FSRS(list(DEFAULT_WEIGHTS)).next_states(state, 0.9, 100).again.memory
    strength = pytest.approx(expected.stability, rel=1e-4), pytest.approx(expected.difficulty, rel=1e-4)
    lapsed = Scheduler(EXACT).follow(MATURE, AGAIN, NOW, DAY, None)
    assert lapsed == Learning(*strength, DAY, UtcMillis(NOW + 600_000), 0, relearning=True)


def test_intervals_are_those_of_fsrs_rs():
    state = fsrs_rs_python.MemoryState(100.0, 5.0)
    states = fsrs_rs_python.FSRS(list(DEFAULT_WEIGHTS)).next_states(state, 0.9, 100)
    expected = [round(each.interval) for each in (states.again, states.hard, states.good, states.easy)]
    bare = Parameters(relearning_steps=(), fuzz=False)
    assert [wait.days for wait in waits(bare, MATURE)] == expected == [4, 190, 250, 381]


def test_without_steps_a_card_goes_to_days_at_once():
    bare = Parameters(learning_steps=(), relearning_steps=(), fuzz=False)
    assert waits(bare, New()) == [Interval(1), Interval(1), Interval(2), Interval(8)]
    assert waits(bare, MATURE)[0] == Interval(4)


def test_a_card_in_a_step_that_was_taken_away_graduates():
    memory = Learning(2.3, 5.0, DAY, NOW, 3, relearning=False)
    assert [type(wait) for wait in waits(EXACT, memory)] == [Delay, Interval, Interval, Interval]


def test_the_desired_retention_and_the_maximum_bend_the_interval():
    strict, lax = (
        waits(Parameters(fuzz=False, desired_retention=retention), MATURE)[2].days for retention in (0.95, 0.8)
    )
    assert strict < 250 < lax
    assert waits(Parameters(fuzz=False, maximum_interval=150), MATURE)[1:] == [Interval(150)] * 3


def test_the_recall_at_the_stability_is_ninety_percent():
    scheduler = Scheduler(EXACT)
    assert scheduler.recall(MATURE, DAY) == pytest.approx(0.9)
    assert scheduler.recall(MATURE, StudyDay(9500)) == 1.0
    assert scheduler.recall(New(), DAY) == 0.0


def test_a_new_card_set_due_is_as_strong_as_its_interval_needs():
    assert Scheduler(EXACT).assume(DAY, StudyDay(DAY + 30)) == Reviewed(
        pytest.approx(30.0), pytest.approx(2.1181, abs=1e-3), DAY, StudyDay(DAY + 30)
    )


def test_thirty_previews_show_one_set_of_intervals_and_leave_the_dice_alone():
    random.seed(1)
    state = random.getstate()
    shown = {tuple(waits(Parameters(), MATURE, luck=0.123)) for _ in range(30)}
    assert len(shown) == 1
    assert random.getstate() == state


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), grades), max_size=12), st.floats(0, 1, exclude_max=True))
def test_a_better_grade_never_comes_back_sooner(history, luck):
    memory = (run(scheduler_for(Parameters()), history) or [New()])[-1]
    outcomes = Scheduler(Parameters()).preview(memory, StudyDay(DAY + 5000), luck)
    seconds = [
        wait.days * 86400 if isinstance(wait := outcome.wait, Interval) else wait.seconds for outcome in outcomes
    ]
    assert seconds == sorted(seconds)
    if isinstance(memory, Reviewed):
        assert seconds[1] < seconds[2] < seconds[3] or seconds[3] == 36500 * 86400


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), grades), min_size=1, max_size=12))
def test_strengths_are_those_of_fsrs_rs(history):
    reviews = [
        fsrs_rs_python.FSRSReview(int(grade), 0 if first else days)
        for first, (days, grade) in ((index == 0, answer) for index, answer in enumerate(history))
    ]
    expected = fsrs_rs_python.FSRS(list(DEFAULT_WEIGHTS)).memory_state(fsrs_rs_python.FSRSItem(reviews))
    memory = run(scheduler_for(EXACT), history)[-1]
    assert memory.stability == pytest.approx(expected.stability, rel=1e-3)
    assert memory.difficulty == pytest.approx(expected.difficulty, rel=1e-3)


def test_a_study_day_is_all_that_a_long_memory_depends_on():
    night = Scheduler(EXACT).follow(MATURE, GOOD, UtcMillis(0), DAY, None)
    day = Scheduler(EXACT).follow(MATURE, GOOD, NOW, DAY, None)
    assert night == day == Reviewed(night.stability, night.difficulty, DAY, StudyDay(DAY + 250))


def test_scheduling_far_ahead_stays_inside_the_calendar():
    memory = Reviewed(36500.0, 1.0, StudyDay(0), StudyDay(36500))
    after = Scheduler(EXACT).follow(memory, EASY, NOW, StudyDay(40000), None)
    assert after == Reviewed(36500.0, 1.0, StudyDay(40000), StudyDay(76500))
    assert datetime.max.year > 2000 + 76500 // 365
    assert Scheduler(EXACT).follow(memory, HARD, NOW, StudyDay(40000), None).stability == 36500.0
