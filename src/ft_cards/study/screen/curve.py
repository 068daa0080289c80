"""Chances of recall over days → small charts of blocks. Pure."""

from __future__ import annotations

from collections.abc import Sequence

_BARS = " ▁▂▃▄▅▆▇█"


def forgetting_curve(
    points: Sequence[tuple[int, float]], today: int, *, width: int = 48, height: int = 6
) -> tuple[str, ...]:
    """Draw the chance of recall (0 to 1) from the first day to the last, with today's day under the axis.

    `width` and `height` count cells of the picture alone; the scale on the left takes 6 more.
    """
    first, last = points[0][0], points[-1][0]
    span = max(1, last - first)
    lowest = min(chance for _, chance in points)
    floor = max(0.0, min(0.9, int(lowest * 10 - 0.5) / 10))
    chances = [_at(points, first + span * column / (width - 1)) for column in range(width)]
    eighths = [round((chance - floor) / (1 - floor) * 8 * height) for chance in chances]
    lines = []
    for row in range(height):
        below = 8 * (height - 1 - row)
        label = {0: "100 %", height - 1: f"{floor:.0%}".replace("%", " %")}.get(row, "")
        lines.append(f"{label:>5} ┤" + "".join(_BARS[min(8, max(0, each - below))] for each in eighths).rstrip())
    place = min(width - 1, max(0, round((today - first) / span * (width - 1))))
    lines.append(f"{'':>5} └{'─' * place}┴{'─' * (width - 1 - place)}")
    return (*lines, _legend(place, today - first, span, width))


def _legend(place: int, elapsed: int, span: int, width: int) -> str:
    """What stands under the axis: the last answer, today and the end, where they don't collide."""
    line = [" "] * (width + 12)

    def put(at: int, text: str) -> None:
        if all(sign == " " for sign in line[max(0, at - 2) : at + len(text) + 2]):
            line[at : at + len(text)] = text

    now = f"today, day {elapsed}" if elapsed else "today"
    put(max(7, min(7 + place - len(now) // 2, 7 + width - len(now))), now)
    put(7, "answer")
    end = f"day {span}"
    put(7 + width - len(end), end)
    return "".join(line).rstrip()


def _at(points: Sequence[tuple[int, float]], day: float) -> float:
    """The chance on a day between two points, on the straight line from the one to the other."""
    before = points[0]
    for after in points:
        if after[0] >= day:
            stretch = after[0] - before[0]
            share = (day - before[0]) / stretch if stretch else 0.0
            return before[1] + share * (after[1] - before[1])
        before = after
    return before[1]


def bars(values: Sequence[int]) -> str:
    """One bar a value, the highest one whole; nothing but zeros gives blanks."""
    most = max(values, default=0) or 1
    return "".join(_BARS[0 if value == 0 else max(1, round(8 * value / most))] for value in values)


def meter(part: int, whole: int, *, width: int = 12) -> str:
    """A share as a bar: a heavy line and a light one."""
    full = round(width * part / whole) if whole else 0
    return "━" * full + "─" * (width - full)
