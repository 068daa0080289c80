"""What a program may see of the computer: the system's programs and libraries, and Python's; nothing of its user's."""

import os
import sys
from functools import cache
from pathlib import Path

_SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/nix/store", "/gnu/store"),
    *("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/alternatives"),
    *("/etc/localtime", "/etc/ssl/openssl.cnf"),
    *("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/sys/devices/system"),
    *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/sys/vm", "/proc/sys/kernel/random"),
)


@cache
def readable() -> tuple[str, ...]:
    """Return the paths beneath which a program may read. Where Python lies in a home folder, only its own folders."""
    own = [sys.base_prefix, sys.exec_prefix, sys.prefix, os.path.realpath(sys.executable)]
    wide = {str(Path.home()), "/", *map(str, Path.home().parents)}
    prefixes = [each for each in own if each not in wide]
    prefixes += [f"{each}/{name}" for each in own if each in wide for name in ("bin", "lib", "lib64")]
    there = [path for path in _SYSTEM if Path(path).exists()]
    return (*there, *dict.fromkeys(prefixes), str(package() / "ft_cards"))


def package() -> Path:
    """Return the folder that this package is imported from."""
    return Path(__file__).resolve().parents[3]


def beside(program: str) -> tuple[str, ...]:
    """Return what the runner of another language must see of itself: its folder, and the libraries beside that."""
    folder = Path(program).parent
    names = ("lib", "lib64", "libexec", "share") if folder.name == "bin" else ()
    private = folder.parent in (Path.home(), Path.home() / ".local")
    return (str(folder), *(str(folder.parent / name) for name in names if not private))
