import sqlite3
import threading
from contextlib import closing
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_builders import (
    AGAIN,
    BERLIN,
    EASY,
    GOOD,
    HARD,
    answer,
    at,
    keys,
    later,
    moment,
    random_action,
    rows,
    view,
)

from ft_cards.memory.errors import AnsweredElsewhere, StoreFull
from ft_cards.memory.parameters import DEFAULT_WEIGHTS, Parameters
from ft_cards.memory.records import (
    CardStatus,
    Event,
    EventKind,
    Interval,
    Learning,
    Millis,
    New,
    Review,
    Reviewed,
    StudyDay,
    UtcMillis,
)
from ft_cards.memory.replay import replay
from ft_cards.memory.store import Store

KEY, OTHER = keys("a", "b")
PARAMETERS = Parameters()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reviews.sqlite3"


@pytest.fixture
def store(path):
    with Store(path, moment().day) as opened:
        yield opened


def test_an_answer_is_kept_with_all_that_belongs_to_it(store, path):
    kept = answer(store, KEY, EASY, moment())
    day, instant = moment().day, moment().at + 5000
    review = Review(1, KEY, instant, day, EASY, "new", 9, 5000, "typed", PARAMETERS)
    memory = Reviewed(8.2956, 1.0, day, StudyDay(day + 9))
    assert kept.review == review
    assert kept.status == store.status(KEY) == CardStatus(KEY, 1, memory, 1, 0, False, None, PARAMETERS)
    assert rows(path, "SELECT * FROM reviews") == [(1, "a", 0, instant, day, 4, "new", 9, 5000, "typed", 1, None)]
    assert rows(path, "SELECT * FROM memories") == [
        ("a", 0, 1, "review", 8.2956, 1.0, day, None, None, day + 9, 1, 0, 0, None, 1)
    ]
    assert rows(path, "SELECT * FROM parameters") == [(1, PARAMETERS.to_json())]


def test_the_interval_shown_is_the_interval_given(store):
    for days, grade in enumerate([GOOD, GOOD, GOOD, HARD, EASY, AGAIN, GOOD, GOOD]):
        shown = store.show(KEY, PARAMETERS, later(days=30 * days))
        again = store.show(KEY, PARAMETERS, later(days=30 * days, minutes=9))
        assert shown.outcomes == again.outcomes
        kept = store.answer(shown, grade, later(days=30 * days, minutes=1).at, Millis(0))
        wait = shown.outcomes[grade - 1].wait
        memory = kept.status.memory
        if isinstance(wait, Interval):
            assert memory.interval == wait.days == kept.review.interval
        else:
            assert memory.due_at == later(days=30 * days, minutes=1).at + 1000 * wait.seconds


def test_what_was_shown_holds_when_the_day_ends_before_the_answer(store):
    answer(store, KEY, EASY, moment("2026-05-01 20:00"))
    shown = store.show(KEY, PARAMETERS, moment("2026-05-10 03:59"))
    kept = store.answer(shown, GOOD, at("2026-05-10 04:01"), Millis(120_000))
    assert (kept.review.day, kept.review.interval) == (shown.day, shown.outcomes[2].wait.days)
    assert BERLIN.day_of(kept.review.at) == shown.day + 1
    assert store.differences() == []


def test_a_card_is_not_answered_twice(store, path):
    with Store(path, moment().day) as second:
        mine, theirs = (opened.show(KEY, PARAMETERS, moment()) for opened in (store, second))
        second.answer(theirs, GOOD, moment().at, Millis(1))
        with pytest.raises(AnsweredElsewhere) as error:
            store.answer(mine, EASY, moment().at, Millis(1))
    assert str(error.value) == (
        "this card was answered or changed in another window since it was shown; "
        "this answer was not kept, go on with the next card"
    )
    assert [review.grade for review in store.actions(KEY)] == [GOOD]


def test_an_answer_taken_back_and_given_anew_is_another_one(store, path):
    with Store(path, moment().day) as second:
        first = answer(second, KEY, GOOD, moment())
        stale = store.show(KEY, PARAMETERS, moment())
        second.undo(first.review.id, moment().at)
        answer(second, KEY, AGAIN, moment())
        with pytest.raises(AnsweredElsewhere):
            store.answer(stale, EASY, moment().at, Millis(1))


def test_two_reviewers_at_once_answer_each_card_once(store, path):
    cards = keys(*(f"card-{number}" for number in range(60)))
    outcomes: dict[str, list[bool]] = {"one": [], "two": []}

    def review(name):
        with Store(path, moment().day) as mine:
            for key in cards:
                shown = mine.show(key, PARAMETERS, moment())
                try:
                    if shown.status.reviews == 0:
                        mine.answer(shown, GOOD, moment().at, Millis(1), name)
                        outcomes[name].append(True)
                except AnsweredElsewhere:
                    outcomes[name].append(False)

    threads = [threading.Thread(target=review, args=(name,)) for name in outcomes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(outcomes["one"]) + sum(outcomes["two"]) == 60
    assert [action.key for action in store.actions()] == sorted(cards)
    assert store.differences() == []


def test_undo_loses_nothing_and_counts_no_more(store, path):
    kept = answer(store, KEY, GOOD, moment())
    assert store.undo(kept.review.id, later(minutes=1).at) == CardStatus(KEY)
    assert rows(path, "SELECT id, grade, undone_at FROM reviews") == [(1, 3, later(minutes=1).at)]
    assert rows(path, "SELECT * FROM memories") == []
    assert (list(store.actions()), store.last_action()) == ([], None)
    assert answer(store, KEY, EASY, moment()).review.id == 2


def test_only_the_last_action_of_a_card_can_be_taken_back(store):
    first = answer(store, KEY, GOOD, moment())
    buried = store.mark(KEY, EventKind.BURY, moment())
    message = "this can't be taken back: the card was answered or changed in another window since"
    for action in (first.review.id, 99):
        with pytest.raises(AnsweredElsewhere, match=message):
            store.undo(action, moment().at)
    assert store.undo(buried.id, moment().at) == first.status
    with pytest.raises(AnsweredElsewhere, match=message):
        store.undo(buried.id, moment().at)


def test_what_is_done_by_hand_is_kept_and_can_be_undone(store):
    tomorrow = StudyDay(moment().day + 1)
    answer(store, KEY, EASY, moment())
    done = [
        store.mark(KEY, EventKind.SUSPEND, moment()),
        store.mark(KEY, EventKind.BURY, moment()),
        store.mark(KEY, EventKind.SET_DUE, moment(), target=tomorrow, parameters=PARAMETERS),
        store.mark(KEY, EventKind.RESET, moment()),
        store.mark(KEY, EventKind.UNBURY, moment()),
        store.mark(KEY, EventKind.UNSUSPEND, moment()),
    ]
    assert list(store.actions(KEY))[1:] == done
    assert done[1] == Event(3, KEY, moment().at, moment().day, EventKind.BURY, tomorrow, None)
    seen = [store.status(KEY)]
    for event in reversed(done):
        seen.append(store.undo(event.id, moment().at))
    facts = [(type(status.memory), status.suspended, status.buried_until) for status in seen]
    assert facts == [
        (New, False, None),
        (New, True, None),
        (New, True, tomorrow),
        (Reviewed, True, tomorrow),
        (Reviewed, True, tomorrow),
        (Reviewed, True, None),
        (Reviewed, False, None),
    ]
    assert [status.memory.due_day for status in seen[3:5]] == [tomorrow, moment().day + 9]


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        (EventKind.SET_DUE, {"parameters": PARAMETERS}, "belongs to bury and set-due, not to set-due"),
        (EventKind.RESET, {"target": 99999}, "a target day belongs to bury and set-due, not to reset"),
        (EventKind.BURY, {"target": moment().day}, "bury needs a day that is still to come"),
        (EventKind.SUSPEND, {"parameters": PARAMETERS}, "parameters belong to set-due and to nothing else"),
    ],
)  # fmt: skip
def test_an_event_without_its_day_is_a_mistake_of_the_caller(store, kind, values, message):
    with pytest.raises(ValueError, match=message):
        store.mark(KEY, kind, moment(), **values)
    assert list(store.actions()) == []


def test_a_clock_that_goes_back_changes_no_order_and_loses_nothing(store, path):
    answer(store, KEY, GOOD, later(days=3))
    back = answer(store, KEY, GOOD, moment())
    other = answer(store, OTHER, EASY, moment())
    held = later(days=3).day
    assert (back.review.day, other.review.day, store.today(moment().day)) == (held, held, held)
    assert rows(path, "SELECT at FROM reviews ORDER BY id") == [
        (later(days=3).at + 5000,), (moment().at + 5000,), (moment().at + 5000,),
    ]  # fmt: skip
    assert store.differences() == []
    for kept in (other, back):
        store.undo(kept.review.id, moment().at)
    store.undo(store.last_action(), moment().at)
    assert store.today(moment().day) == moment().day


def test_half_a_character_typed_is_kept_as_a_question_mark(store):
    shown = store.show(KEY, PARAMETERS, moment())
    kept = store.answer(shown, GOOD, moment().at, Millis(1), "a\ud83d\x00é")
    assert kept.review.response == next(store.actions(KEY)).response == "a?\x00é"


def test_new_weights_count_the_whole_history_from_the_next_answer_on(store):
    other = Parameters((*DEFAULT_WEIGHTS[:3], 20.0, *DEFAULT_WEIGHTS[4:]))
    answer(store, KEY, EASY, moment())
    shown = store.show(KEY, other, later(days=8))
    assert shown.status.memory.stability == 20.0
    assert shown.status.memory.due_day == store.status(KEY).memory.due_day
    kept = store.answer(shown, GOOD, later(days=8).at, Millis(1))
    assert kept.status == store.status(KEY) == replay(KEY, store.actions(KEY))
    assert kept.status.memory.stability > 20
    assert store.differences() == []


def test_a_rebuild_mends_memories_that_were_tampered_with(store, path):
    answer(store, KEY, EASY, moment())
    answer(store, OTHER, AGAIN, moment())
    sound = view(store, [KEY, OTHER], moment())
    with closing(sqlite3.connect(path, isolation_level=None)) as vandal:
        vandal.execute("UPDATE memories SET stability = 99 WHERE guid = 'a'")
        vandal.execute("DELETE FROM memories WHERE guid = 'b'")
        vandal.execute("INSERT INTO memories SELECT 'c', 0, 9, 'new', null, null, null, null, null, null, "
                       "0, 0, 0, null, null")  # fmt: skip
    assert [key.guid for key in store.differences()] == ["a", "b", "c"]
    assert store.rebuild() == 2
    assert view(store, [KEY, OTHER], moment()) == sound


def test_a_card_in_the_steps_comes_back_as_it_was(store):
    answer(store, KEY, AGAIN, moment())
    status = answer(store, KEY, GOOD, later(minutes=1)).status
    assert isinstance(status.memory, Learning)
    assert store.status(KEY) == status
    assert (status.memory.step, status.memory.due_at) == (1, later(minutes=11).at + 5000)


def test_a_bug_between_begin_and_commit_leaves_nothing_behind(store, path):
    shown = store.show(KEY, PARAMETERS, moment())
    with pytest.raises(sqlite3.IntegrityError):
        store.answer(shown, GOOD, moment().at, Millis(-1))
    assert rows(path, "SELECT (SELECT count(*) FROM reviews) + (SELECT count(*) FROM parameters)") == [(0,)]
    assert answer(store, KEY, GOOD, moment()).review.id == 1


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 25), st.integers(1, 15))
def test_undoing_all_gives_back_store_queue_and_counters(tmp_path_factory, dice, before, n):
    cards = keys("p", "q", blanks=2)
    seeded = Random(dice.random())
    with Store(tmp_path_factory.mktemp("store") / "reviews.sqlite3", moment().day) as store:
        for step in range(before):
            random_action(store, cards, later(days=step * seeded.choice((0, 0.3, 2))), seeded)
        now = later(days=60)
        earlier = view(store, cards, now)
        done = [random_action(store, cards, later(days=60, minutes=step), seeded) for step in range(n)]
        assert store.differences() == []
        changed = view(store, cards, now)
        store.rebuild()
        assert view(store, cards, now) == changed
        for action in reversed(done):
            assert store.last_action() == action
            store.undo(action, UtcMillis(now.at + 1))
        assert view(store, cards, now) == earlier
        assert store.differences() == []


def test_the_situation_follows_what_other_windows_do(store, path):
    with Store(path, moment().day) as second:
        assert store.situation(moment()).studied == frozenset()
        kept = answer(second, KEY, GOOD, moment())
        answer(store, OTHER, GOOD, moment())
        assert store.situation(moment()).studied == second.situation(moment()).studied == {KEY, OTHER}
        second.undo(kept.review.id, moment().at)
        assert store.situation(moment()).studied == second.situation(moment()).studied == {OTHER}
        second.mark(OTHER, EventKind.RESET, moment())
        assert store.situation(moment()).studied == second.situation(moment()).studied == frozenset()


def test_a_write_that_was_rolled_back_is_not_in_the_situation(store):
    assert store.situation(moment()).studied == frozenset()
    shown = store.show(KEY, PARAMETERS, moment())
    store._connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(StoreFull):
        store.answer(shown, GOOD, moment().at, Millis(1), "long " * 9000)
    assert store.situation(moment()).studied == frozenset()
    store.answer(shown, GOOD, moment().at, Millis(1))
    assert store.situation(moment()).studied == {KEY}
