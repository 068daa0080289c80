"""A text in a program → the offsets at which it stands."""


def places(code: str, text: str) -> list[int]:
    """Return every offset at which the text begins, overlapping ones too."""
    found, start = [], code.find(text)
    while start >= 0:
        found.append(start)
        start = code.find(text, start + 1)
    return found


def picked(code: str, text: str, line: int | None, occurrence: int | None) -> list[int]:
    """Return those places that an author means. `occurrence` counts on `line` if that is given, else in the whole."""
    found = places(code, text)
    if line:
        found = [place for place in found if code.count("\n", 0, place) + 1 == line]
    if occurrence:
        found = found[occurrence - 1 : occurrence]
    return found
