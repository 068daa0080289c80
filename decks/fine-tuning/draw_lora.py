"""A weight matrix and LoRA's two factors, cell by cell → media/lora.svg.

Run it without arguments; it overwrites the picture beside it. The picture brings its own light ground, so
that it reads the same on a day and on a night card.
"""

from pathlib import Path

ROWS, COLUMNS, RANK = 6, 8, 2
CELL, GAP, TOP = 18, 46, 44
WIDTH, HEIGHT = 474, 200
FROZEN, TRAINED = "#9aa3ad", "#1f5fa8"


def matrix(left: float, rows: int, columns: int, colour: str) -> str:
    """Draw `rows` times `columns` cells with the upper left corner at (left, TOP)."""
    cells = []
    for row in range(rows):
        for column in range(columns):
            x, y = left + column * CELL, TOP + row * CELL
            cells.append(f'<rect x="{x:.0f}" y="{y:.0f}" width="{CELL - 2}" height="{CELL - 2}" rx="2"/>')
    return f'<g fill="{colour}">{"".join(cells)}</g>'


def label(x: float, y: float, text: str, colour: str = "#333333") -> str:
    """Write one line of text with its middle at x and its foot at y."""
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" text-anchor="middle">{text}</text>'


def picture() -> str:
    """Compose the whole SVG document."""
    frozen = 30.0
    tall = frozen + COLUMNS * CELL + GAP
    wide = tall + RANK * CELL + GAP
    foot, middle = TOP + ROWS * CELL, TOP + ROWS * CELL / 2 + 6
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="sans-serif" font-size="16">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="#fbfaf7"/>',
        matrix(frozen, ROWS, COLUMNS, FROZEN),
        matrix(tall, ROWS, RANK, TRAINED),
        matrix(wide, RANK, COLUMNS, TRAINED),
        label(tall - GAP / 2, middle, "+"),
        label(wide - GAP / 2, middle, "×"),
        label(frozen + COLUMNS * CELL / 2, TOP - 14, "W"),
        label(tall + RANK * CELL / 2, TOP - 14, "B", TRAINED),
        label(wide + COLUMNS * CELL / 2, TOP - 14, "A", TRAINED),
        label(frozen + COLUMNS * CELL / 2, foot + 26, "frozen", "#5b646e"),
        label(tall + RANK * CELL / 2, foot + 26, "trained", TRAINED),
        label(wide + COLUMNS * CELL / 2, TOP + RANK * CELL + 26, "trained", TRAINED),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    target = Path(__file__).parent / "media" / "lora.svg"
    target.write_text(picture(), encoding="utf-8", newline="\n")
