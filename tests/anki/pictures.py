"""Draw the pictures of cards that README and docs show, with the real Anki.

Anki's desktop program is no dependency of the project, so it wants a Python of its own, beside the clone:

    python3 -m venv ../anki
    ../anki/bin/pip install aqt pillow
    make pictures ANKI=../anki/bin/python

On Debian it also needs the packages xvfb, libgl1, libegl1, libnss3, libasound2, libxkbcommon-x11-0, libxcb-cursor0 and
fonts-noto-core.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.anki.desktop import Desktop, Look, MissingError

_GAP, _ROUND = 16, 12
_WALL = {"light": ("#ffffff", "#d9d4c8"), "dark": ("#0d1117", "#393e48")}
"""The ground, as where README is read, and the frames."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One side of a card. `act` is what the learner does on it first, as a script; `wrong` picks a wrong option."""

    card: str
    side: str = "back"
    number: int = 1
    act: str = ""
    wrong: bool = False


_TICK = "[0, 2].forEach(at => document.querySelectorAll('.ft-concepts input')[at].click())"
WALLS: dict[str, tuple[tuple[Shot, ...], ...]] = {
    "cards": (
        (Shot("order-of-a-training-step", "front", 2), Shot("learning-without-forgetting")),
        (Shot("spot-the-fine-tuning", wrong=True),),
    ),
    "kinds": (
        (Shot("loss-of-one-token", "front"), Shot("loss-of-one-token")),
        (Shot("explain-by-daily-life", act=_TICK),),
    ),
}
"""The pictures by name: columns of cards, each from top to bottom."""


def _take(desktop: Desktop, shot: Shot, path: Path) -> None:
    for option in range(8):
        desktop.front(shot.card, shot.number)
        if shot.wrong:
            desktop.run(f"document.querySelectorAll('.ft-options > li')[{option}].click()")
        if shot.side == "back":
            desktop.back()
        if not shot.wrong or desktop.run("document.querySelectorAll('.ft-wrong').length"):
            break
    if shot.act:
        desktop.run(f"{shot.act}; true")
    desktop.save(path)


def _hang(columns: list[list[Path]], colours: tuple[str, str], path: Path, scale: float) -> None:
    """Hang pictures in columns on a wall, each with round corners and a thin frame."""
    from PIL import Image, ImageDraw

    ground, line = colours
    gap, turn = round(_GAP * scale), round(_ROUND * scale)
    cards = [[Image.open(one).convert("RGB") for one in column] for column in columns]
    height = max(sum(card.height + gap for card in column) for column in cards) - gap
    width = sum(column[0].width + gap for column in cards) - gap
    wall = Image.new("RGB", (width, height), ground)
    left = 0
    for column in cards:
        top = 0
        for card in column:
            box = (0, 0, card.width - 1, card.height - 1)
            mask = Image.new("L", card.size, 0)
            ImageDraw.Draw(mask).rounded_rectangle(box, turn, fill=255)
            ImageDraw.Draw(card).rounded_rectangle(box, turn, outline=line, width=round(scale))
            wall.paste(card, (left, top), mask)
            top += card.height + gap
        left += column[0].width + gap
    table = Image.new("P", (1, 1))
    table.putpalette([part for colour in _palette(wall.getcolors(wall.width * wall.height)) for part in colour])
    wall.quantize(palette=table, dither=Image.Dither.NONE).save(path, optimize=True)


def _palette(counted: list[tuple[int, tuple[int, int, int]]]) -> list[tuple[int, int, int]]:
    """Return the commonest colours, and those rare ones that none of these can stand in for: they keep grounds true."""
    common = [colour for _, colour in sorted(counted, reverse=True)]
    chosen = common[:40]
    for colour in common[40:2000]:
        if len(chosen) < 72 and all(sum(abs(a - b) for a, b in zip(colour, one, strict=True)) > 48 for one in chosen):
            chosen.append(colour)
    return chosen


def draw(package: Path, folder: Path) -> Iterator[Path]:
    """Draw every wall by day and by night, and yield each file that was written."""
    look = Look()
    with TemporaryDirectory() as scratch, Desktop(package, look) as desktop:
        for theme in ("light", "dark"):
            desktop.dress(night=theme == "dark")
            for name, columns in WALLS.items():
                taken = []
                for x, column in enumerate(columns):
                    taken.append([Path(scratch) / f"{name}-{x}-{y}.png" for y in range(len(column))])
                    for shot, path in zip(column, taken[-1], strict=True):
                        _take(desktop, shot, path)
                _hang(taken, _WALL[theme], folder / f"{name}-{theme}.png", look.scale)
                yield folder / f"{name}-{theme}.png"


def main(arguments: list[str]) -> int:
    """Draw the pictures of a package into a folder."""
    if len(arguments) != 2:
        print("usage: python -m tests.anki.pictures PACKAGE FOLDER", file=sys.stderr)
        return 2
    package, folder = map(Path, arguments)
    try:
        import PIL  # noqa: F401

        for path in draw(package, folder):
            print(f"{path}  {path.stat().st_size // 1024} KB")
    except (ImportError, MissingError) as error:
        print(f"error: {error}\n{__doc__.partition(chr(10))[2]}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # all is written; Qt's web engine at times crashes while Python takes it down
