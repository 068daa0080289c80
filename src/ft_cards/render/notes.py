"""Correct cards → notes: what stands in each field of the note types."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from ft_cards.render import media
from ft_cards.render.code import Hole, highlight, inert
from ft_cards.render.contract import NOTE_TYPE_OF, REVERSE
from ft_cards.render.markup import Markup
from ft_cards.render.media import Medium
from ft_cards.render.notetypes import NOTE_TYPES
from ft_cards.source.deck import Card
from ft_cards.source.kinds import KINDS
from ft_cards.source.kinds.choice import Choice
from ft_cards.source.kinds.cloze import Broken, Cloze, scan
from ft_cards.source.kinds.code import CodeCard
from ft_cards.source.kinds.common import Card as AnyCard
from ft_cards.source.kinds.explain import Explain
from ft_cards.source.kinds.recall import Recall
from ft_cards.source.kinds.story import Story

_UNSAFE = {ord(sign): quote(sign) for sign in "[]{}\\"}
"""Signs that no address needs, and in which Anki would find something to play or to ask."""

_RIGHT = ' data-right="1"'
_ADDRESS = re.compile(r"(https?://)([^\s<>]*[^\s<>.,;:!?)\]}'\"])")


@dataclass(frozen=True, slots=True)
class Note:
    """A note as Anki will hold it. `ords` are its cards; `key` is the card's id, or that with REVERSE."""

    key: str
    type: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    ords: tuple[int, ...]
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What the project adds to each note: the report link's pattern, trust in HTML, and the deck's media."""

    report: str = ""
    trusted: bool = False
    media: Mapping[str, Medium] | None = None


def render(card: Card, key: str, numbers: Sequence[int], frame: Frame) -> Note:
    """Render one note. `numbers` are Anki's for `card.asked`, in that order; empty for a plain card."""
    model = KINDS[card.kind].model_validate(card.fields)
    used: dict[str, None] = {}

    def show(path: str, alternative: str) -> str:
        medium = (frame.media or {})[path]
        used[medium.name] = None
        return media.html(medium, alternative)

    fields = _Renderer(Markup(trusted=frame.trusted, show=show), key).fields(model, numbers)
    if frame.report:
        address = frame.report.replace("{id}", quote(key, safe=""))
        fields["Report"] = escape(address.translate(_UNSAFE))
    note_type = NOTE_TYPE_OF[card.kind]
    return Note(
        key=key,
        type=note_type,
        fields=tuple(fields.get(field.name, "") for field in NOTE_TYPES[note_type].fields),
        tags=model.tags,
        ords=tuple(sorted({number - 1 for number in numbers})) or (0,),
        media=tuple(used),
    )


def stable_order(options: Iterable[str], seed: str) -> list[int]:
    """Return an order of the options that does not tell which is right, and stays when others come or go."""
    texts = list(options)

    def rank(index: int) -> str:
        return hashlib.sha256(f"{seed}\0{texts[index]}".encode()).hexdigest()

    return sorted(range(len(texts)), key=rank)


def fixed_order(options: Iterable[str]) -> list[int]:
    """Return the order where nothing is shuffled: numbers rise, words by the alphabet, sums of all last."""
    texts = [option.casefold().strip() for option in options]

    def rank(index: int) -> tuple[bool, float, str]:
        text = texts[index]
        last = text.startswith(("all of", "none of", "both "))
        try:
            return last, float(text.rstrip("%").replace(",", "").replace("_", "")), text
        except ValueError:
            return last, float("inf"), text

    return sorted(range(len(texts)), key=rank)


class _Renderer:
    """The fields of one note, by kind."""

    def __init__(self, markup: Markup, key: str) -> None:
        self._markup = markup
        self._key = key
        self._kinds: dict[type[AnyCard], Callable[..., dict[str, str]]] = {
            Recall: self._recall,
            Explain: self._explain,
            Story: self._story,
            Choice: self._choice,
            Cloze: self._cloze,
            CodeCard: self._code,
        }

    def fields(self, card: AnyCard, numbers: Sequence[int]) -> dict[str, str]:
        block = self._markup.block
        common = {
            "Hint": block(card.hint) if card.hint else "",
            "Explanation": block(card.explanation) if card.explanation else "",
            "Mistakes": self._list(card.mistakes),
            "Source": self._source(card.source) if card.source else "",
            "Level": card.level or "",
            "Id": escape(self._key),
        }
        return common | self._kinds[type(card)](card, numbers)

    def _recall(self, card: Recall, numbers: Sequence[int]) -> dict[str, str]:
        question, answer = self._markup.block(card.question), self._markup.block(card.answer)
        if self._key.endswith(REVERSE):
            return {"Question": answer, "Answer": question, "Hint": ""}
        return {"Question": question, "Answer": answer}

    def _explain(self, card: Explain, numbers: Sequence[int]) -> dict[str, str]:
        ticks = "".join(
            f'<li><label><input type="checkbox"><span>{self._markup.inline(concept)}</span></label></li>'
            for concept in card.concepts
        )
        return {
            "Question": self._markup.block(card.question),
            "Answer": self._markup.block(card.answer) if card.answer else "",
            "Concepts": f'<ul class="ft-concepts">{ticks}</ul>',
        }

    def _story(self, card: Story, numbers: Sequence[int]) -> dict[str, str]:
        block = self._markup.block
        parts = [
            ("The problem", block(card.problem)),
            ("The way out", block(card.solution)),
            ("Before", block(card.before) if card.before else ""),
            ("After", block(card.after) if card.after else ""),
            ("What it makes possible", block(card.enables) if card.enables else ""),
            ("In real life", block(card.example) if card.example else ""),
            ("To take away", self._list(card.takeaways)),
        ]
        told = "".join(f"<dt>{name}</dt><dd>{html}</dd>" for name, html in parts if html)
        return {
            "Question": block(card.question),
            "Context": block(card.scenario),
            "Answer": f'<dl class="ft-story">{told}</dl>',
        }

    def _choice(self, card: Choice, numbers: Sequence[int]) -> dict[str, str]:
        block, inline = self._markup.block, self._markup.inline
        options: list[tuple[str, str | None, bool]] = [(text, None, True) for text in card.right]
        options += [(wrong.text, wrong.why, False) for wrong in card.distractors]
        texts = [text for text, _, _ in options]
        order = stable_order(texts, self._key) if card.shuffle else fixed_order(texts)
        shown = [(inline(options[i][0]), options[i][1], options[i][2]) for i in order]
        items = "".join(f"<li>{html}</li>" for html, _, _ in shown)
        reasons = "".join(f"<li{_RIGHT if right else ''}>{inline(why) if why else ''}</li>" for _, why, right in shown)
        correct = " · ".join(f"<span>{html}</span>" for html, _, right in shown if right)
        head = f'<ol class="ft-options" data-shuffle="{int(card.shuffle)}" data-right="{len(card.right)}">'
        return {
            "Question": block(card.question),
            "Context": highlight(card.code, card.language) if card.code else "",
            "Options": f"{head}{items}</ol>",
            "Key": f'<ol class="ft-key">{reasons}</ol><p class="ft-correct">Correct: {correct}</p>',
            "Steps": self._steps(card.steps),
            "Check": block(card.check) if card.check else "",
        }

    def _cloze(self, card: Cloze, numbers: Sequence[int]) -> dict[str, str]:
        marks = scan(card.text)
        assert not isinstance(marks, Broken)
        plain, at = [], 0
        for mark in marks:
            plain.append(card.text[at : mark.start])
            at = mark.end
        title = " ".join("".join([*plain, card.text[at:]]).split())
        return {"Title": inert(title), "Text": self._markup.blanks(card.text, marks)}

    def _code(self, card: CodeCard, numbers: Sequence[int]) -> dict[str, str]:
        spans = card.spans()
        if card.ask == "together":
            numbers = [numbers[0]] * len(spans)
        holes, chips = [], []
        for span, number in zip(spans, numbers, strict=True):
            blank = card.blanks[span.index]
            holes.append(Hole(span.start, span.end, (number,), blank.hint or ""))
            if blank.distractors:
                texts = [blank.text, *blank.distractors]
                order = stable_order(texts, f"{self._key}\0{blank.text}")
                row = "".join(f'<span class="ft-chip"><code>{inert(texts[i])}</code></span>' for i in order)
                chips.append(f'<div class="ft-chips ft-b{number}">{row}</div>')
        return {
            "Title": inert(" ".join(card.question.split())),
            "Prompt": self._markup.block(card.question),
            "Text": highlight(card.code, card.language, holes),
            "Options": "".join(chips),
        }

    def _list(self, texts: Sequence[str]) -> str:
        items = "".join(f"<li>{self._markup.inline(text)}</li>" for text in texts)
        return f'<ul class="ft-list">{items}</ul>' if items else ""

    def _steps(self, steps: Sequence[str]) -> str:
        """Fold each step into the one before, so that a tap opens one at a time, without a script."""
        html = ""
        for number in range(len(steps), 0, -1):
            inside = f"<div>{self._markup.block(steps[number - 1])}</div>{html}"
            head = f"<summary>Show step {number} of {len(steps)}</summary>"
            html = f'<details class="ft-step">{head}{inside}</details>'
        return html

    def _source(self, source: str) -> str:
        """Make each address a link that says where it leads, unless the author made links of their own."""
        if "](" in source or "<" in source or "`" in source:
            return self._markup.inline(source)
        return self._markup.inline(_ADDRESS.sub(lambda found: f"[{_quiet(found[2])}](<{found[0]}>)", source))


def _quiet(text: str) -> str:
    """Return text whose signs mean nothing to Markdown."""
    return re.sub(r"([^\w\s/.:?=#,;%+-]|_)", r"\\\1", text)
