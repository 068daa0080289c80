"""Hostile texts, and a project that has each of them in every place where a deck holds text.

Each text tries to run a script, to reach the server `HOST`, or to have Anki play, run or ask something. Their
scripts add to the list `owned`, which a test gives to each window with `LIST`.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ft_cards.source.kinds import KINDS
from ft_cards.source.reader import read_deck
from tests.builders import write

HOST = "127.0.0.1:9"
"""Stands in the texts for a server that counts who asks it; `project` puts in its real address."""

LIST = "window.owned = []"
"""The script that makes the list; it runs before any other."""

_RUN = "owned.push(1)"
_TITLE = f"</title><script>{_RUN}</script>"

TEXTS = {
    # scripts
    "script": f"<script>{_RUN}</script>",
    "script-from-afar": f'<script src="http://{HOST}/a.js"></script>',
    "script-upper": f"<SCRIPT/x>{_RUN}</SCRIPT>",
    "script-ends-script": f"</script><script>{_RUN}</script>",
    "script-ends-json": f'"}}]</script><script>{_RUN}//',
    "script-in-comment": f"<!-- --><script>{_RUN}</script><!-- -->",
    "script-after-cdata": f"<![CDATA[<script>{_RUN}</script>]]>",
    "script-as-entity": f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    "module": f'<script type="module">import("http://{HOST}/m.js")</script>',
    # handlers
    "img-onerror": f"<img src=x onerror={_RUN}>",
    "img-onerror-quotes": f"\"'><img src=x onerror={_RUN}>",
    "svg-onload": f"<svg onload={_RUN}>",
    "body-onload": f"<body onload={_RUN}>",
    "details-ontoggle": f"<details open ontoggle={_RUN}>",
    "input-autofocus": f"<input autofocus onfocus={_RUN}>",
    "video-onerror": f"<video><source onerror={_RUN}></video>",
    "marquee": f"<marquee onstart={_RUN}>",
    "link-title": f"""[title](https://{HOST}/ "x\\" onmouseover='{_RUN}'")""",
    # addresses
    "link-javascript": f"[tap](javascript:{_RUN})",
    "link-javascript-case": f"[tap](JaVaScRiPt:{_RUN})",
    "link-javascript-entity": f"[tap](&#106;avascript&colon;{_RUN})",
    "link-javascript-tab": f"[tap](java&#9;script:{_RUN})",
    "link-javascript-reference": f"[tap][there]\n\n[there]: javascript:{_RUN}",
    "autolink-javascript": f"<javascript:{_RUN}>",
    "link-data": f"[tap](data:text/html,<script>{_RUN}</script>)",
    "link-vbscript": f"[tap](vbscript:{_RUN})",
    "link-file": "[tap](file:///etc/passwd)",
    "link-program": "[tap](ms-settings:network)",
    "link-relative": "[tap](../../secret.html)",
    "link-no-scheme": f"[tap](//{HOST}/tap)",
    "a-javascript": f'<a href="javascript:{_RUN}">tap</a>',
    "iframe": f'<iframe src="http://{HOST}/frame"></iframe>',
    "iframe-srcdoc": '<iframe srcdoc="<script>parent.owned.push(1)</script>"></iframe>',
    "object": f'<object data="http://{HOST}/object"></object>',
    "form": f'<form action="http://{HOST}/form"><button formaction="javascript:{_RUN}">go</button></form>',
    "meta-refresh": f'<meta http-equiv="refresh" content="0;url=http://{HOST}/meta">',
    "base": f'<base href="http://{HOST}/">',
    "link-preload": f'<link rel="stylesheet" href="http://{HOST}/style.css">',
    "picture-from-afar": f'<img src="http://{HOST}/pixel.png">',
    # style and drawings
    "style-import": f"<style>@import url(http://{HOST}/i.css);</style>",
    "style-url": f'<p style="background:url(http://{HOST}/bg.png)">x</p>',
    "style-over-all": '<div style="position:fixed;inset:0;background:#fff">gone</div>',
    "svg-script": f"<svg><script>{_RUN}</script></svg>",
    "svg-use": f'<svg><use href="data:image/svg+xml,<svg onload={_RUN}/>"/></svg>',
    "svg-animate": f'<svg><a><animate attributeName=href values="javascript:{_RUN}"/><text>tap</text></a></svg>',
    "mathml": f'<math><maction actiontype="statusline" xlink:href="javascript:{_RUN}">x</maction></math>',
    "mutation": f'<noscript><p title="</noscript><img src=x onerror={_RUN}>"></noscript>',
    # Anki's own signs
    "field": "{{Answer}} {{FrontSide}} {{type:Answer}}",
    "section": "{{#Retired}}hidden{{/Retired}} {{^Answer}}hidden{{/Answer}}",
    "cloze": "{{c7::hidden::hint}} {{c1,8::both}}",
    "cloze-ends": "}} :: }}} {{c1::",
    "image-occlusion": f"image-occlusion:rect:left onmouseover={_RUN} x=1",
    "sound": "[sound:../../../etc/passwd]",
    "sound-address": f"[sound:http://{HOST}/s.mp3]",
    "speech": "[anki:tts lang=en_US]spoken[/anki:tts] [anki:play:q:0]",
    "latex": r"[latex]\input{/etc/passwd}[/latex] [$]x[/$] [$$]x[/$$]",
    "mathjax": rf"\(\href{{javascript:{_RUN}}}{{tap}}\) \[x\]",
    # math
    "math-tags": f"$<img src=x onerror={_RUN}>$",
    "math-sound": "$[sound:a.mp3]$",
    "math-latex": r"$[latex]\input{x}[/latex]$",
    "math-href": rf"$\href{{javascript:{_RUN}}}{{tap}}$",
    "math-href-defined": rf"$\def\go#1{{\href{{javascript:#1}}{{tap}}}}\go{{{_RUN}}}$",
    "math-style": rf"$\style{{background:url(http://{HOST}/math.png)}}{{x}}$",
    "math-box": rf"$\bbox[background:url(http://{HOST}/box.png)]{{x}}$",
    "math-token": rf'$\mmlToken{{mtext}}[href="javascript:{_RUN}"]{{tap}}$',
    "math-require": r"$\require{html}\class{evil}{x}\cssId{qa}{x}\data{x=1}{x}$",
    "math-in-html": rf"<p>\(\href{{javascript:{_RUN}}}{{tap}} \style{{background:url(//{HOST}/m.png)}}{{x}}\)</p>",
    # code
    "code": f"`</code><img src=x onerror={_RUN}>`",
    "fence": f"```html\n</code></pre><script>{_RUN}</script>\n```",
    "fence-language": f'```x"><img/src=x/onerror={_RUN}>\nx\n```',
    # signs
    "wide-signs": f"\uff1cscript\uff1e{_RUN}\uff1c/script\uff1e",
    "combining": f"<\u0338img src=x onerror={_RUN}>",
}
"""By name; all in Markdown, as an author could write them."""


def card(kind: str, name: str, text: str) -> dict[str, Any]:
    """Return a card of this kind with the text wherever it may stand."""
    common = {
        "id": f"{kind}-{name}",
        "kind": kind,
        "level": "hard",
        "tags": ["".join(text.split())[:80].replace("::", ":").replace('"', "") or "x"],
        "hint": f"The hint:\n\n{text}",
        "explanation": f"The explanation {text}",
        "mistakes": [text, f"1 {text}"],
        "source": text,
    }
    own: dict[str, dict[str, Any]] = {
        "recall": {"question": f"{text}\n\nrecall {name}", "answer": text},
        "explain": {"question": f"{text}\n\nexplain {name}", "concepts": [text, f"b {text}"], "answer": text},
        "story": {
            "question": f"story {name} {text}",
            **{key: f"{key}\n\n{text}" for key in ("scenario", "problem", "solution", "before", "after", "enables")},
            "example": text,
            "takeaways": [text],
        },
        "choice": {
            "question": f"choice {name}\n\n{text}",
            "code": text,
            "code-language": "html",
            "answers": [text, f"b {text}"],
            "distractors": [{"text": f"{text} c", "why": text}, f"d {text}"],
            "steps": [text, f"step {text}"],
            "check": text,
        },
        "code": {
            "question": f"code {name} {text}",
            "code": f"{text}\nend {text}",
            "code-language": "html",
            "blanks": [{"text": text, "occurrence": 1, "hint": text, "distractors": [f"{text}x", "}}::[sound:x.mp3]"]}],
        },
        "cloze": {"text": f"cloze {name} {text} {{{{c1::gap {text}::{text}}}}} {{{{c2::{text}}}}}"},
    }
    return common | own[kind]


def plain(kind: str, name: str, text: str) -> dict[str, Any]:
    """Return a card whose kind's own syntax the text would break: it stands in the other places only."""
    if kind == "cloze":
        return card(kind, name, text) | {"text": f"cloze {name} {{{{c1::gap}}}}"}
    own = {"question": f"code {name}", "code": f"end {name}", "blanks": [{"text": "end", "distractors": [text]}]}
    return card(kind, name, text) | own


def accepted(head: dict[str, Any], *cards: dict[str, Any]) -> bool:
    """Tell whether a deck can be read without an error."""
    return read_deck(_deck(head, *cards).encode(), "deck.yaml").deck is not None


def cards(name: str, text: str, kinds: Iterable[str] = KINDS) -> list[dict[str, Any]]:
    """Return a card of each of these kinds with the text in it; all can be read."""
    head = {"deck": "Tests", "id": "tests"}
    made = []
    for kind in kinds:
        whole = card(kind, name, text)
        made.append(whole if accepted(head, whole) else plain(kind, name, text))
    return made


def project(root: Path, host: str, each: int = 1, kinds: Iterable[str] = KINDS, **settings: str) -> Path:
    """Write a project with the texts, `each` many in a deck; the first is its name too, where that is allowed."""
    report = f"https://{host}/r?[sound:x.mp3]\"><img/src=x/onerror={_RUN}>'{{{{c9::x}}}}\\(x\\)&lt;{{id}}"
    files = {"ft-cards.yaml": json.dumps({"namespace": "hostile", "title": _TITLE, "report": report, **settings})}
    named = [(name, text.replace(HOST, host)) for name, text in TEXTS.items()]
    for at in range(0, len(named), each):
        name, text = named[at]
        inside = [made for each_ in named[at : at + each] for made in cards(*each_, kinds)]
        head = {"deck": text, "id": name, "description": text}
        if not accepted(head, inside[0]):
            head["deck"] = f"Text {name}"
        files[f"decks/{name}.yaml"] = _deck(head, *inside)
    return write(root, files)


def _deck(head: dict[str, Any], *cards: dict[str, Any]) -> str:
    return json.dumps(head | {"cards": list(cards)}, ensure_ascii=False)
