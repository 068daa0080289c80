"""Instants → study days. The only place that knows time zones and the hour at which a day ends.

A study day is decided once, when an answer is given, and stored with it: the schedulers count days, and
24-hour days, local days and UTC days differ by one often enough to change an interval by a factor of two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from .records import StudyDay, UtcMillis

_FIRST = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A reading of the clock: the instant, its study day, and when that day ends."""

    at: UtcMillis
    day: StudyDay
    ends_at: UtcMillis


@dataclass(frozen=True, slots=True)
class Calendar:
    """A learner's days: `zone` (None for the system's own), and the hour 0 to 23 at which a day begins.

    The hour is read off the wall clock, so a day has 23 or 25 hours where the clocks change. Raises
    ValueError for another hour.
    """

    zone: tzinfo | None = None
    rollover_hour: int = 4

    def __post_init__(self) -> None:
        if not 0 <= self.rollover_hour <= 23:
            raise ValueError(f"the rollover hour is from 0 to 23, not {self.rollover_hour}")

    def day_of(self, at: UtcMillis) -> StudyDay:
        """The study day of an instant."""
        wall = datetime.fromtimestamp(at // 1000, self.zone).replace(tzinfo=None)
        return StudyDay(((wall - timedelta(hours=self.rollover_hour)).date() - _FIRST).days)

    def start_of(self, day: StudyDay) -> UtcMillis:
        """The instant at which a study day begins; the hour's first passage where the clocks go back."""
        wall = datetime.combine(date_of(day), time(self.rollover_hour), self.zone)
        return UtcMillis(int(wall.timestamp()) * 1000)

    def moment(self, at: UtcMillis) -> Moment:
        """What the clock says to this learner."""
        day = self.day_of(at)
        return Moment(at, day, self.start_of(StudyDay(day + 1)))


def date_of(day: StudyDay) -> date:
    """The date on which a study day begins."""
    return _FIRST + timedelta(days=day)
