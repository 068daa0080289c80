"""Stretches of time, counts and days → the few words that a learner reads."""

from __future__ import annotations

from datetime import UTC, datetime

from ft_cards.memory.day import date_of
from ft_cards.memory.records import Delay, Grade, Interval, Millis, StudyDay, UtcMillis

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

GRADES = {Grade.AGAIN: "Again", Grade.HARD: "Hard", Grade.GOOD: "Good", Grade.EASY: "Easy"}


def wait_text(wait: Delay | Interval) -> str:
    """When a card comes back: `1 min`, `10 min`, `4 d`, `2.1 mo`, `1.3 y`."""
    return days_text(wait.days) if isinstance(wait, Interval) else seconds_text(wait.seconds)


def days_text(days: float) -> str:
    """A number of days: in days up to a month, then in months of 30.4 days, then in years."""
    if days < 31:
        return f"{days:.0f} d"
    if days < 365:
        return f"{days / 30.4:.1f} mo"
    return f"{days / 365:.1f} y"


def seconds_text(seconds: float) -> str:
    """A stretch of real time: `40 s`, `10 min`, `1.5 h`, `2 d`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 3600:
        return f"{seconds / 60:.0f} min"
    if seconds < 86400:
        return f"{seconds / 3600:.1f} h".replace(".0", "")
    return days_text(seconds / 86400)


def duration_text(duration: Millis) -> str:
    """How long something took: `12 s`, `3 min 05 s`."""
    seconds = round(duration / 1000)
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min {seconds % 60:02} s"


def day_text(day: StudyDay, today: StudyDay) -> str:
    """A study day as one speaks of it: `today`, `tomorrow`, or its date."""
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(day - today)
    return near or date_of(day).isoformat()


def count(number: int, noun: str) -> str:
    """`1 card`, `2 cards`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def instant_text(at: UtcMillis) -> str:
    """An instant as programs read it: ISO 8601 in UTC, to the millisecond."""
    whole = datetime.fromtimestamp(at // 1000, UTC).isoformat(timespec="seconds").removesuffix("+00:00")
    return f"{whole}.{at % 1000:03}Z"
