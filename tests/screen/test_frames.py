"""Each screen, whole, as a learner sees it. `FT_CARDS_WRITE_GOLDEN=1` writes the golden files anew; then read them."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from textual.pilot import Pilot

from ft_cards.memory.queue import QueueSettings
from ft_cards.study.settings import Settings
from tests.screen.stage import DAY, Stage, frame, picture

HERE = Path(__file__).parent
Keys = Sequence[str]


FORWARD, BACKWARD = ["paste:forward", "enter"], ["paste:backward", "enter"]

SCREENS: dict[str, tuple[str, list[Keys]]] = {
    "recall": ("plain", [[], ["h"], ["space"]]),
    "choice": ("one", [[], ["a"], ["n"], ["n"]]),
    "choice-of-several": ("several", [[], ["a", "b"], ["enter"]]),
    "code": ("blank", [[], FORWARD, FORWARD, BACKWARD]),
    "code-together": ("both", [[], ["paste:zero_grad", "enter"], ["paste:stop", "enter"], ["enter"]]),
    "cloze": ("gap", [[], [*"two", "space", *"factor", "enter"], ["enter"]]),
    "explain": ("own-words", [[], ["w", "paste:it forgets", "enter"], ["a", "b"]]),
    "story": ("tale", [[], ["space"]]),
    "help": ("plain", [["question_mark"]]),
    "refused": ("plain", [["3"], ["s"]]),
}
SIZES = {"": (80, 24), "-narrow": (44, 20), "-wide": (160, 40)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copytree(HERE / "decks", tmp_path, dirs_exist_ok=True)
    return tmp_path


def check(name: str, frames: Sequence[str]) -> None:
    path = HERE / "golden" / f"{name}.txt"
    seen = "".join(f"{'─' * 12} {number}\n{each}" for number, each in enumerate(frames, 1))
    if os.environ.get("FT_CARDS_WRITE_GOLDEN"):
        path.write_text(seen, encoding="utf-8")
    assert seen == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_should(name: str, folder: Path) -> None:
    card, scripts = SCREENS[name]
    with Stage(folder, [card]) as stage:
        check(name, stage.frames(*scripts))


@pytest.mark.parametrize("size", ["-narrow", "-wide"])
@pytest.mark.parametrize("name", ["choice", "code"])
def test_a_screen_fits_other_sizes(name: str, size: str, folder: Path) -> None:
    card, scripts = SCREENS[name]
    with Stage(folder, [card]) as stage:
        check(name + size, stage.frames(*scripts, size=SIZES[size]))


def test_the_memory_of_a_card_shows_its_curve_and_history(folder: Path) -> None:
    with Stage(folder, ["plain"]) as stage:
        stage.frames(["space", "3"])
        stage.now += 600_000
        stage.frames(["enter", "space", "3"])
    with Stage(folder, ["plain"], now=stage.now + 3 * DAY) as later:
        check("memory", later.frames(["i"], ["q"], size=(80, 34)))


def test_the_end_says_what_was_done_and_what_comes(folder: Path) -> None:
    cards = ["plain", "one", "several"]
    with Stage(folder, cards) as stage:
        scripts = [["space", "3", "a", "1", "a", "b", "enter", "4"], ["q"], ["u"]]
        check("end", stage.frames(*scripts, size=(80, 32)))


def test_the_end_of_a_day_without_cards_says_what_to_do(folder: Path) -> None:
    with Stage(folder, settings=Settings(queue=QueueSettings(new_per_day=0))) as stage:
        check("nothing-due", stage.frames([]))


def test_the_end_waits_for_a_learning_step(folder: Path) -> None:
    settings = Settings(queue=replace(QueueSettings(), learn_ahead=0))
    with Stage(folder, ["plain"], settings=settings) as stage:
        check("step-to-come", stage.frames(["space", "3"]))


def test_cramming_says_so(folder: Path) -> None:
    with Stage(folder, ["plain", "tale"], cramming=True) as stage:
        check("cramming", stage.frames([], ["space"], ["3", "b"]))


@pytest.mark.parametrize("theme", ["dark", "light", "no-colour"])
def test_the_colours_are_those_of_the_theme(theme: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if theme != "no-colour":
        monkeypatch.delenv("NO_COLOR")
    seen: list[str] = []

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await stage.press(pilot, *FORWARD, *FORWARD, *FORWARD)
        seen.append(picture(pilot.app))  # type: ignore[arg-type]

    with Stage(folder, ["blank"], theme=theme) as stage:
        stage.play(script)
    path = HERE / "golden" / f"code-{theme}.svg"
    if os.environ.get("FT_CARDS_WRITE_GOLDEN"):
        path.write_text(seen[0], encoding="utf-8")
    assert seen[0] == path.read_text(encoding="utf-8")


def test_every_page_shows_without_colour(folder: Path) -> None:
    with Stage(folder, ["plain", "one", "own-words"], theme="no-colour") as stage:
        scripts = [
            ["space"],
            ["i"],
            ["q", "question_mark"],
            ["q", "3", "a", "n"],
            ["3", "w"],
            ["enter", "a", "3"],
            ["q"],
        ]
        plain = stage.frames(*scripts)
    (folder / "reviews.sqlite3").unlink()
    with Stage(folder, ["plain", "one", "own-words"]) as stage:
        assert stage.frames(*scripts) == plain


def test_resizing_keeps_the_card(folder: Path) -> None:
    seen: list[str] = []

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        seen.append(frame(pilot.app))  # type: ignore[arg-type]
        for size in ((44, 20), (200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
        await pilot.pause()
        seen.append(frame(pilot.app))  # type: ignore[arg-type]

    with Stage(folder, ["one"]) as stage:
        stage.play(script)
    assert seen[0] == seen[1]
