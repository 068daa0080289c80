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
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(
    r"</?(?:p|div|section|article|footer|details|summary|ul|ol|li|dl|dt|dd|pre|table|tr|blockquote|h[1-6]|hr|br)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"[ \t]*\n\s*\n[ \t]*|[ \t]+\n")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)


def plain(html: str, number: int = 1) -> str:
    """Return the text of a side, a line for each paragraph, item and line of code, with math as Unicode.

    `number` is the blank that is asked: what may fill the others is left out, as the style leaves it out in Anki.
    """
    html = _CHIPS.sub(lambda found: found[2] if int(found[1]) == number else "", html)
    html = _MATH.sub(
        lambda found: escape(readable(unescape(_TAG.sub("", found[1] or found[2])))), html.replace(_BETWEEN, " · ")
    )
    html = _IMAGE.sub(r"\1", _DROPPED.sub("", html))
    parts = _PRE.split(html)
    for index in range(0, len(parts), 2):
        parts[index] = " ".join(parts[index].split())
    text = _TAG.sub("", _BREAK.sub("\n", _ITEM.sub("\n• ", "\n".join(parts))))
    return _SPACE.sub("\n", unescape(text)).strip()
