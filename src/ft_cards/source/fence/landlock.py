"""Which files a process may see and change from now on, it and all below it (Linux's Landlock, landlock(7)).

Traps: rights that a kernel does not know make the call fail, so they are cut to its version; a rule for a plain file
may hold only a file's rights; paths are resolved when the rule is made.
"""

import sys

assert sys.platform == "linux"

import ctypes
import os
from collections.abc import Iterable

from ft_cards.source.fence.linux import no_new_privileges, syscall

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on every machine
_O_PATH = 0o10000000
_EXECUTE, _WRITE, _READ, _READ_FOLDER = 1, 2, 4, 8
_TRUNCATE, _DEVICE = 1 << 14, 1 << 15
_ALL = ((1, (1 << 13) - 1), (2, 1 << 13), (3, _TRUNCATE), (5, _DEVICE))
_OF_A_FILE = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE
_TCP = 0b11
"""Bind and connect; since version 4."""
_SIGNALS = 0b11
"""Signals and abstract sockets stay within; since version 6."""


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """Return the version of the kernel's Landlock; 0 where it has none or it is off."""
    try:
        return syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    except OSError:
        return 0


def restrict(reads: Iterable[str], writes: Iterable[str]) -> None:
    """See only what lies beneath `reads`, change only what lies beneath `writes`; a path that is not there is left out.

    Raises OSError where the kernel has no Landlock.
    """
    known = version()
    rights = sum(bits for since, bits in _ALL if known >= since)
    attributes = (ctypes.c_uint64 * 3)(rights, _TCP if known >= 4 else 0, _SIGNALS if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    ruleset = syscall(_CREATE, ctypes.byref(attributes), ctypes.c_size_t(size), 0)
    try:
        for path in reads:
            _allow(ruleset, path, rights & (_EXECUTE | _READ | _READ_FOLDER))
        for path in writes:
            _allow(ruleset, path, rights)
        no_new_privileges()
        syscall(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, _O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        allowed = rights if os.path.isdir(path) else rights & _OF_A_FILE  # noqa: PTH112
        syscall(_ADD, ruleset, 1, ctypes.byref(_Beneath(allowed, place)), 0)
    finally:
        os.close(place)
