"""A program in Python → where it does not parse."""

import ast
import warnings

from ft_cards.source.kinds.common import Finding, Path


def syntax_finding(path: Path, program: str) -> Finding | None:
    """Return the first syntax error of a program, or None. The program is parsed, never run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(program)
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        message = f"this Python does not parse: {error.msg}"
        hint = "mend the program; if it is meant to be wrong, say `code-language: text`"
        return Finding(path, "python-syntax", message, hint, line=line, column=max(column, 1))
    except (ValueError, RecursionError, MemoryError) as error:
        return Finding(path, "python-syntax", f"this Python does not parse: {error}", "make it simpler")
    return None
