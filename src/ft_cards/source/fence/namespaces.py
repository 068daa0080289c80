"""A network, processes and mounts of one's own (Linux's user namespaces, user_namespaces(7))."""

import sys

assert sys.platform == "linux"

import os
import signal
from pathlib import Path

from ft_cards.source.fence.linux import die_with_parent, mount, unshare

_MOUNTS, _NAMES, _IPC, _USER, _PIDS, _NETWORK = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_NOSUID_NODEV, _NOEXEC, _PRIVATE_BELOW = 6, 8, 0x44000


def enter(folder: str, size: int) -> None:
    """Go on as process 1 of new namespaces, without a network, with `folder` as an empty disk of `size` bytes.

    The process that called stays outside, waits for the one inside and ends with it, and takes it along when it is
    killed. Raises OSError where the system does not let us.
    """
    user, group = os.geteuid(), os.getegid()
    unshare(_USER | _MOUNTS | _PIDS | _NETWORK | _IPC | _NAMES)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    inner = os.fork()
    if inner:
        os.closerange(0, 64)
        _, status = os.waitpid(inner, 0)
        os._exit(0 if status == 0 else 1)
    die_with_parent(signal.SIGKILL)
    mount("", "/", _PRIVATE_BELOW)
    mount("proc", "/proc", _NOSUID_NODEV | _NOEXEC)
    mount("tmpfs", folder, _NOSUID_NODEV, f"size={size},mode=755,nr_inodes=20000")
