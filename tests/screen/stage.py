"""A review on a screen of a given size, with a clock that stands still until a test moves it."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

from textual.events import Paste
from textual.pilot import Pilot

from ft_cards.cache import Cache
from ft_cards.compile import open_projects
from ft_cards.memory.day import Calendar
from ft_cards.memory.records import UtcMillis
from ft_cards.memory.store import Store
from ft_cards.study.cards import Item, Library, library
from ft_cards.study.desk import Desk
from ft_cards.study.screen.app import ReviewApp
from ft_cards.study.settings import Settings

START = 1_767_258_000_000
"""2026-01-01 09:00 UTC, in milliseconds."""
DAY = 86_400_000
_UTC = Calendar(ZoneInfo("UTC"))

Script = Callable[[Pilot[None], "Stage"], Awaitable[None]]


@dataclass
class Stage:
    """A desk over the decks in a folder. `now` is the clock, in milliseconds; each key moves it by `pace`."""

    folder: Path
    cards: Sequence[str] = ()
    settings: Settings = field(default_factory=Settings)
    cramming: bool = False
    limit: int | None = None
    now: int = START
    pace: int = 5_000
    theme: str = "dark"

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        store = self._stack.enter_context(Store(self.folder / "reviews.sqlite3", _UTC.moment(self.clock()).day))
        self.desk = Desk(
            store, self._load, self.settings, self.clock, calendar=_UTC, seed="1", limit=self.limit,
            cramming=self.cramming,
        )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def clock(self) -> UtcMillis:
        return UtcMillis(self.now)

    def _load(self) -> Library:
        found = library(open_projects([self.folder], self.folder, Cache(None))[0])
        wanted = [item for item in found.items if not self.cards or item.card.id in self.cards]
        return Library(tuple(sorted(wanted, key=self._place)), found.decks, found.broken)

    def _place(self, item: Item) -> int:
        return list(self.cards).index(item.card.id) if self.cards else 0

    def play(self, script: Script, *, size: tuple[int, int] = (80, 24)) -> ReviewApp:
        """Run the app through a script and return it."""
        environment = {"NO_COLOR": "1"} if self.theme == "no-colour" else {"FT_CARDS_THEME": self.theme}
        app = ReviewApp(self.desk, lambda: self.now / 1000, self.clock, environment)

        async def run() -> None:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await script(pilot, self)

        asyncio.run(run())
        return app

    async def press(self, pilot: Pilot[None], *keys: str) -> None:
        """Press keys, one every `pace` milliseconds; a text after `paste:` is pasted."""
        for key in keys:
            self.now += self.pace
            if key.startswith("paste:"):
                pilot.app.post_message(Paste(key.removeprefix("paste:")))
                await pilot.pause()
            else:
                await pilot.press(key)
        await pilot.pause()

    def frames(self, *scripts: Sequence[str], size: tuple[int, int] = (80, 24)) -> list[str]:
        """The whole screen after each list of keys, as text."""
        seen: list[str] = []

        async def script(pilot: Pilot[None], stage: Stage) -> None:
            for keys in scripts:
                await stage.press(pilot, *keys)
                seen.append(frame(pilot.app))  # type: ignore[arg-type]

        self.play(script, size=size)
        return seen


def frame(app: ReviewApp) -> str:
    """What stands on the screen, line by line, without the blanks at the ends."""
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def picture(app: ReviewApp, title: str = "ft-cards review") -> str:
    """The screen as an SVG that is the same each time and fetches no font."""
    drawn = re.sub(r"terminal-\d+", "terminal", app.export_screenshot(title=title))
    drawn = re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    fonts = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'
    return re.sub(r"font-family: (?:Fira Code|arial)[^;]*;", f"font-family: {fonts};", drawn)
