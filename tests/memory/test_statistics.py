from memory_builders import BERLIN, EASY, GOOD, answer, keys, later, moment

from ft_cards.memory.parameters import Parameters
from ft_cards.memory.records import EventKind, StudyDay
from ft_cards.memory.statistics import due_counts
from ft_cards.memory.store import Store


def test_the_coming_days_count_each_card_where_it_comes_back(tmp_path):
    cards = keys("overdue", "today", "in-steps", "buried", "suspended", "late", "elsewhere")
    overdue, today, steps, buried, suspended, late, elsewhere = cards
    now = later(days=20)
    with Store(tmp_path / "reviews.sqlite3", moment().day) as store:
        for key, days in (
            (overdue, 15),
            (today, 20),
            (buried, 21),
            (suspended, 21),
            (elsewhere, 20),
            (late, 60),
        ):
            target = StudyDay(moment().day + days)
            store.mark(key, EventKind.SET_DUE, moment(), target=target, parameters=Parameters())
        store.mark(suspended, EventKind.SUSPEND, moment())
        store.mark(buried, EventKind.BURY, now, target=StudyDay(now.day + 4))
        answer(store, steps, GOOD, now)
        waiting = store.waiting(StudyDay(now.day + 29))
        counts = due_counts(waiting, set(cards) - {elsewhere}, now.day, BERLIN)
    assert counts == (3, 0, 0, 0, 1, *[0] * 25)


def test_a_card_answered_easy_is_forecast_on_its_day(tmp_path):
    (key,) = keys("a")
    with Store(tmp_path / "reviews.sqlite3", moment().day) as store:
        after = answer(store, key, EASY, moment()).status
        counts = due_counts(store.waiting(StudyDay(moment().day + 29)), {key}, moment().day, BERLIN)
    expected = [0] * 30
    expected[after.memory.interval] = 1
    assert counts == tuple(expected)
