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
        (r"<p>The rate \(\alpha \cdot 2\) and \[a &lt; b\]</p>", "The rate α·2 and a < b"),
        (
            '<div class="ft-chips ft-b1"><span class="ft-chip"><code>a</code></span>'
            '<span class="ft-chip"><code>b</code></span></div>'
            '<div class="ft-chips ft-b2"><span class="ft-chip"><code>c</code></span></div>',
            "a · b",
        ),
        ("", ""),
    ],
)
def test_a_side_becomes_plain_text(html: str, text: str) -> None:
    assert plain(html) == text
