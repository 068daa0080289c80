"""A program in Python → where it does not parse."""

import ast
import warnings

from ft_cards.source.kinds.common import Finding, Path


def parse(program: str) -> ast.Module:
    """Return the program's tree.

    CPython 3.11 counts its recursion in one place for all: a second parse that comes in between (from a finalizer,
    or another thread) makes the first fail with a SystemError, though nothing is wrong (python/cpython#106905).
    """
    try:
        return ast.parse(program)
    except SystemError:
        return ast.parse(program)


def syntax_finding(path: Path, program: str) -> Finding | None:
    """Return the first syntax error of a program, or None. The program is parsed, never run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parse(program)
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        message = f"this Python does not parse: {error.msg}"
        hint = "mend the program; if it is meant to be wrong, say `code-language: text`"
        return Finding(path, "python-syntax", message, hint, line=line, column=max(column, 1))
    except (ValueError, RecursionError, MemoryError) as error:
        return Finding(path, "python-syntax", f"this Python does not parse: {error}", "make it simpler")
    return None
