"""A file's bytes → text that YAML may see."""

import re
import stat
import unicodedata
from pathlib import Path

from ft_cards.source.location import Location
from ft_cards.source.problems import Problem

LARGEST = 64 * 1024 * 1024
"""Bytes in one file at most: about 150,000 cards. More is a mistake, and would eat the memory."""

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
RUN = r"\[(?=sound:|/?latex\]|/?\$|anki:)"
"""The bracket of what Anki plays or runs wherever it stands in a card, as a pattern that ignores case."""

_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def read_bytes(path: Path, shown: str) -> bytes | Problem:
    """Return the file's bytes, or the problem that keeps it from being read."""

    def problem(code: str, message: str, hint: str) -> Problem:
        return Problem(Location(shown), code, message, hint)

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            if stat.S_ISDIR(status.st_mode):
                hint = "rename it: what ends in .yaml is taken for a deck"
                return problem("not-a-file", "this is a folder, not a deck", hint)
            return problem("not-a-file", "this is not a regular file", "give a .yaml file, or a folder that holds some")
        if status.st_size > LARGEST:
            size = f"{status.st_size / 1024**2:.0f} MB"
            return problem(
                "file-too-large",
                f"the file has {size}, and {LARGEST // 1024**2} MB is the most",
                "split the deck over several files",
            )
        return path.read_bytes()
    except FileNotFoundError:
        return problem("file-missing", "there is no such file", _neighbour(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return problem(
            "file-unreadable",
            f"the file can't be read: {reason}",
            "look at its permissions, and at what it links to",
        )


def _neighbour(path: Path) -> str:
    from ft_cards.source.problems import did_you_mean

    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return "look at the folder's name too: it is not there"
    return did_you_mean(path.name, names) or "look for a typing mistake in the name"


def decode(data: bytes, shown: str) -> tuple[str, list[Problem]]:
    """Decode strictly as UTF-8; an error among the problems means that the text must not be used."""
    problems = []
    if data.startswith(_WIDE) or (len(data) > 3 and b"\0\0" in (data[:4:2], data[1:4:2])):
        return "", [Problem(Location(shown), "not-utf8", "the file is UTF-16, not UTF-8", "save it as UTF-8")]
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        message = "the file starts with a byte order mark"
        problems.append(Problem(Location(shown, 1, 1), "byte-order-mark", message, 'save it as "UTF-8" without BOM'))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            hint = "give a .yaml file, written in a text editor"
            return "", [Problem(Location(shown), "not-utf8", "the file is not text", hint)]
        before = data[: error.start].decode("utf-8")
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "save the file as UTF-8; it looks like an older Windows or Latin encoding"
        return "", [Problem(place(before, len(before), shown), "not-utf8", message, hint)]
    if found := UNPRINTABLE.search(text):
        sign = found.group()
        name = unicodedata.name(sign, "a control character")
        message = f"the character U+{ord(sign):04X} ({name.lower()}) can't be seen and can't be used"
        problems.append(Problem(place(text, found.start(), shown), "control-character", message, "delete it"))
    elif not text.strip():
        hint = "begin with `deck:`, `id:` and `cards:`; `ft-cards init` writes an example"
        problems.append(Problem(Location(shown, 1, 1), "empty-file", "the file is empty", hint))
    return text, problems


def place(text: str, offset: int, shown: str) -> Location:
    """Return line and column of an offset into the text."""
    lines = (text[:offset] + "x").splitlines()
    return Location(shown, len(lines), len(lines[-1]))
