"""Draw the pictures of the docs: a real session on the real decks. Run `python -m tests.screen.draw_pictures`."""

from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from textual.pilot import Pilot

from tests.screen.stage import Stage, picture

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
CARDS = ("what-is-fine-tuning", "weights-not-shape", "order-of-a-training-step", "spot-the-fine-tuning")


async def _session(pilot: Pilot[None], stage: Stage) -> None:
    """Answer two cards, miss a blank once, and see the answer; then look at the card's memory."""
    await stage.press(pilot, "space", "3")
    right = next(place for place, option in enumerate(stage.desk.state.question.face.task.options) if option.right)  # type: ignore[union-attr]
    await stage.press(pilot, "abcd"[right], "3")
    await stage.press(pilot, "paste:zero_grads", "enter")
    _keep("review-question", pilot)
    await stage.press(pilot, "paste:zero_grad", "enter")
    _keep("review", pilot)


def _keep(name: str, pilot: Pilot[None]) -> None:
    (PICTURES / f"{name}.svg").write_text(picture(pilot.app), encoding="utf-8")  # type: ignore[arg-type]


def main() -> None:
    """Write the pictures."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as made:
        folder = Path(made)
        copytree(ROOT / "decks", folder / "decks")
        with Stage(folder, CARDS) as stage:
            stage.play(_session, size=(92, 38))


if __name__ == "__main__":
    main()
