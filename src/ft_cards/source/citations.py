"""The `source` of cards → a list of works, each once: by whom, called what, to be read where.

A citation is free text: parts with semicolons between them. A part begins with who wrote it and a year, or with the
name of some documentation; then come the title, the passage in it, and an address, as far as there are any.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WORKS, MANUALS, WEB = "Papers, books and articles", "Documentation", "On the web"
GROUPS = (WORKS, MANUALS, WEB)

_PARTS = re.compile(r";\s+(?!and\b)")
_ADDRESS = re.compile(r"https?://[^\s,;]*[^\s,;.)]")
_DATED = re.compile(r"^(.{2,80}?\s(?:1[5-9]|20)\d\d)\b[,\s]*(.*)$")
_MANUAL = re.compile(r"^(.{1,80}? documentation)\b[,\s]*([^,;]*)", re.IGNORECASE)
_PASSAGE = re.compile(
    r"(?:^|,\s+)(?:sections?|chapters?|appendix|appendices|introduction|pages?|pp?\.|figures?|tables?|for)\b.*$"
)


@dataclass(frozen=True, slots=True)
class Work:
    """A work that cards cite: its group, who made it (with the year), its title, an address, and how many cite it.

    Of documentation the title is a page of it, and empty for those that name none.
    """

    group: str
    name: str
    title: str
    url: str
    cards: int


@dataclass(frozen=True, slots=True)
class _Mention:
    group: str
    name: str
    title: str
    url: str


def works(citations: Iterable[str]) -> list[Work]:
    """Return the works that cards cite, one text a card, sorted by group, name and title."""
    mentions: dict[tuple[str, str], list[_Mention]] = {}
    for text in citations:
        for each in dict.fromkeys(_mentions(" ".join(text.split()))):
            mentions.setdefault((each.group, each.name), []).append(each)
    found = [work for of_name in mentions.values() for work in _merged(of_name)]
    return sorted(found, key=_place)


def _place(work: Work) -> tuple[int, str]:
    return GROUPS.index(work.group), f"{work.name} {work.title}".strip().casefold()


def _mentions(text: str) -> Iterator[_Mention]:
    for part in _PARTS.split(text):
        address = _ADDRESS.search(part)
        url = address[0] if address else ""
        words = " ".join(_ADDRESS.sub("", part).split()).strip(" ,.;")
        if not re.search(r"\w", words):
            if url:
                yield _Mention(WEB, re.sub(r"^https?://", "", url), "", url)
        elif manual := _MANUAL.match(words):
            yield _Mention(MANUALS, manual[1], manual[2], url)
        elif dated := _DATED.match(words):
            yield _Mention(WORKS, dated[1], _PASSAGE.sub("", dated[2]), url)
        else:
            yield _Mention(WORKS, "", _PASSAGE.sub("", words), url)


def _merged(mentions: list[_Mention]) -> Iterator[Work]:
    """Make one work of mentions with the same address, or of the same title where an address is missing."""
    heaps: list[list[_Mention]] = []
    for each in sorted(mentions, key=lambda mention: not mention.url):  # stable: those with an address first
        fits = [heap for heap in heaps if _same(heap, each)]
        if not fits and each.group == WORKS and not each.url and len(heaps) == 1 and each.name:
            fits = heaps  # one work of these authors in that year
        if fits:
            fits[0].append(each)
        else:
            heaps.append([each])
    for heap in heaps:
        title = max((each.title for each in heap), key=len)
        yield Work(heap[0].group, heap[0].name, title, heap[0].url, len(heap))


def _same(heap: list[_Mention], other: _Mention) -> bool:
    if other.url and heap[0].url and heap[0].group != MANUALS:
        return other.url == heap[0].url
    return other.title in {each.title for each in heap}
