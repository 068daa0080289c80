"""Two schematic error curves over tuning steps → media/forgetting.svg.

Run it without arguments; it overwrites the picture beside it. The picture brings its own light ground, so
that it reads the same on a day and on a night card.
"""

import math
from collections.abc import Callable
from pathlib import Path

WIDTH, HEIGHT = 480, 270
LEFT, RIGHT, TOP, BOTTOM = 50, 340, 30, 220
STOP = 0.4


def domain_error(time: float) -> float:
    """Error on the domain's test, 0 to 1: falls fast, then hardly any more."""
    return 0.2 + 0.62 * math.exp(-time / 0.12)


def general_error(time: float) -> float:
    """Error on the general test, 0 to 1: level up to STOP, then rising."""
    return 0.3 + 0.75 * math.pow(max(0.0, time - STOP), 1.3)


def curve(error: Callable[[float], float], colour: str, dash: str) -> str:
    """Draw `error` over the tuning steps (0 to 1) as one SVG polyline."""
    points = []
    for step in range(61):
        time = step / 60
        x = LEFT + time * (RIGHT - LEFT)
        y = BOTTOM - error(time) * (BOTTOM - TOP)
        points.append(f"{x:.1f},{y:.1f}")
    return (
        f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" '
        f'stroke-width="3" stroke-dasharray="{dash}"/>'
    )


def label(x: float, y: float, text: str, colour: str = "#333333") -> str:
    """Place one line of text with its left end at (x, y)."""
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}">{text}</text>'


def at_the_end(error: Callable[[float], float]) -> float:
    """Find the height of a curve's right end, for its label."""
    return BOTTOM - error(1.0) * (BOTTOM - TOP) + 5


def picture() -> str:
    """Compose the whole SVG document."""
    stop = LEFT + STOP * (RIGHT - LEFT)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="sans-serif" font-size="15">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="#fbfaf7"/>',
        f'<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" fill="none" stroke="#555555" stroke-width="1.5"/>',
        f'<path d="M{stop:.0f} {TOP}V{BOTTOM}" stroke="#555555" stroke-dasharray="2 4"/>',
        label(stop + 6, TOP + 10, "S"),
        label(LEFT - 32, TOP - 10, "error"),
        label(RIGHT - 88, BOTTOM + 24, "tuning steps"),
        curve(domain_error, "#1f5fa8", "none"),
        curve(general_error, "#b3401b", "8 5"),
        label(RIGHT + 8, at_the_end(domain_error), "domain test", "#1f5fa8"),
        label(RIGHT + 8, at_the_end(general_error), "general test", "#b3401b"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    target = Path(__file__).parent / "media" / "forgetting.svg"
    target.write_text(picture(), encoding="utf-8", newline="\n")
