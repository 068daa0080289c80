"""The real Anki desktop program under a screen of its own: a package → pictures of its cards.

Needs `aqt` of the same version as the `anki` that the tests use, Pillow, and a program `Xvfb`. It is no test, and
no test imports it. A fresh profile in a temporary folder; nobody's collection is touched.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

_SCREEN = "2000x6000x24"
_STILL = "<script>Math.random = () => 0.37</script>"
"""The dice of a choice card's script, held, so that a picture drawn twice is the same."""


class MissingError(Exception):
    """Something that pictures need is not on this machine; the message tells what."""


@dataclass(frozen=True, slots=True)
class Look:
    """The width of the window in CSS pixels (Anki takes no less than 400), and the dots for each of them."""

    width: int = 440
    scale: float = 1.5


class Desktop:
    """Anki with one package imported, its cards shown one by one. Close it by leaving the `with`."""

    def __init__(self, package: Path, look: Look) -> None:
        self._package = package.absolute()
        self._look = look

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(ignore_cleanup_errors=True)
        self._screen = _screen()
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(Exception):
            self._mw.unloadProfileAndExit()
            self._wait(lambda: self._mw.col is None)
        self._screen.terminate()
        self._screen.wait()
        self._folder.cleanup()

    def _start(self) -> None:
        os.environ |= {
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu --font-render-hinting=none",
            "QT_QUICK_BACKEND": "software",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": str(self._look.scale),
            "ANKI_SINGLE_INSTANCE_KEY": f"ft-cards-{os.getpid()}",
        }
        self._profile()
        import aqt

        self._app: Any = aqt._run(["anki", "-b", self._folder.name, "-p", "Pictures", "-l", "en"], exec=False)
        self._mw: Any = aqt.mw
        self._wait(lambda: self._mw.col is not None and self._mw.state == "deckBrowser")
        self._rest(1)  # the list of decks is drawn in the background, and would be drawn over the card
        aqt.gui_hooks.webview_will_set_content.append(_hold_the_dice)
        self._import()
        self._mw.resize(self._look.width, 900)
        self._mw.move(0, 0)

    def _profile(self) -> None:
        """Make the profile that the program opens, so that it asks nothing at its first start."""
        try:
            from aqt.profiles import ProfileManager, VideoDriver
            from aqt.theme import Theme
        except ImportError as error:
            raise MissingError(f"no Anki desktop program in this Python ({error})") from None
        profiles = ProfileManager(ProfileManager.get_created_base_folder(self._folder.name))
        profiles.setupMeta()
        profiles.setLang("en")
        profiles.meta["firstRun"] = False
        profiles.create("Pictures")
        profiles.openProfile("Pictures")
        profiles.set_theme(Theme.LIGHT)
        profiles.set_video_driver(VideoDriver.Software)
        profiles.setUiScale(self._look.scale)
        profiles.set_update_check(False)
        profiles.save()
        profiles.db.close()

    def _import(self) -> None:
        from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        col = self._mw.col
        col.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(self._package), options=ImportAnkiPackageOptions())
        )
        col._clear_caches()
        col.sched.suspend_cards(col.find_cards(""))
        self._root = min(
            (deck for deck in col.decks.all_names_and_ids() if deck.id != 1 and "::" not in deck.name),
            key=lambda deck: str(deck.name),
        ).id

    def dress(self, *, night: bool) -> None:
        """Change to night or to day, as in the preferences."""
        from aqt.theme import Theme

        self._mw.set_theme(Theme.DARK if night else Theme.LIGHT)
        self._rest(1)

    def front(self, card: str, number: int = 1) -> None:
        """Show the front of a card: the note's `Id`, and Anki's number of the card in it."""
        col = self._mw.col
        col.sched.suspend_cards(col.find_cards("-is:suspended"))
        found = [col.get_card(id_) for id_ in col.find_cards(f'"Id:{card}"')]
        (wanted,) = (one.id for one in found if one.ord + 1 == number)
        col.sched.unsuspend_cards([wanted])
        col.decks.select(self._root)
        self._mw.moveToState("review")
        self._settled("front")

    def back(self) -> None:
        """Show the back, as the space bar does."""
        self._mw.reviewer._showAnswer()
        self._settled("back")

    def run(self, script: str) -> Any:
        """Run a script in the card's page, as a learner's mouse or keyboard would act on it; return its value."""
        found: list[Any] = []
        self._mw.web.page().runJavaScript(script, found.append)
        self._wait(lambda: bool(found))
        return found[0]

    def save(self, path: Path, most: int = 0) -> None:
        """Write a picture of the card alone, as high as the card, or at most that many CSS pixels."""
        from PIL import Image

        for _ in range(2):  # without the scroll bar the card is wider, and so less high
            height = self.run("Math.ceil(document.querySelector('.ft').getBoundingClientRect().bottom + scrollY)")
            self._mw.resize(self._look.width, height + 60 + self._mw.height() - self._mw.web.height())
            self.run("document.activeElement.blur(); window.scrollTo(0, 0)")
            self._rest(0.25)
        height = min(height + 8, most or height + 8)
        raw = path.with_suffix(".full.png")
        self._mw.screen().grabWindow(self._mw.web.winId()).save(str(raw))
        with Image.open(raw) as full:
            scale = self._look.scale
            card = full.crop((0, 0, round(self._look.width * scale), round(height * scale)))
            card.convert("RGB").save(path)
        raw.unlink()

    def _settled(self, side: str) -> None:
        """Wait until that side is seen: Anki fades pages in, and sets the formulas afterwards."""
        seen = (
            f"Boolean(document.querySelector('#qa .ft-{side}')) && document.querySelector('#qa').style.opacity != '0'"
        )
        self._wait(lambda: bool(self.run(seen)))
        self._rest(0.6)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._app.processEvents()
            time.sleep(0.01)

    def _wait(self, reached: Callable[[], bool], seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not reached():
            if time.monotonic() > until:
                raise TimeoutError("Anki did not come so far")
            self._app.processEvents()
            time.sleep(0.01)


def _hold_the_dice(content: Any, context: Any) -> None:
    content.head += _STILL


def _screen() -> subprocess.Popen[bytes]:
    """Start a screen in memory and let `DISPLAY` name it."""
    if shutil.which("Xvfb") is None:
        raise MissingError("no program `Xvfb`")
    ours, theirs = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-screen", "0", _SCREEN, "-nolisten", "tcp"],
        pass_fds=[theirs],
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    with os.fdopen(ours) as told:
        number = told.readline().strip()
    if not number:
        raise MissingError("`Xvfb` does not start")
    os.environ["DISPLAY"] = f":{number}"
    return screen
