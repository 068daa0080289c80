"""The bars of the screen: above where one is, below the grades and the keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from ft_cards.study.screen.scene import GradeKey, Scene
from ft_cards.study.screen.widgets import Button
from ft_cards.study.words import GRADES

_TAPS = {"Enter": "enter", "Esc": "escape", "?": "question_mark", "^b": "ctrl+b", "a…": ""}
"""The names of keys that the bar writes in another way."""


class TopBar(Horizontal):
    """The deck, the sort of card, and how many are left."""

    def __init__(self) -> None:
        super().__init__(id="top")

    def compose(self) -> ComposeResult:
        """Put the deck left and the counts right."""
        yield Static(classes="deck", markup=False)
        yield Static(classes="sort", markup=False)
        yield Static(classes="counts")

    def show(self, scene: Scene) -> None:
        """Say where the learner is."""
        self.query_one(".deck", Static).update(scene.deck)
        self.query_one(".sort", Static).update(scene.sort)
        self.query_one(".counts", Static).update(_counts(scene))


def _counts(scene: Scene) -> Content:
    new, learning, due = scene.counts
    if scene.cramming:
        return Content.assemble((f"{due}", "bold"), (" left · cramming", "$text-muted"))
    parts = (
        (new, "new", "$text-primary"),
        (learning, "learning", "$text-warning"),
        (due, "due", "$text-success"),
    )
    return Content("  ").join(
        Content.assemble((f"{number}", f"bold {colour}"), (f" {name}", "$text-muted")) for number, name, colour in parts
    )


class GradeBar(Vertical):
    """The four grades, once the answer is shown."""

    def __init__(self) -> None:
        super().__init__(Horizontal(id="grade-row"), id="grades")

    async def show(self, grades: Sequence[GradeKey]) -> None:
        """Put up these grades, or none."""
        row = self.query_one("#grade-row", Horizontal)
        await row.remove_children()
        await row.mount_all(map(_grade_button, grades))
        self.set_class(bool(grades), "-shown")


def _grade_button(key: GradeKey) -> Button:
    text = Content.assemble(
        ("▸ " if key.suggested else "  ", "bold"),
        (f"{key.grade.value} ", "bold"),
        GRADES[key.grade],
        "\n",
        (f"  {key.wait}", "$text-muted"),
    )
    classes = f"grade -g{key.grade.value}" + (" -suggested" if key.suggested else "")
    return Button(text, str(key.grade.value), classes=classes)


class KeyBar(Horizontal):
    """The keys that do something now; tapped, they do it too."""

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._widths: dict[Button, int] = {}

    async def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Put up these keys, each with a word for it."""
        self._widths = {}
        for key, word in keys:
            text = Content.assemble((key, "bold $text-primary"), f" {word}")
            self._widths[Button(text, _TAPS.get(key, key))] = text.cell_length + 2
        await self.remove_children()
        await self.mount_all(self._widths)
        self._fit()

    def on_resize(self) -> None:
        """Fit the keys in."""
        self._fit()

    def _fit(self) -> None:
        """Hide the keys that there is no room for, the least wanted first; help and leave always stay."""
        buttons = list(self._widths)
        room = self.app.size.width - 2 - sum(self._widths[button] for button in buttons[-2:])
        for button in buttons[:-2]:
            room -= self._widths[button]
            button.display = room >= 0
