"""One browser and one scratch collection for the run."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from .anki_page import Renderer, Reviewer

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium. On CI it must be there; elsewhere the tests are skipped without it."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        missing = f"no browser found: looked for {', '.join(BROWSERS)}"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renderer]:
    made = Renderer(Path(tmp_path_factory.mktemp("anki")))
    yield made
    made.close()


@pytest.fixture
def reviewer(browser: Browser) -> Iterator[Callable[..., Reviewer]]:
    """Make screens; afterwards none may have asked the network for anything, or raised in its script."""
    made: list[Reviewer] = []

    def make(**options: object) -> Reviewer:
        made.append(Reviewer(browser, **options))
        return made[-1]

    yield make
    for screen in made:
        screen.close()
    assert [(screen.outside, screen.errors) for screen in made] == [([], []) for _ in made]
