"""What the keys and the mouse do, from the screen down to the store."""

from pathlib import Path
from shutil import copytree

import pytest
from textual.color import Color
from textual.pilot import Pilot

from ft_cards.memory.errors import StoreError
from ft_cards.memory.records import Grade, Review
from ft_cards.study.screen.bars import GradeBar
from ft_cards.study.screen.entry import EntryView
from ft_cards.study.screen.widgets import OptionRow
from tests.screen.stage import Stage, frame

HERE = Path(__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copytree(HERE / "decks", tmp_path, dirs_exist_ok=True)
    return tmp_path


def kept(stage: Stage) -> list[tuple[Grade, str | None, int]]:
    """Grade, what was typed, and milliseconds of each answer that counts."""
    actions = [each for each in stage.desk.store.actions() if isinstance(each, Review)]
    return [(each.grade, each.response, each.duration) for each in sorted(actions, key=lambda each: each.id)]


def test_the_mouse_picks_and_grades(folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        rows = list(pilot.app.query(OptionRow))
        stage.now += 7_000
        await pilot.click(rows[1])
        await pilot.pause()
        await pilot.click(pilot.app.query_one(GradeBar).query(".grade").last())
        await pilot.pause()

    with Stage(folder, ["one"]) as stage:
        stage.play(script)
        assert kept(stage) == [(Grade.EASY, "0.27", 7_000)]


def test_a_held_key_reveals_and_does_not_grade(folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await stage.press(pilot, "space")
        stage.pace = 400
        await stage.press(pilot, "space")
        stage.pace = 30
        await stage.press(pilot, *["space"] * 10)
        await pilot.pause(0.3)

    with Stage(folder, ["plain"]) as stage:
        stage.play(script)
        assert (stage.desk.state.stage, kept(stage)) == ("back", [])


def test_a_quick_second_press_grades_after_a_moment(folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await stage.press(pilot, "space")
        stage.pace = 400
        await stage.press(pilot, "space")
        await pilot.pause(0.3)

    with Stage(folder, ["plain"]) as stage:
        stage.play(script)
        assert kept(stage) == [(Grade.GOOD, None, 5_400)]


def test_letters_go_into_the_field_until_esc(folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await stage.press(pilot, *"bus", "escape", "h", "b")

    with Stage(folder, ["blank"]) as stage:
        stage.play(script)
        assert [(each.name, each.grade) for each in stage.desk.state.done] == [("blank:1", None)]


def test_a_letter_takes_an_option_once_they_are_shown(folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await stage.press(pilot, "paste:x", "enter", "paste:y", "enter")
        place = stage.desk.state.options.index("backward")
        await stage.press(pilot, "abc"[place], "enter", "enter")

    with Stage(folder, ["blank"]) as stage:
        stage.play(script)
        assert kept(stage) == [(Grade.AGAIN, "x\ny\nbackward", 35_000)]


def test_on_a_choice_a_letter_picks_and_ctrl_makes_it_a_command(folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await stage.press(pilot, "b")
        assert stage.desk.state.picked == {1}
        await stage.press(pilot, "ctrl+b")

    with Stage(folder, ["several"]) as stage:
        stage.play(script)
        assert [(each.name, each.grade) for each in stage.desk.state.done] == [("several", None)]


def test_undo_gives_the_old_screen_back(folder: Path) -> None:
    with Stage(folder, ["plain", "tale"]) as stage:
        before, after = stage.frames([], ["space", "3", "u"])
        assert kept(stage) == []
    card = slice(0, 10)
    assert after.splitlines()[card] == before.splitlines()[card]
    assert [line.strip() for line in after.splitlines()[-2:]] == [
        "taken back: Good on plain",
        "Enter answer  h hint  e edit  i memory  b bury  s suspend  ? help  q leave",
    ]


def test_an_edit_is_seen_at_once(folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        def editor(path: Path, line: int) -> None:
            assert path.read_text(encoding="utf-8").splitlines()[line - 1].strip() == "- id: tale"
            path.write_text(path.read_text(encoding="utf-8").replace("A clinic", "A hospital"), encoding="utf-8")

        stage.desk.editor = editor
        await stage.press(pilot, "e")
        assert "A hospital wants its letters sorted." in frame(pilot.app)  # type: ignore[arg-type]

    with Stage(folder, ["tale"]) as stage:
        stage.play(script)


def test_a_terminal_that_cannot_be_lent_is_said(folder: Path) -> None:
    with Stage(folder, ["tale"]) as stage:
        (shown,) = stage.frames(["e"])
    assert "the editor could not be started: this terminal can't be lent to an editor" in " ".join(shown.split())


@pytest.mark.parametrize("keys", [["q"], ["escape"], ["ctrl+c"], ["space", "3", "ctrl+c"], ["space", "3", "q", "q"]])
def test_leaving_keeps_all(keys: list[str], folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await stage.press(pilot, *keys)

    with Stage(folder, ["plain", "tale"]) as stage:
        app = stage.play(script)
        assert (app.return_value, app._exit, len(kept(stage))) == (None, True, int("3" in keys))


def test_a_store_that_fails_ends_the_screen_with_its_error(folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        await stage.press(pilot, "space")
        stage.desk.store._connection.execute("PRAGMA query_only = ON")
        await stage.press(pilot, "3")

    with Stage(folder, ["plain"]) as stage:
        app = stage.play(script)
        assert isinstance(app.return_value, StoreError)
        assert kept(stage) == []


def test_own_words_are_kept(folder: Path) -> None:
    async def script(pilot: Pilot[None], stage: Stage) -> None:
        assert not pilot.app.query_one(EntryView).writing
        await stage.press(pilot, "w", "paste:it forgets", "ctrl+j", "paste:a lot", "enter", "a", "b", "c", "enter")

    with Stage(folder, ["own-words"]) as stage:
        stage.play(script)
        said = "it forgets\na lot\nit memorises the examples\ngeneral skill is lost\nvalidation loss rises"
        assert [(grade, response) for grade, response, _ in kept(stage)] == [(Grade.GOOD, said)]


def contrast(ink: Color, paper: Color) -> float:
    """The contrast ratio of WCAG 2.2."""

    def light(colour: Color) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(ink), light(paper)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_all_words_can_be_read(theme: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR")
    weak: set[tuple[str, float]] = set()

    async def script(pilot: Pilot[None], stage: Stage) -> None:
        for keys in ([], ["a"], ["n", "n", "3"], ["a", "c", "enter"], ["3", "paste:x", "enter"], ["enter", "q"]):
            await stage.press(pilot, *keys)
            for strip in pilot.app.screen._compositor.render_strips(pilot.app.size):
                for text, style, _ in strip:
                    if style and style.color and style.bgcolor and any(sign.isalnum() for sign in text):
                        ink, paper = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                        if (ratio := contrast(ink, paper)) < 4.5:
                            weak.add((text, round(ratio, 1)))

    with Stage(folder, ["one", "several", "blank"], theme=theme) as stage:
        stage.play(script)
    assert weak == set()
