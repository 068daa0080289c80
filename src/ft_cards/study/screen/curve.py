"""Chances of recall over days → a small chart of braille dots. Pure."""

from __future__ import annotations

from collections.abc import Sequence

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille cell: four rows of two dots (Unicode 1.1, U+2800 and up)."""
_BASE = 0x2800
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
    floor = max(0.0, min(0.9, int(lowest * 10) / 10))
    cells = [[0] * width for _ in range(height)]
    for column in range(2 * width):
        chance = _at(points, first + span * column / (2 * width - 1))
        row = round((1 - chance) / (1 - floor) * (4 * height - 1))
        row = min(max(row, 0), 4 * height - 1)
        cells[row // 4][column // 2] |= _DOTS[row % 4][column % 2]
    lines = []
    for number, row_cells in enumerate(cells):
        label = {0: "100 %", height - 1: f"{floor:.0%}".replace("%", " %")}.get(number, "")
        lines.append(f"{label:>5} ┤" + "".join(chr(_BASE + bits) for bits in row_cells).replace(chr(_BASE), " ").rstrip())
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
    """A share as a bar: full blocks and light ones."""
    full = round(width * part / whole) if whole else 0
    return "█" * full + "░" * (width - full)
