"""A side's HTML → its plain text: what the search looks through, and what is shown where no script may run."""

import re
from html import unescape

_DROPPED = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<p class=\"ft-(?:deck|about)\">.*?</p>|<h2 class=\"ft-label\">.*?</h2>"
    r"|<!--.*?-->",
    re.DOTALL | re.IGNORECASE,
)
_IMAGE = re.compile(r"<img\b[^>]*?\balt=\"([^\"]*)\"[^>]*>", re.IGNORECASE)
_ITEM = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(
    r"</?(?:p|div|section|article|footer|details|summary|ul|ol|li|dl|dt|dd|pre|table|tr|blockquote|h[1-6]|hr|br)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"[ \t]*\n\s*\n[ \t]*|[ \t]+\n")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL | re.IGNORECASE)


def plain(html: str) -> str:
    """Return the text of a side, a line for each paragraph, item and line of code."""
    html = _IMAGE.sub(r"\1", _DROPPED.sub("", html))
    parts = _PRE.split(html)
    for index in range(0, len(parts), 2):
        parts[index] = " ".join(parts[index].split())
    text = _TAG.sub("", _BREAK.sub("\n", _ITEM.sub("\n• ", "\n".join(parts))))
    return _SPACE.sub("\n", unescape(text)).strip()
