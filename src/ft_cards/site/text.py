"""A side's HTML → its plain text: what the search looks through, and what is shown where no script may run."""

import re
from html import escape, unescape

from ft_cards.render.mathtext import readable

_DROPPED = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<p class=\"ft-(?:deck|about)\">.*?</p>|<h2 class=\"ft-label\">.*?</h2>"
    r"|<!--.*?-->",
    re.DOTALL | re.IGNORECASE,
)
_CHIPS = re.compile(r'<div class="ft-chips ft-b(\d+)">(.*?)</div>', re.DOTALL)
_BETWEEN = '</code></span><span class="ft-chip"><code>'
_MATH = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*?\balt=\"([^\"]*)\"[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?([a-z0-9]*)[^>]*>")
_BLOCK = re.compile(
    "p|div|section|article|footer|details|summary|ul|ol|li|dl|dt|dd|pre|table|tr|blockquote|h[1-6]|hr|br"
)
_SPACE = re.compile(r"[ \t]*\n\s*\n[ \t]*|[ \t]+\n")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)


def plain(html: str, number: int = 1) -> str:
    """Return the text of a side, a line for each paragraph, item and line of code, with math as Unicode.

    `number` is the blank that is asked: what may fill the others is left out, as the style leaves it out in Anki.
    """
    if "ft-chips" in html:
        html = _CHIPS.sub(lambda found: found[2] if int(found[1]) == number else "", html).replace(_BETWEEN, " · ")
    if "\\(" in html or "\\[" in html:
        html = _MATH.sub(lambda found: escape(readable(unescape(_TAG.sub("", found[1] or found[2])))), html)
    if "<img" in html:
        html = _IMAGE.sub(r"\1", html)
    parts = _PRE.split(_DROPPED.sub("", html)) if "<pre" in html else [_DROPPED.sub("", html)]
    for index in range(0, len(parts), 2):
        parts[index] = " ".join(parts[index].split())
    text = _TAG.sub(_stands_for, "\n".join(parts))
    return _SPACE.sub("\n", unescape(text)).strip()


def _stands_for(tag: re.Match[str]) -> str:
    """Return what a tag is in plain text: the end of a line, the beginning of an item, or nothing."""
    if not _BLOCK.fullmatch(tag[1]):
        return ""
    return "\n• " if tag[0].startswith("<li") else "\n"
