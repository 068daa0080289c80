"""Saved files → a sign to look again. The only importer of watchfiles.

Traps: editors save by renaming, so folders are watched, not files; a folder that is watched recursively costs a
watch for each folder in it, so only those that matter are named; what is saved while the watch begins anew would
be missed, so the files' times are compared as well, at each second of silence.
"""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import watch

_STEP, _DEBOUNCE, _SILENCE = 30, 120, 1000
"""Milliseconds: to wait for more of the same save, to wait at most, and after which to look in any case."""


def saves(folders: Callable[[], set[Path]], files: Callable[[], set[Path]], stop: threading.Event) -> Iterator[None]:
    """Yield at once, and then at each save of one of the files, or of one that is new, until `stop` is set.

    At once, since files may have been saved after they were read and before the watch began. Both sets are asked
    for anew each time, since what belongs to a project changes with it.
    """
    seen = _times(files())
    yield
    while not stop.is_set():
        watched = {folder for folder in folders() if folder.is_dir()}
        try:
            for _ in watch(
                *watched,
                watch_filter=None,
                debounce=_DEBOUNCE,
                step=_STEP,
                stop_event=stop,
                rust_timeout=_SILENCE,
                yield_on_timeout=True,
                recursive=False,
                raise_interrupt=True,
            ):
                now = _times(files())
                if now != seen:
                    seen = now
                    yield
                if {folder for folder in folders() if folder.is_dir()} != watched:
                    break
        except FileNotFoundError:
            stop.wait(0.2)  # a folder went while its watch began


def _times(files: set[Path]) -> dict[Path, tuple[int, int, int]]:
    times = {}
    for file in files:
        try:
            stat = file.stat()
        except OSError:
            continue
        times[file] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return times
