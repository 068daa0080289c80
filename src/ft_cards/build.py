"""A checked project → its packages, lock and manifest.

The lock is written first, then each package, then the manifest, each whole or not at all: should the power go in
between, the next build makes the very packages that the lock speaks of.
"""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ft_cards import __version__
from ft_cards.cache import Cache, replace_file
from ft_cards.compile import Project
from ft_cards.package.lock import Lock
from ft_cards.package.lockfile import dump, to_data
from ft_cards.parallel import Workers
from ft_cards.plan import Plan
from ft_cards.rendered import Progress, Rendering
from ft_cards.shipping import MANIFEST, Decks, Package, Target, holds, is_current, manifest, packed, remember, targets
from ft_cards.sources import content_key


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: the packages, which of them were written anew, and how the notes changed."""

    packages: tuple[Package, ...]
    written: frozenset[str]
    removed: tuple[str, ...]
    new: int
    changed: int
    retired: int
    first: bool


def build(
    project: Project, dist: Path, lock: Lock, planned: Plan, cache: Cache, workers: Workers,
    progress: Progress,
) -> Outcome:  # fmt: skip
    """Write what changed. Raises OSError where the disk does not let it; earlier packages are whole then."""
    assert project.lock is not None
    dist.mkdir(parents=True, exist_ok=True)
    _sweep(dist)
    wanted = targets(project, lock, planned)
    previous = manifest(dist)
    stale = [each for each in wanted if not is_current(dist / each.file, each.key, previous, cache)]
    needed = {source.path for each in stale for source, _ in each.decks}
    rendering = Rendering(project, lock, planned, cache)
    rendering.render([path for path in planned if path in needed], workers, progress)
    notes = {path: rendering.notes(path) for path in planned if path in needed}
    made, text = _made(project, lock, stale, planned, notes)
    if text:
        replace_file(project.chosen.home.lock, text)
        cache.put(content_key("lock", text), to_data(lock))
    written = _write(dist, made, rendering) if made else frozenset()
    packages = []
    for each in wanted:
        if each.file in made:
            packages.append(_described(each.file, each.decks, made[each.file], planned, project))
            remember(dist / each.file, each.key, packages[-1].sha256, cache)
        else:
            packages.append(Package(**previous[each.file]))
    removed = _write_manifest(project, dist, packages, previous)
    cache.prune()
    return _outcome(project, lock, packages, written, removed)


def _made(
    project: Project, lock: Lock, stale: Sequence[Target], planned: Plan, notes: Mapping[Path, list[Any]],
) -> tuple[dict[str, bytes], bytes]:  # fmt: skip
    """Return the bytes of each package, and of the lock where it changed.

    Two are made at a time, the longest first: SQLite and deflate let go of the interpreter.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        longest = sorted(stale, key=lambda each: -len(each.decks))
        made = {each.file: pool.submit(packed, project, lock, each.decks, planned, notes) for each in longest}
        changed = lock != project.lock or not project.lock_text
        text = dump(lock).encode() if changed else b""
        return {file: each.result() for file, each in made.items()}, text


def _write(dist: Path, made: Mapping[str, bytes], rendering: Rendering) -> frozenset[str]:
    """Put the packages in place that are not there already, and name them; keep what was rendered."""
    from concurrent.futures import ThreadPoolExecutor

    changed = {file: data for file, data in made.items() if not holds(dist / file, data)}
    with ThreadPoolExecutor(4) as pool:  # most of it is waiting for the disk
        waiting = [pool.submit(replace_file, dist / file, data) for file, data in changed.items()]
        for each in (pool.submit(rendering.remember), *waiting):
            each.result()
    return frozenset(changed)


def _sweep(dist: Path) -> None:
    """Delete what a build that was killed an hour ago or more has left half written."""
    for path in dist.glob(".*.apkg-*"):
        if time.time() - path.stat().st_mtime > 3600:
            path.unlink(missing_ok=True)


def _described(
    file: str, decks: Decks, data: bytes, planned: Plan, project: Project,
) -> Package:  # fmt: skip
    notes = [note for source, _ in decks for note in planned[source.path]]
    whole = file == f"{project.settings.namespace}.apkg" and len(decks) > 1
    return Package(
        file=file,
        deck="" if whole else decks[0][1].id,
        title=(project.settings.title or project.settings.namespace) if whole else decks[0][1].name,
        language="" if whole else decks[0][1].language,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        notes=len(notes),
        cards=sum(note.cards for note in notes),
    )


def _write_manifest(project: Project, dist: Path, packages: list[Package], previous: dict[str, Any]) -> tuple[str, ...]:
    """Write the manifest; a package that it listed and that no deck stands behind any more is deleted."""
    mine = {each.file for each in packages}
    removed = []
    others = []
    for file, each in previous.items():
        if file in mine:
            continue
        path = dist / Path(file).name
        if project.settings.namespace and project.chosen.whole:
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == each["sha256"]:
                path.unlink()
                removed.append(path.name)
        elif path.is_file():
            others.append(each)
    listed = sorted([*map(asdict, packages), *others], key=lambda each: (each["deck"] == "", each["file"]))
    settings = {
        key: value for key, value in asdict(project.settings).items() if value and key not in ("html", "runners")
    }
    whole = {"tool": f"ft-cards {__version__}", "project": settings, "packages": listed}
    data = (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()
    path = dist / MANIFEST
    if not path.is_file() or path.read_bytes() != data:
        replace_file(path, data)
    return tuple(removed)


def _outcome(
    project: Project, lock: Lock, packages: list[Package], written: frozenset[str], removed: tuple[str, ...]
) -> Outcome:
    assert project.lock is not None
    before = project.lock.notes
    return Outcome(
        packages=tuple(packages),
        written=written,
        removed=removed,
        new=sum(key not in before for key in lock.notes),
        changed=sum(key in before and before[key].mod != entry.mod for key, entry in lock.notes.items()),
        retired=len(project.gone),
        first=not project.lock_text,
    )
