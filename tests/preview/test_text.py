"""The plain text of a side: what is searched, printed, and shown where no script may run."""

import pytest

from ft_cards.site.text import plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One &lt;b&gt;</p><p>two</p>", "One <b>\ntwo"),
        ("<ul><li>a</li><li>b\nc</li></ul>", "• a\n• b c"),
        ("<pre><code>for x in y:\n    <span>go</span>()\n</code></pre>", "for x in y:\n    go()"),
        ('<img src="x.png" alt="a &quot;red&quot; square">', 'a "red" square'),
        ("<script>no</script><style>no</style>yes<!-- no -->", "yes"),
        ('<p class="ft-deck">Deck</p><p>x<br>y</p>', "x\ny"),
        ("", ""),
    ],
)
def test_a_side_becomes_plain_text(html: str, text: str) -> None:
    assert plain(html) == text
