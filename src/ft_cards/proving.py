"""Checked projects → which of their cards' programs hold: what can be run is, the rest is said to be skipped."""

import ast
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from importlib.machinery import PathFinder
from pathlib import Path

from ft_cards.cache import Cache
from ft_cards.compile import Project
from ft_cards.runs import Progress, Report, Runs, Skipped, Task, Wish
from ft_cards.source.fence.kinds import Kind
from ft_cards.source.fence.outside import choose
from ft_cards.source.problems import in_file_order
from ft_cards.source.proof import Proof, locate, proofs

Told = Callable[[Kind, int], None]
"""(fence, cards): hears of both before anything runs."""


def prove(projects: Sequence[Project], wish: Wish, cache: Cache, told: Told, step: Progress) -> Report:
    """Run all programs of the cards that were asked for. Raises NoFenceError."""
    report = Report()
    tasks = [task for project in projects for task in _tasks(project, report)]
    if not tasks:
        return report
    kind = choose(wish.fence)
    report.fence = kind.says
    told(kind, len(tasks))
    found = Runs(wish, kind, cache, report).all(tasks, step)
    for source in {task.source.path: task.source for task in tasks}.values():
        if of_source := [(task.proof.card.id, each) for task, each in found if task.source is source]:
            report.problems += locate(of_source, source.path.read_bytes(), source.shown_as)
    order = [source.shown_as for project in projects for source in project.sources]
    report.problems = in_file_order(report.problems, order)
    report.skipped.sort(key=lambda each: (order.index(each.source.shown_as), each.proof.card.line))
    return report


def _tasks(project: Project, report: Report) -> Iterator[Task]:
    runners = {name.lower(): command for name, command in project.settings.runners.items()}
    for source, deck in project.decks(picked=True):
        for proof in proofs(deck):
            command: tuple[str, ...] = ()
            if proof.language != "python" or "python" in runners:
                named = tuple(runners.get(proof.language, ()))
                program = shutil.which(named[0]) if named else None
                if not program:
                    reason = f'"{named[0]}" is not here' if named else f'there is no runner for "{proof.language}"'
                    report.skipped.append(Skipped(source, proof, reason))
                    continue
                command = (str(Path(program).resolve()), *named[1:])
            missing = [name for name in proof.needs if not _is_here(name)]
            if missing:
                report.skipped.append(Skipped(source, proof, f"it needs {' and '.join(missing)}"))
                continue
            modules = _modules(proof) if not command else ()
            yield Task(source, proof, command, modules, _versions(proof.needs, command))


def _is_here(module: str) -> bool:
    top = module.partition(".")[0]
    return top in sys.builtin_module_names or top in sys.stdlib_module_names or PathFinder.find_spec(top) is not None


def _modules(proof: Proof) -> tuple[str, ...]:
    """Return what a guard imports once for the card: what it needs, and what it takes out of that at the top."""
    if not proof.needs:
        return ()
    inner: set[str] = set()
    try:
        body = ast.parse(proof.program).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        body = []
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inner.update(f"{node.module}:{name.name}" for name in node.names if name.name != "*")
        elif isinstance(node, ast.Import):
            inner.update(name.name for name in node.names)
    known = {each for each in inner if each.partition(":")[0].partition(".")[0] in proof.needs}
    return (*proof.needs, *sorted(known - set(proof.needs)))


def _versions(needs: Sequence[str], command: Sequence[str]) -> str:
    said = [sys.version]
    for name in needs:
        try:
            said.append(metadata.version(name))
        except metadata.PackageNotFoundError:
            spec = PathFinder.find_spec(name.partition(".")[0])
            said.append(str(Path(spec.origin).stat().st_mtime_ns) if spec and spec.has_location and spec.origin else "")
    if command:
        said.append(str(Path(command[0]).stat().st_mtime_ns))
    return "\0".join([*needs, *command, *said])
