"""An interval and a card's luck → the interval given, near it, by Anki's rule.

The luck depends on the card and on how often it was answered, so an interval shown is the interval given.
"""

from __future__ import annotations

from hashlib import blake2b

from .records import CardKey, Days

# (from day, to day, share): the spread grows by the share of each day in the range, from 1 day on.
_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))


def luck_of(key: CardKey, reviews: int) -> float:
    """A number in [0, 1), the same on every machine, for a card after so many answers."""
    digest = blake2b(f"{key.number}:{reviews}:{key.guid}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / (1 << 53)


def spread(interval: float) -> float:
    """How many days an interval may move to either side; none below 2.5 days."""
    if interval < 2.5:
        return 0.0
    return 1.0 + sum(share * max(min(interval, end) - start, 0.0) for start, end, share in _RANGES)


def whole_days(interval: float, luck: float | None, least: int, most: int) -> Days:
    """The days given for an `interval` in days: rounded, or moved by `luck`; from `least` to `most`."""
    least = min(least, most)
    interval = min(max(interval, least), most)
    if luck is None:
        return Days(min(max(round(interval), least), most))
    delta = spread(interval)
    low = min(max(round(interval - delta), least), most)
    high = min(max(round(interval + delta), least), most)
    if low == high and 2 < high < most:
        high += 1
    return Days(low + int(luck * (high - low + 1)))
