"""Which system calls a process may make from now on, it and all below it (Linux's seccomp(2), as a BPF program).

What is forbidden fails with "operation not permitted": sockets, signals to others, new namespaces and mounts, memory
that belongs to no process, looking into other processes, and leaving the process group, by which all are stopped.
"""

import sys

assert sys.platform == "linux"

import ctypes
import errno
import os
import struct

from ft_cards.source.fence.linux import no_new_privileges, prctl

_FORBIDDEN = {  # name: number on x86_64, number on aarch64
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "setpgid": (109, 154),
    "setsid": (112, 157),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
}
_TO_ITSELF = {"kill": (62, 129), "tgkill": (234, 131)}
"""Calls whose first argument may only be the process that asked for the fence."""
_CLONE, _CLONE3 = (56, 220), 435
_NEW_USER = 0x10000000
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32 = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_PR_SET_SECCOMP, _FILTER = 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def known_here() -> bool:
    """Whether the numbers of this machine's system calls are known."""
    return os.uname().machine in _MACHINES


def forbid() -> None:
    """Forbid them to this process and all below it. Raises OSError where the kernel has no seccomp."""
    column, architecture = _MACHINES[os.uname().machine]
    instructions = b"".join(struct.pack("<HBBI", *each) for each in _filter(column, architecture, os.getpid()))
    program = _Program(len(instructions) // 8, instructions)
    no_new_privileges()
    prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program))


def _filter(column: int, architecture: int, own: int) -> list[tuple[int, int, int, int]]:
    """Return the BPF program: (operation, jump if true, jump if false, operand) a row."""
    refuse = (_RETURN, 0, 0, 0x00050000 | errno.EPERM)
    absent = (_RETURN, 0, 0, 0x00050000 | errno.ENOSYS)
    rows = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if column == 0:
        rows += [(_AT_LEAST, 0, 1, _X32), absent]
    for numbers in _FORBIDDEN.values():
        rows += [(_EQUAL, 0, 1, numbers[column]), refuse]
    rows += [(_EQUAL, 0, 1, _CLONE3), absent]  # its flags can't be seen from here; libraries fall back on clone
    for numbers in _TO_ITSELF.values():
        rows += [(_EQUAL, 0, 4, numbers[column]), (_LOAD, 0, 0, _FIRST_ARGUMENT), (_EQUAL, 1, 0, own), refuse]
        rows += [(_LOAD, 0, 0, _NUMBER)]
    rows += [(_EQUAL, 0, 3, _CLONE[column]), (_LOAD, 0, 0, _FIRST_ARGUMENT), (_SET, 0, 1, _NEW_USER), refuse]
    return [*rows, (_RETURN, 0, 0, _ALLOW)]
