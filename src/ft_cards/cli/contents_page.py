"""The contents of decks → a page of Markdown, to be read on GitHub or wherever the decks lie."""

import re
from collections.abc import Iterator, Mapping, Sequence

from ft_cards.cli.report import count
from ft_cards.contents import Contents
from ft_cards.source.citations import GROUPS, MANUALS, Work
from ft_cards.source.deck import LEVELS
from ft_cards.source.kinds import KINDS

_SIGNS = re.compile(r"([\\`*_\[\]<>|$#])")


def page(contents: Contents, paths: Mapping[str, str]) -> str:
    """Return the page; `paths` are those of the decks' files, by the decks' ids, as links from the page."""
    lines = ["<!-- Made by `ft-cards contents`: change the decks, not this page. -->", ""]
    lines += [f"# {_plain(contents.title)}", "", _opening(contents), "", *_table(contents, paths), ""]
    lines += ["## What each deck is about", ""]
    names = _names(contents)
    lines += [
        f"- **[{_plain(names[entry.id])}]({_target(paths[entry.id])})**: {entry.description}".rstrip(" :")
        for entry in contents.entries
    ]
    if contents.works:
        lines += ["", "## Sources", "", _citing(contents), *_sources(contents.works)]
    return "\n".join(lines) + "\n"


def _opening(contents: Contents) -> str:
    notes, cards = (sum(getattr(entry, key) for entry in contents.entries) for key in ("notes", "cards"))
    text = f"{count(len(contents.entries), 'deck')}, {count(notes, 'note')}, {count(cards, 'card')}."
    if cards > notes:
        text += " A note with several blanks makes a card of each."
    if proven := sum(entry.proven for entry in contents.entries):
        text += f" The programs of {count(proven, 'note')} are *proven*: `ft-cards check --run` runs them."
    return text


def _table(contents: Contents, paths: Mapping[str, str]) -> Iterator[str]:
    """Yield the table of counts: kinds and levels that no deck has get no column."""
    entries, names = contents.entries, _names(contents)
    kinds = [kind for kind in KINDS if any(entry.kinds.get(kind) for entry in entries)]
    levels = [level for level in (*LEVELS, "") if any(entry.levels.get(level) for entry in entries)]
    heads = ["notes", "cards", *kinds, *(level or "no level" for level in levels), "proven"]
    rows = [
        [entry.notes, entry.cards, *_of(entry.kinds, kinds), *_of(entry.levels, levels), entry.proven]
        for entry in entries
    ]
    yield _row(["deck", *heads])
    yield _row([":--", *["--:"] * len(heads)])
    for entry, numbers in zip(entries, rows, strict=True):
        yield _row([f"[{_plain(names[entry.id])}]({_target(paths[entry.id])})", *map(_number, numbers)])
    if len(rows) > 1:
        yield _row(["**all**", *(f"**{sum(column):,}**" for column in zip(*rows, strict=True))])


def _of(counts: Mapping[str, int], names: Sequence[str]) -> list[int]:
    return [counts.get(name, 0) for name in names]


def _citing(contents: Contents) -> str:
    return f"{count(contents.citing, 'note')} {'names' if contents.citing == 1 else 'name'} a source."


def _sources(works: Sequence[Work]) -> Iterator[str]:
    for group in GROUPS:
        of_group = [work for work in works if work.group == group]
        if of_group:
            yield from ("", f"### {group}", "")
            yield from _manuals(of_group) if group == MANUALS else map(_work, of_group)


def _manuals(works: Sequence[Work]) -> Iterator[str]:
    """Yield a line for each library: its pages, one after the other."""
    for name in dict.fromkeys(work.name for work in works):
        pages = [_linked(work.title, work.url) for work in works if work.name == name and work.title]
        cards = count(sum(work.cards for work in works if work.name == name), "note")
        yield f"- **{_plain(name)}** ({cards})" + (f": {' · '.join(pages)}" if pages else "")


def _work(work: Work) -> str:
    title = _linked(work.title or (work.name if work.url else ""), work.url)
    who = _plain(work.name) if work.title or not work.url else ""
    times = f" ({count(work.cards, 'note')})" if work.cards > 1 else ""
    return f"- {', '.join(filter(None, (who, title)))}{times}"


def _linked(text: str, url: str) -> str:
    return f"[{_plain(text)}]({_target(url)})" if text and url else _plain(text)


def _names(contents: Contents) -> dict[str, str]:
    """Return the decks' names by their ids, without the folders of Anki's that they all lie in."""
    parts = {entry.id: entry.name.split("::") for entry in contents.entries}
    most = min(map(len, parts.values()), default=1) - 1 if len(parts) > 1 else 0  # the last part always stays
    shared = 0
    while shared < most and len({each[shared] for each in parts.values()}) == 1:
        shared += 1
    return {key: " › ".join(each[shared:]) for key, each in parts.items()}


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _number(number: int) -> str:
    return f"{number:,}" if number else "·"


def _plain(text: str) -> str:
    """Write a text so that Markdown shows it as it is."""
    return _SIGNS.sub(r"\\\1", text)


def _target(path: str) -> str:
    path = path.replace("\n", "%0A")
    return f"<{path}>" if re.search(r"[\s()]", path) else path
