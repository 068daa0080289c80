"""What was worked out before, by content. Can be deleted at any time; a damaged entry is no entry.

Each file holds a checksum and marshalled plain data: read five times faster than JSON, and nothing in it can run,
as a pickle could. The keys name Python's version, for marshal's format goes with it.
"""

import hashlib
import marshal
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_KEEP_DAYS = 30


class Cache:
    """A folder of values. Every failure of the disk is silence: the work is done again."""

    def __init__(self, folder: Path | None) -> None:
        """Take the folder, or None for a cache that keeps nothing."""
        self._folder = folder
        self._ahead: dict[str, Any] = {}

    def __reduce__(self) -> tuple[type["Cache"], tuple[Path | None]]:
        """Go to another process as the folder alone."""
        return Cache, (self._folder,)

    def fetch(self, keys: Iterable[str]) -> None:
        """Read values that will be asked for, each once, while there is time."""
        for key in keys:
            self._ahead[key] = self.get(key)

    def holds(self, key: str) -> bool:
        """Whether there is an entry under a key, sound or not."""
        return self._folder is not None and self._path(key).exists()

    def get(self, key: str) -> Any:
        """Return the value under a key, or None."""
        if key in self._ahead:
            return self._ahead.pop(key)
        if self._folder is None:
            return None
        path = self._path(key)
        try:
            data = path.read_bytes()
            digest, payload = data[:64], data[64:]
            if _checksum(key, payload) != digest:
                return None
            if time.time() - path.stat().st_mtime > 86_400:
                os.utime(path)
            return marshal.loads(payload)
        except (OSError, ValueError, EOFError, TypeError):
            return None

    def put(self, key: str, value: Any) -> None:
        """Keep a value of plain data: texts, numbers, lists, tuples, mappings, None."""
        if self._folder is None:
            return
        path = self._path(key)
        payload = marshal.dumps(value)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, _checksum(key, payload) + payload, sync=False)
        except OSError:
            pass

    def prune(self) -> None:
        """Delete what nobody asked for in a month; looks at most once a day."""
        if self._folder is None:
            return
        stamp = self._folder / "pruned"
        now = time.time()
        try:
            if stamp.exists() and now - stamp.stat().st_mtime < 86_400:
                return
            stamp.touch()
            for path in self._folder.glob("??/*"):
                if now - path.stat().st_mtime > _KEEP_DAYS * 86_400:
                    path.unlink()
        except OSError:
            pass

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / name[:2] / name[2:]


def _checksum(key: str, payload: bytes) -> bytes:
    """Return 64 bytes that tell whether the payload is whole, and is the one for this key."""
    return hashlib.sha256(key.encode() + b"\0" + payload).hexdigest().encode()


def replace_file(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Put a file in place whole or not at all: written beside, then moved over."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
