"""Calls to the Linux kernel that Python's library has no name for. Importable on Linux alone."""

import sys

assert sys.platform == "linux"

import ctypes
import os
from typing import Any

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_CHILD_SUBREAPER = 1, 4, 38, 36
_CAPSET = {"x86_64": 126, "aarch64": 91}
_CAPABILITY_VERSION_3 = 0x20080522

_libc: Any = ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: Any) -> int:
    """Make a system call. Raises OSError where the kernel refuses."""
    return checked(_libc.syscall(ctypes.c_long(number), *arguments))


def checked(result: int) -> int:
    """Return what a call of the C library returned. Raises OSError where that is -1."""
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def prctl(option: int, value: Any = 0, pointer: Any = 0) -> None:
    """Set a property of this process. Raises OSError."""
    zero = ctypes.c_ulong(0)
    wide = ctypes.c_ulong(value) if isinstance(value, int) else value
    checked(_libc.prctl(option, wide, pointer or zero, zero, zero))


def unshare(flags: int) -> None:
    """Leave namespaces (unshare(2)). Raises OSError."""
    checked(_libc.unshare(flags))


def mount(kind: str, target: str, flags: int = 0, options: str = "") -> None:
    """Mount a file system that needs no device (mount(2)); no kind changes the flags of what is mounted."""
    name = kind.encode() or b"none"
    checked(_libc.mount(name, os.fsencode(target), kind.encode() or None, ctypes.c_ulong(flags), options.encode()))


def die_with_parent(signal: int) -> None:
    """Have the kernel send this signal when the parent ends."""
    prctl(_PR_SET_PDEATHSIG, signal)


def no_new_privileges() -> None:
    """Give up set-user-id programs for good; Landlock and seccomp ask for it."""
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def adopt_orphans() -> None:
    """Become the parent of every process below that loses its own."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def open_to_others(*, allowed: bool) -> None:
    """Let processes of the same user look into this one, or not."""
    prctl(_PR_SET_DUMPABLE, int(allowed))


def drop_capabilities() -> None:
    """Give up every capability, such as those of a user namespace's owner; silent where the number is not known."""
    if number := _CAPSET.get(os.uname().machine):
        header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
        syscall(number, header, (ctypes.c_uint32 * 6)())
