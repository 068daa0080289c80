"""The floors of the house: who may import whom, who alone may import what, and how big a module may grow."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "src" / "ft_cards"
MODULES = sorted(ROOT.rglob("*.py"))

MAY_IMPORT = {
    "source": {"source"},
    "render": {"source", "render"},
    "package": {"source", "render", "package"},
    "memory": {"memory"},
}
"""The wings, and whom each may import; what lies at the top may import all but `cli`."""

SOLE_IMPORTERS = {
    "yaml": {"source/nodes.py", "source/document.py"},
    "markdown_it": {"render/markup.py"},
    "mdit_py_plugins": {"render/markup.py"},
    "pygments": {"render/code.py"},
    "genanki": {"package/apkg.py"},
    "fsrs": {"memory/scheduler.py"},
    "filelock": {"cli/common.py"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_down(path: Path) -> None:
    wing = path.relative_to(ROOT).parts[0]
    for imported in imports(path):
        parts = imported.split(".")
        if parts[0] != "ft_cards" or len(parts) < 3:
            continue
        assert wing == "cli" or parts[1] != "cli" or wing == "__main__.py", imported
        if wing in MAY_IMPORT and (ROOT / parts[1]).is_dir():
            assert parts[1] in MAY_IMPORT[wing], f"{name(path)} imports {imported}"


@pytest.mark.parametrize("package", SOLE_IMPORTERS)
def test_a_package_has_one_importer(package: str) -> None:
    importers = {name(path) for path in MODULES if any(each.split(".")[0] == package for each in imports(path))}
    assert importers <= SOLE_IMPORTERS[package]
    assert importers


def test_anki_is_never_imported() -> None:
    assert not [name(path) for path in MODULES if any(each.split(".")[0] in ("anki", "aqt") for each in imports(path))]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_stays_readable(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250
