"""The floors of the house: who may import whom, who alone may import what, and how big a module may grow."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from ft_cards.source.python import parse

ROOT = Path(__file__).parent.parent / "src" / "ft_cards"
MODULES = sorted(ROOT.rglob("*.py"))

MAY_IMPORT = {
    "source": {"source"},
    "render": {"source", "render"},
    "package": {"source", "render", "package"},
    "site": {"source", "render", "package", "site"},
    "memory": {"memory"},
    "study": {"source", "render", "memory", "study"},
}
"""The wings, and whom each may import; what lies at the top may import all but `cli`, `memory` and `study`."""

ONLY_IMPORTED_BY = {"cli": {"cli", "__main__.py"}, "study": {"study", "cli"}, "memory": {"memory", "study", "cli"}}
"""Wings that the others must not know."""

SOLE_IMPORTERS = {
    "yaml": {"source/nodes.py"},
    "markdown_it": {"render/markup.py"},
    "mdit_py_plugins": {"render/markup.py"},
    "pygments": {"render/code.py"},
    "genanki": {"package/apkg.py"},
    "fsrs": {"memory/scheduler.py"},
    "sqlite3": {"package/apkg.py", "memory/*"},
    "textual": {"study/screen/*"},
    "pydantic": {"source/*"},
    "rich": {"render/terminal.py", "cli/render.py", "cli/report.py", "study/screen/widgets.py"},
    "click": {"cli/*"},
    "platformdirs": {"cli/common.py", "cli/studying.py", "memory/database.py"},
    "watchfiles": {"site/watch.py"},
    "filelock": {"cli/common.py"},
}


def imports(path: Path) -> Iterator[str]:
    """Yield what a module imports, with dots resolved: `from .day import Moment` too."""
    package = ("ft_cards", *path.relative_to(ROOT).parent.parts)
    for node in ast.walk(parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (above, node.module)))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_down(path: Path) -> None:
    wing = path.relative_to(ROOT).parts[0]
    for imported in imports(path):
        parts = imported.split(".")
        if parts[0] != "ft_cards" or len(parts) < 3:
            continue
        assert wing in ONLY_IMPORTED_BY.get(parts[1], {wing}), f"{name(path)} imports {imported}"
        if wing in MAY_IMPORT and (ROOT / parts[1]).is_dir():
            assert parts[1] in MAY_IMPORT[wing], f"{name(path)} imports {imported}"


@pytest.mark.parametrize("package", SOLE_IMPORTERS)
def test_a_package_has_one_importer(package: str) -> None:
    importers = {name(path) for path in MODULES if any(each.split(".")[0] == package for each in imports(path))}
    assert [each for each in sorted(importers) if not any(fnmatch(each, one) for one in SOLE_IMPORTERS[package])] == []
    assert importers


def test_the_screen_is_known_to_its_command_alone() -> None:
    screen = "ft_cards.study.screen"
    importers = {name(path) for path in MODULES if any(each.startswith(screen) for each in imports(path))}
    assert {each for each in importers if not each.startswith("study/screen/")} == {"cli/review.py"}


def test_anki_is_never_imported() -> None:
    assert not [name(path) for path in MODULES if any(each.split(".")[0] in ("anki", "aqt") for each in imports(path))]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_stays_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250
