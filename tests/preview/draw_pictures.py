"""Draws the pictures of the preview that docs/ shows: `python -m tests.preview.draw_pictures` after `ft-cards preview`."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "dist" / "site" / "decks" / "ft-practice.html"
WIDTH, HEIGHT = 900, 640


def draw(browser: Browser, scheme: str) -> Path:
    """Draw the page of a deck as it is found: filtered, one card turned over."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme)
    page.goto(PAGE.as_uri())
    page.get_by_placeholder("Search (/)").fill("zero_grad")
    page.locator("article:not([hidden]) iframe").first.wait_for()
    page.wait_for_timeout(800)  # the frames take their heights
    path = ROOT / "docs" / "pictures" / f"preview-{scheme}.png"
    page.screenshot(path=path)
    page.close()
    return path


def main() -> int:
    if not PAGE.is_file():
        print("first make the pages: ft-cards build && ft-cards preview", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            path = draw(browser, scheme)
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
