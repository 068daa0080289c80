"""A deck and its cards → its page: each card as text that anyone can read, and as data that the script shows."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from ft_cards.render.notetypes import NOTE_TYPES
from ft_cards.site import html
from ft_cards.site.policy import scripts_of, without_scripts
from ft_cards.site.shown import Head, ShownCard, ShownDeck
from ft_cards.site.text import plain
from ft_cards.source.deck import LEVELS

SCRIPTS = ("theme", "math", "frames", "filters", "keys")


def deck_page(head: Head, deck: ShownDeck, cards: Sequence[ShownCard]) -> bytes:
    """Return the page of a deck. Its own ids begin with a sign that no card's id begins with."""
    body = f"""<a class="skip" href="#_cards">To the cards</a>
<header class="top">
<p class="back"><a href="../index.html">{escape(head.title or "All decks")}</a> {html.theme()}</p>
<h1>{html.title(deck.name)}</h1>
{f'<div class="about">{deck.description}</div>' if deck.description else ""}
<p class="facts">{html.count(deck.notes, "note")}, {html.count(deck.cards, "card")}{_download(deck)}</p>
<noscript><p class="note">Without JavaScript the cards are shown as plain text.</p></noscript>
</header>
{html.problems(head)}
{_controls(cards)}
<main id="_cards">
{"".join(_article(card, number) for number, card in enumerate(cards, 1))}<p class="none" hidden>No card matches.
<button type="button" class="clear">Clear search and filters</button></p>
</main>
<script type="application/json" id="_looks">{html.data(_looks({card.type for card in cards}))}</script>"""
    return html.document(head, deck.name.replace("::", " › "), body, *SCRIPTS)


def _download(deck: ShownDeck) -> str:
    if not deck.download:
        return ""
    file = escape(deck.download.file)
    return f' · <a href="../{file}" download>Package for Anki</a>, {html.size(deck.download.bytes)}'


def _controls(cards: Sequence[ShownCard]) -> str:
    """Return the search and the filters; they work by script, so without one they stay hidden."""
    kinds = Counter(card.kind for card in cards)
    levels = Counter(card.level for card in cards if card.level)
    tags = Counter(tag for card in cards for tag in card.tags)
    groups = _chips("kind", kinds, sorted(kinds)) if len(kinds) > 1 else ""
    groups += _chips("level", levels, [each for each in LEVELS if each in levels])
    if tags:
        inside = _chips("tag", tags, sorted(tags))
        groups += f'<details class="tags"><summary>Tags</summary>{inside}</details>'
    return f"""<form class="controls" role="search" hidden>
<div class="line"><label class="search"><span class="unseen">Search the cards</span>
<input type="search" id="_search" placeholder="Search (/)" autocomplete="off" spellcheck="false"></label>
<output id="_count" for="_search"></output>
<button type="button" class="flip-all" aria-pressed="false" title="Show all answers">Answers</button></div>
{groups}
<button type="button" class="clear" hidden>Clear search and filters</button>
</form>"""


def _chips(group: str, numbers: Counter[str], names: Sequence[str]) -> str:
    chips = "".join(
        f'<button type="button" class="chip" aria-pressed="false" data-group="{group}" data-value="{escape(name)}">'
        f"{escape(name)} <small>{numbers[name]}</small></button>"
        for name in names
    )
    return f'<div class="chips" role="group" aria-label="By {group}">{chips}</div>' if names else ""


def _article(card: ShownCard, number: int) -> str:
    type_ = NOTE_TYPES[card.type]
    sides = [without_scripts(card.front, type_.front), without_scripts(card.back, type_.back)]
    anchor = escape(card.anchor)
    part = f'<span class="part">card {card.part} of {card.parts}</span>' if card.parts > 1 else ""
    place = f'<code class="place">{escape(card.place)}</code>' if card.place else ""
    keys = f'data-kind="{card.kind}" data-level="{card.level}" data-tags="{escape(" ".join(card.tags))}"'
    return f"""<article id="{anchor}" tabindex="-1" aria-label="Card {number}: {anchor}" {keys}>
<header><span class="number">{number}</span> <a class="id" href="#{anchor}">{escape(card.id)}</a> {part}
<span class="kind">{card.kind}</span> {html.level(card.level)} {place}
<button type="button" class="flip" hidden>Show answer</button></header>
<div class="text"><p>{escape(plain(sides[0], card.number))}</p>
<details><summary>Answer</summary><p>{escape(plain(sides[1], card.number))}</p></details></div>
<script type="application/json">{html.data([card.type, card.body, *sides])}</script>
</article>
"""


def _looks(types: set[str]) -> dict[str, dict[str, object]]:
    """Return style and scripts of the note types on the page, which its cards share."""
    return {
        name: {"style": each.css, "scripts": [scripts_of(each.front), scripts_of(each.back)]}
        for name, each in sorted(NOTE_TYPES.items())
        if name in types
    }
