"""What the review database costs. Prints each number beside the yardstick of the same run.

python benchmarks/bench_memory.py                                   # all, some minutes
python benchmarks/bench_memory.py --cards 10000 --reviews 50000     # a smaller store
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from zoneinfo import ZoneInfo

from ft_cards.memory.day import Calendar
from ft_cards.memory.parameters import Parameters
from ft_cards.memory.queue import QueueSettings, order
from ft_cards.memory.records import CardKey, Grade, Millis, StudyDay, UtcMillis
from ft_cards.memory.store import Store

DAY_MS = 86_400_000
NOW = Calendar(ZoneInfo("UTC")).moment(UtcMillis(1_777_636_800_000))
ANSWER_BUDGET = 3.0
ROUNDS = 200


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)


def histories(cards: int, reviews: int) -> Iterator[tuple[object, ...]]:
    """Rows of `reviews`, spread evenly over the cards; every tenth card or so ends up due."""
    dice, number, each = Random(1), 0, reviews // cards
    for card in range(cards):
        day = StudyDay(NOW.day - 21 * each)
        for turn in range(each):
            number += 1
            grade = dice.choice((Grade.HARD, Grade.GOOD, Grade.GOOD, Grade.EASY)) if turn else Grade.EASY
            interval = 1 + dice.randrange(40 if turn < each - 1 else 600)
            state = "review" if turn else "new"
            instant = NOW.at - (NOW.day - day) * DAY_MS
            yield number, f"guid-{card:07}", 0, instant, day, grade, state, interval, 5000, None, 1, None
            day = StudyDay(min(day + interval, NOW.day - 1))


def fill(path: Path, cards: int, reviews: int) -> None:
    """Make a store with so many reviews of so many cards, without their memories."""
    Store(path, NOW.day).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO parameters VALUES (1, ?)", (Parameters().to_json(),))
        marks = ", ".join("?" * 12)
        connection.executemany(f"INSERT INTO reviews VALUES ({marks})", histories(cards, reviews))


def bench_answers(store: Store, cards: int, folder: Path) -> None:
    """One durable answer against one bare INSERT and commit in the same mode, by turns."""
    bare = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL").close()
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE reviews (id INTEGER PRIMARY KEY, guid TEXT, at INTEGER, grade INTEGER) STRICT")
    dice, ours, theirs, shows = Random(2), [], [], []
    for turn in range(ROUNDS):
        key = CardKey(f"guid-{dice.randrange(cards):07}", 0)
        start = perf_counter()
        shown = store.show(key, Parameters(), NOW)
        shows.append(1000 * (perf_counter() - start))
        instant = UtcMillis(NOW.at + turn)
        ours.append(milliseconds(lambda: store.answer(shown, Grade.GOOD, instant, Millis(5000), "typed")))  # noqa: B023
        row = (key.guid, instant, 3)
        insert = "INSERT INTO reviews (guid, at, grade) VALUES (?, ?, ?)"
        theirs.append(milliseconds(lambda: bare.execute(insert, row)))  # noqa: B023
    bare.close()
    ratio = median(ours) / median(theirs)
    print(f"one answer, durable         {median(ours):9.3f} ms   median of {ROUNDS}")
    print(f"one bare INSERT and commit  {median(theirs):9.3f} ms")
    print(f"  ratio {ratio:.2f}, budget {ANSWER_BUDGET:.0f}: {'kept' if ratio <= ANSWER_BUDGET else 'BROKEN'}")
    print(f"one card with its outcomes  {median(shows):9.3f} ms")


def bench_queue(store: Store, cards: int) -> None:
    """The queue of a project in which one card in eleven is new, and the due cards with and without index."""
    project = [CardKey(f"guid-{number:07}", 0) for number in range(cards)]
    project += [CardKey(f"new-{number:07}", 0) for number in range(cards // 10)]
    with closing(sqlite3.connect(store.path)) as connection:
        indexed = "SELECT count(*) FROM memories WHERE state = 'review' AND suspended = 0 AND due_day <= ?"
        scanned = indexed.replace("state =", "+state =")  # an expression, which no index knows
        for name, query in (("with the partial index", indexed), ("without it", scanned)):
            times = [milliseconds(lambda: connection.execute(query, (NOW.day,)).fetchall()) for _ in range(9)]  # noqa: B023
            print(f"counting the due, {name:22}{median(times):9.3f} ms")
    read = [milliseconds(lambda: store.situation(NOW)) for _ in range(5)]
    situation = store.situation(NOW)
    made = [milliseconds(lambda: order(project, situation, QueueSettings())) for _ in range(5)]
    print(f"the situation, {len(situation.due)} due     {median(read):9.3f} ms")
    print(f"the queue of {len(project)} cards   {median(made):9.3f} ms")


def main() -> None:
    """Measure all."""
    parser = argparse.ArgumentParser(description="Measure the review database.")
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "reviews.sqlite3"
        fill(path, options.cards, options.reviews)
        print(f"{options.cards} cards, {options.reviews} reviews, {path.stat().st_size / 1e6:.0f} MB")
        backup = milliseconds(lambda: Store(path, StudyDay(NOW.day - 1)).close())
        print(f"opening, with the backup    {backup:9.0f} ms")
        with Store(path, NOW.day) as store:
            replay = milliseconds(store.rebuild)
            print(f"replay of all reviews       {replay:9.0f} ms   {options.reviews / replay:.0f} a millisecond")
            bench_answers(store, options.cards, Path(name))
            bench_queue(store, options.cards)


if __name__ == "__main__":
    main()
