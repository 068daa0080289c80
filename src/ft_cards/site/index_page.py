"""The decks → the page that one comes to first: what there is, how much of it, and where to get it."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from ft_cards.site import html
from ft_cards.site.shown import Download, Head, ShownDeck
from ft_cards.source.deck import LEVELS


def index_page(head: Head, decks: Sequence[ShownDeck], whole: Download | None) -> bytes:
    """Return the index; `whole` is the package of all decks."""
    title = escape(head.title or "Decks")
    all_cards = sum(deck.cards for deck in decks)
    numbers = ", ".join([html.count(len(decks), "deck"), html.count(all_cards, "card")])
    facts = [numbers, *filter(None, [escape(head.author), _link(head.url), escape(head.license)])]
    listed = "\n".join(map(_deck, decks))
    body = f"""<header class="top">
<p class="back"><span></span> {html.theme()}</p>
<h1>{title}</h1>
<p class="facts">{" · ".join(facts)}</p>
{f'<div class="whole">All decks in one package: {_package(whole)}</div>' if whole else ""}
</header>
{html.problems(head)}
<main>
<ul class="decks">
{listed}
</ul>
</main>"""
    return html.document(head, head.title or "Decks", body, "theme")


def _deck(deck: ShownDeck) -> str:
    about = f'<div class="about">{deck.description}</div>' if deck.description else ""
    language = f' lang="{escape(deck.language)}"' if deck.language else ""
    return f"""<li>
<h2><a href="{escape(deck.page)}"{language}>{html.title(deck.name)}</a></h2>
{about}
<p class="facts">{html.count(deck.notes, "note")}, {html.count(deck.cards, "card")}</p>
{_counts("Kinds", deck.kinds)}{_counts("Levels", deck.levels)}
{_package(deck.download)}
</li>"""


def _counts(name: str, numbers: Counter[str]) -> str:
    order = [each for each in LEVELS if each in numbers] or sorted(numbers)
    listed = "".join(f"<span>{numbers[each]} {escape(each)}</span>" for each in order if each)
    return f'<p class="counts"><span class="unseen">{name}: </span>{listed}</p>' if listed else ""


def _package(download: Download | None) -> str:
    if not download:
        return '<p class="package">No package yet: run <code>ft-cards build</code>.</p>'
    file = escape(download.file)
    return (
        f'<p class="package"><a href="{file}" download>{file.rpartition("/")[2]}</a>, {html.size(download.bytes)}</p>'
        f'<details class="hash"><summary>sha256</summary><code>{download.sha256}</code></details>'
    )


def _link(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        return escape(url)
    return f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(url.split("://", 1)[1])}</a>'


def lost_page(head: Head) -> bytes:
    """Return what is served where no page is: a deck that went, or one that never had a correct card."""
    body = f"""<header class="top"><p class="back"><a href="/">All decks</a> {html.theme()}</p>
<h1>There is no such page</h1></header>
{html.problems(head)}
<main></main>"""
    return html.document(head, "There is no such page", body, "theme")
