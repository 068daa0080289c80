"""Markdown as an author writes it → HTML in which nothing runs that should not."""

from pathlib import Path

import pytest

from ft_cards.render import media
from ft_cards.render.code import attribute, inert
from ft_cards.render.markup import Markup, media_in
from ft_cards.render.media import Medium
from ft_cards.source.kinds.cloze import Broken, scan


def show(path: str, alternative: str) -> str:
    return media.html(Medium(Path(path), f"hash-{path}", ""), alternative)


SAFE = Markup(trusted=False, show=show)
TRUSTED = Markup(trusted=True, show=show)

BLOCKS = [
    ("Plain text.", "<p>Plain text.</p>"),
    ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <s>c</s> <code>d</code></p>"),
    ("a\nb", "<p>a\nb</p>"),
    ("a\n\nb", "<p>a</p>\n<p>b</p>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("# Head", "<h1>Head</h1>"),
    ("[x](https://a.b/c_d?e=f&g)", '<p><a href="https&#58;//a.b/c_d?e=f&amp;g">x</a></p>'),
    ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
    # math goes to MathJax as it is
    ("$a_1 * b_2$ and $c$", r"<p>\(a_1 * b_2\) and \(c\)</p>"),
    ("$$\nx < y\n$$", r"\[x &lt; y\]"),
    ("it costs $5 and $6", "<p>it costs $5 and $6</p>"),
    (r"\$5 is not \$math$", "<p>$5 is not $math$</p>"),
    # raw HTML is text
    ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ("a <img src=x onerror=alert(1)> b", "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>"),
    ("<!-- gone? -->", "<p>&lt;!-- gone? --&gt;</p>"),
    # what Anki would run is text
    ("[sound:x.mp3]", "<p><span>&#91;</span>sound:x.mp3]</p>"),
    ("[Latex]x[/latex]", "<p><span>&#91;</span>Latex]x<span>&#91;</span>/latex]</p>"),
    ("[\\$]x[/\\$]", "<p><span>&#91;</span>$]x<span>&#91;</span>/$]</p>"),
    ("[anki:play:q:0]", "<p><span>&#91;</span>anki:play:q:0]</p>"),
    ("\\\\(x\\\\)", "<p><span>&#92;</span>(x<span>&#92;</span>)</p>"),
    ("`\\(x\\)`", "<p><code><span>&#92;</span><span>(x&#92;</span><span>)</span></code></p>"),
    ("{{c1::a}}", "<p><span>&#123;</span>{c1::a}}</p>"),
    ("{{ a }}", "<p>{{ a }}</p>"),
    ("$[sound:a.mp3]$", r"<p>\([{}sound:a.mp3]\)</p>"),
    (r"$\href{a}{b}$", r"<p>\(\backslash{}href {a}{b}\)</p>"),
    (r"$\displaystyle\classy$", r"<p>\(\displaystyle\classy\)</p>"),
    ("\u0338a", "<p>&#824;a</p>"),
    # links that run something are text
    ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ("[x](JaVaScript:alert(1))", "<p>[x](JaVaScript:alert(1))</p>"),
    ("[x](&#106;avascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ("[x](vbscript:a)", "<p>[x](vbscript:a)</p>"),
    ("[x](data:text/html,a)", "<p><a>x</a></p>"),
    ("[x](java&#9;script:a)", "<p><a>x</a></p>"),
    ("[x](ms-settings:network)", "<p><a>x</a></p>"),
    ("[x](../deck.yaml)", "<p><a>x</a></p>"),
    ("[x](MAILTO:a@b.c)", '<p><a href="MAILTO&#58;a@b.c">x</a></p>'),
    ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"),
    # attributes
    ('[x](//a "[sound:y.mp3]")', '<p><a title="&#91;sound&#58;y.mp3&#93;">x</a></p>'),
    ('[x](https://a "\\"><b>")', '<p><a href="https&#58;//a" title="&quot;&gt;&lt;b&gt;">x</a></p>'),
    ("![[sound:y.mp3]](a.png)", '<p><img src="hash-a.png" alt="&#91;sound&#58;y.mp3&#93;"></p>'),
    ('![{{ "><b>](a.png)', '<p><img src="hash-a.png" alt="&#123;&#123; &quot;&gt;&lt;b&gt;"></p>'),
    ("![](a.mp3)", "<p>[sound:hash-a.mp3]</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "html"), BLOCKS, ids=[text for text, _ in BLOCKS])
def test_blocks(text: str, html: str):
    assert SAFE.block(text) == html


TRUST = [
    ("<b>x</b> [sound:y.mp3]", "<p><b>x</b> <span>&#91;</span>sound:y.mp3]</p>"),
    ("<div>\n*x*\n</div>", "<div>\n*x*\n</div>"),
    ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
]


@pytest.mark.parametrize(("text", "html"), TRUST, ids=[text for text, _ in TRUST])
def test_html_goes_through_where_it_is_trusted(text: str, html: str):
    assert TRUSTED.block(text) == html


INLINE = [
    ("one *line*", "one <em>line</em>"),
    ("`x`", "<code>x</code>"),
    ("two\n\nparagraphs", "<p>two</p>\n<p>paragraphs</p>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
]


@pytest.mark.parametrize(("text", "html"), INLINE, ids=[text for text, _ in INLINE])
def test_inline(text: str, html: str):
    assert SAFE.inline(text) == html


def test_a_fence_is_highlighted_and_an_unknown_language_is_plain():
    assert SAFE.block("```python\nx = 1\n```") == (
        '<pre class="ft-code"><code><span class="n">x</span> <span class="o">=</span> '
        '<span class="mi">1</span></code></pre>'
    )
    assert SAFE.block("```nothing\nx = 1\n```") == '<pre class="ft-code"><code>x = 1</code></pre>'
    assert SAFE.block("```\n<b>\n```") == '<pre class="ft-code"><code>&lt;b&gt;</code></pre>'


def blanks(text: str) -> str:
    marks = scan(text)
    assert not isinstance(marks, Broken)
    return SAFE.blanks(text, marks)


BLANKS = [
    ("a {{c1::b}} c", "<p>a {{c1::b}} c</p>"),
    ("**{{c1::b}}** and *{{c2::c::d}}*", "<p><strong>{{c1::b}}</strong> and <em>{{c2::c::d}}</em></p>"),
    ("{{c1::*a* `b`}}", "<p>{{c1::<em>a</em> <code>b</code>}}</p>"),
    ("- {{c1::a}}\n- {{c2::b}}", "<ul>\n<li>{{c1::a}}</li>\n<li>{{c2::b}}</li>\n</ul>"),
    ("| a | b |\n|---|---|\n| {{c1::x}} | y |", None),
    ("{{c1::a}}\n{{c2::b}}", "<p>{{c1::a}}\n{{c2::b}}</p>"),
    ("a }} b :: c {{c1::d}}", "<p>a <span>&#125;</span>} b <span>&#58;</span>: c {{c1::d}}</p>"),
    ("{{c1::x::a:b}}", "<p>{{c1::x::a<span>&#58;</span>b}}</p>"),
    ("{{c1::x::<b>}}", "<p>{{c1::x::&lt;b&gt;}}</p>"),
]


@pytest.mark.parametrize(("text", "html"), BLANKS, ids=[text for text, _ in BLANKS])
def test_blanks_in_markdown(text: str, html: str | None):
    made = blanks(text)
    assert made == html or (html is None and "<td>{{c1::x}}</td>" in made)


def test_inert_text_and_attributes():
    assert inert("{{x}} a::b") == (
        "<span>&#123;</span><span>&#123;x&#125;</span><span>&#125; a&#58;</span><span>&#58;b</span>"
    )
    assert inert("plain") == "plain"
    assert attribute("\"'<>&{}:[]\\$") == ("&quot;&#x27;&lt;&gt;&amp;&#123;&#125;&#58;&#91;&#93;&#92;&#36;")


def test_media_are_found_but_not_in_programs():
    text = "![a](x.png)\nb ![](<y z.png>)\n\n- ![c](d%20e.mp3)\n\n`![no](no.png)`\n\n[l](m.png)"
    assert list(media_in(text)) == ["x.png", "y z.png", "d e.mp3"]
