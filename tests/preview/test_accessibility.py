"""axe-core finds nothing on the pages, nor in the cards' frames, by day and by night."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Reader

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core. On CI it must be there; elsewhere the tests are skipped without it."""
    if not AXE.is_file():
        missing = "axe-core is not installed: `make axe` does it"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return AXE.read_text(encoding="utf-8")


def violations(reader: Reader, axe: str) -> list[Any]:
    for frame in reader.page.frames:
        frame.evaluate(axe)
    found = reader.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert any(each["nodes"] for each in found["passes"])
    return [
        (each["id"], node["target"], node["failureSummary"]) for each in found["violations"] for node in each["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_index_is_accessible(readers: Callable[..., Reader], site: Path, axe: str, scheme: str) -> None:
    reader = readers(site.as_uri(), color_scheme=scheme)
    page = reader.open("index.html")
    page.locator(".hash summary").first.click()
    assert violations(reader, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("side", ["front", "back"])
def test_the_cards_are_accessible(readers: Callable[..., Reader], site: Path, axe: str, scheme: str, side: str) -> None:
    reader = readers(site.as_uri(), color_scheme=scheme, viewport={"width": 800, "height": 6000})
    page = reader.open()
    page.locator(".tags summary").click()
    if side == "back":
        reader.card("one").locator("li").first.click()
        page.locator(".flip-all").click()
    for article in page.locator("article").all():
        reader.card(article.get_attribute("id") or "", side)
    page.locator('.chip[data-value="choice"]').focus()
    assert violations(reader, axe) == []
