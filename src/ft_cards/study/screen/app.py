"""The screen of a review: draws the desk's state and turns keys and taps into the session's keys.

Traps of textual: a key reaches the focused widget first, so the field's own keys are taken there; Ctrl+C and Ctrl+Q
are bindings of textual's own, so ours have priority; what a handler raises is printed as a traceback, so the
store's errors are carried out as the app's result and raised again after the terminal is restored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import App, ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from ft_cards.memory.errors import StoreError
from ft_cards.memory.records import UtcMillis
from ft_cards.study.desk import Desk
from ft_cards.study.editor import edit
from ft_cards.study.messages import Choose, Command, Key, Submit
from ft_cards.study.screen.bars import GradeBar, KeyBar, TopBar
from ft_cards.study.screen.entry import EntryView, Written
from ft_cards.study.screen.guard import QUIET, Guard
from ft_cards.study.screen.keys import LEAVE, key_of
from ft_cards.study.screen.scene import LETTERS, Part, Scene, scene_of
from ft_cards.study.screen.themes import DARK, LIGHT, PLAIN, chosen
from ft_cards.study.screen.widgets import Tapped, widgets_of

_SCROLLING = {
    "up": "scroll_up", "k": "scroll_up", "down": "scroll_down", "j": "scroll_down", "pageup": "scroll_page_up",
    "pagedown": "scroll_page_down", "home": "scroll_home", "end": "scroll_end",
}  # fmt: skip


class ReviewApp(App[StoreError | None]):
    """A session on the whole screen. Ends with None, or with the error that ended it."""

    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "ft-cards"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (26, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "leave", "leave", priority=True, show=False),
        Binding("f1", "key('f1')", "help", priority=True, show=False),
    ]

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], float],
        now: Callable[[], UtcMillis],
        environment: Mapping[str, str],
    ) -> None:
        """`clock` gives seconds for telling held keys; `now` the instant, for what the end page says."""
        theme = chosen(environment)
        super().__init__(ansi_color=theme.ansi)
        self._desk = desk
        self._clock = clock
        self._now = now
        self._guard = Guard()
        self._scene: Scene | None = None
        for each in (DARK, LIGHT, PLAIN):
            self.register_theme(each)
        self.theme = theme.name
        desk.editor = self._edit

    def compose(self) -> ComposeResult:
        """Lay out the bars, the card, the field and the sheet."""
        yield TopBar()
        with VerticalScroll(id="body", can_focus=False):
            yield Vertical(id="page")
        yield Static(id="notice", markup=False)
        yield EntryView()
        yield GradeBar()
        yield KeyBar()
        with VerticalScroll(id="sheet", can_focus=False):
            yield Vertical(id="sheet-page")

    async def on_mount(self) -> None:
        """Draw the first card."""
        await self._draw()

    # keys

    async def on_key(self, event: events.Key) -> None:
        """A key that no field took."""
        event.stop()
        event.prevent_default()
        await self._press(event.key)

    async def action_key(self, name: str) -> None:
        """A key that works while typing, too."""
        await self._press(name)

    async def action_leave(self) -> None:
        """Leave at once; every answer is kept already."""
        self.exit(None)

    async def action_open_url(self, url: str) -> None:
        """Open a link that was tapped in the browser."""
        self.open_url(url)

    @on(Tapped)
    async def _tapped(self, message: Tapped) -> None:
        await self._do(message.key)

    @on(Written)
    async def _written(self, message: Written) -> None:
        text, options = message.text.strip().lower(), self._desk.state.options
        named = len(text) == 1 and text in LETTERS[: len(options)] and text not in options
        await self._guarded("enter", Choose(LETTERS.index(text)) if named else Submit(message.text))

    async def _press(self, name: str) -> None:
        if name in _SCROLLING:
            sheet = self.query_one("#sheet", VerticalScroll)
            area = sheet if sheet.has_class("-shown") else self.query_one("#body", VerticalScroll)
            getattr(area, _SCROLLING[name])(animate=False)
        elif name in ("w", "tab"):
            self.query_one(EntryView).write()
        elif name == "t":
            if self.theme != PLAIN.name:
                self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
                await self._draw(anew=True)
        else:
            await self._guarded(name, None)

    async def _guarded(self, name: str, key: Key | None) -> None:
        """Do what the key says unless it is held. A press that may be a repeat waits for a moment."""
        pressed = self._clock()
        self._guard, decision = self._guard.press(name, pressed)
        if decision == "take":
            await self._do(name, key)
        elif decision == "wait":

            async def settle() -> None:
                self._guard, meant = self._guard.settle(name, pressed)
                if meant:
                    await self._do(name, key)

            self.set_timer(QUIET, settle)

    async def _do(self, name: str, key: Key | None = None) -> None:
        state = self._desk.state
        if key is None and name in LEAVE:
            key = Command.QUIT
            if state.overlay is None and (state.stage == "end" or not state.done):
                self.exit(None)
                return
        key = key or key_of(name, state)
        if key is None:
            return
        try:
            self._desk.press(key)
        except StoreError as error:
            self.exit(error)
            return
        await self._draw()

    def _edit(self, path: Path, line: int) -> None:
        try:
            with self.suspend():
                edit(path, line)
        except SuspendNotSupported as error:
            raise OSError("this terminal can't be lent to an editor") from error

    # drawing

    async def _draw(self, *, anew: bool = False) -> None:
        """Put the state's scene on the screen, and touch only what changed."""
        before, scene = None if anew else self._scene, scene_of(self._desk.state, self._now())
        self._scene = scene
        with self.batch_update():
            self.query_one(TopBar).show(scene)
            notice = self.query_one("#notice", Static)
            notice.update(scene.notice)
            notice.set_class(bool(scene.notice), "-shown")
            if before is None or before.body != scene.body:
                await _fill(self.query_one("#page", Vertical), scene.body)
            if before is None or before.grades != scene.grades:
                await self.query_one(GradeBar).show(scene.grades)
            await self.query_one(EntryView).show(scene.entry)
            if before is None or before.keys != scene.keys:
                await self.query_one(KeyBar).show(scene.keys)
            if before is None or before.sheet != scene.sheet:
                self.query_one("#sheet").set_class(bool(scene.sheet), "-shown")
                await _fill(self.query_one("#sheet-page", Vertical), scene.sheet)
                self.query_one("#sheet", VerticalScroll).scroll_home(animate=False)
        if before is None or before.body != scene.body:
            self.call_after_refresh(self._scroll_to_answer, before, scene)

    def _scroll_to_answer(self, before: Scene | None, scene: Scene) -> None:
        """Bring the answer into view when it comes; a new card begins at its top."""
        body = self.query_one("#body", VerticalScroll)
        children = self.query_one("#page", Vertical).children
        if scene.answer_at is None:
            if before is None or before.answer_at is not None:
                body.scroll_home(animate=False)
        elif before is not None and before.answer_at is not None:
            if len(scene.body) != len(before.body):
                body.scroll_end(animate=False)
        else:
            answer = children[scene.answer_at].virtual_region.y
            if 2 * answer > body.size.height and self.query_one("#page").size.height > body.size.height:
                body.scroll_to(y=max(0, answer - 2), animate=False)


async def _fill(area: Vertical, parts: tuple[Part, ...]) -> None:
    await area.remove_children()
    await area.mount_all(widgets_of(parts))
