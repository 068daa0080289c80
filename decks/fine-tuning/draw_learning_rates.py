"""Three schematic loss curves, one for each learning rate → media/learning-rates.svg.

Run it without arguments; it overwrites the picture beside it. The picture brings its own light ground, so
that it reads the same on a day and on a night card.
"""

import math
from collections.abc import Callable
from pathlib import Path

WIDTH, HEIGHT = 480, 270
LEFT, RIGHT, TOP, BOTTOM = 50, 410, 30, 220


def slow(time: float) -> float:
    """Loss at too low a rate, 0 to 1: still falling when the run ends."""
    return 0.9 * math.exp(-time / 1.5)


def good(time: float) -> float:
    """Loss at a fitting rate, 0 to 1: falls fast, then settles low."""
    return 0.14 + 0.76 * math.exp(-time / 0.16)


def wild(time: float) -> float:
    """Loss at too high a rate, 0 to 1: drops at first, then leaps about and climbs."""
    leap = (round(time * 60) * 7 % 5 - 2) / 2
    return 0.62 + 0.28 * math.exp(-time / 0.03) + 0.16 * time + 0.06 * leap * min(1.0, time / 0.1)


def curve(loss: Callable[[float], float], colour: str, dash: str) -> str:
    """Draw `loss` over the steps (0 to 1) as one SVG polyline."""
    points = []
    for step in range(61):
        time = step / 60
        x = LEFT + time * (RIGHT - LEFT)
        y = BOTTOM - loss(time) * (BOTTOM - TOP)
        points.append(f"{x:.1f},{y:.1f}")
    return (
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="3" '
        f'stroke-linejoin="round" stroke-dasharray="{dash}"/>'
    )


def label(x: float, y: float, text: str, colour: str = "#333333") -> str:
    """Place one line of text with its left end at (x, y)."""
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}">{text}</text>'


def at_the_end(loss: Callable[[float], float]) -> float:
    """Find the height of a curve's right end, for its letter."""
    return BOTTOM - loss(1.0) * (BOTTOM - TOP) + 6


def picture() -> str:
    """Compose the whole SVG document."""
    curves = (
        ("A", wild, "#b3401b", "none"),
        ("B", slow, "#6b4a94", "9 5"),
        ("C", good, "#1f5fa8", "3 4"),
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="sans-serif" font-size="15">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="#fbfaf7"/>',
        f'<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" fill="none" stroke="#555555" stroke-width="1.5"/>',
        label(LEFT - 32, TOP - 10, "training loss"),
        label(RIGHT - 36, BOTTOM + 24, "steps"),
    ]
    for letter, loss, colour, dash in curves:
        parts += [curve(loss, colour, dash), label(RIGHT + 12, at_the_end(loss), letter, colour)]
    return "\n".join([*parts, "</svg>"]) + "\n"


if __name__ == "__main__":
    target = Path(__file__).parent / "media" / "learning-rates.svg"
    target.write_text(picture(), encoding="utf-8", newline="\n")
