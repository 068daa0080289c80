"""The yardstick: what a plain script for the same decks would do. Reads the folder argv[1], writes argv[2]."""

import sys
from pathlib import Path

import genanki
import yaml
from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer

MODEL = genanki.Model(
    1607392319,
    "Straight",
    fields=[{"name": name} for name in ("Front", "Back", "Extra")],
    templates=[{"name": "Card 1", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}{{Extra}}"}],
)
CLOZE = genanki.Model(
    1607392320,
    "Straight cloze",
    model_type=genanki.Model.CLOZE,
    fields=[{"name": name} for name in ("Text", "Back", "Extra")],
    templates=[{"name": "Cloze", "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}{{Extra}}"}],
)


def main(source: Path, target: Path) -> None:
    markdown, lexer, formatter = MarkdownIt("commonmark"), PythonLexer(), HtmlFormatter()
    decks = []
    for number, path in enumerate(sorted(source.glob("*.yaml"))):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        deck = genanki.Deck(1_600_000_000 + number, data["deck"])
        for card in data["cards"]:
            question = markdown.render(card["question"])
            extra = "".join(markdown.render(card[key]) for key in ("hint", "explanation", "source") if key in card)
            extra += "".join(markdown.render(text) for text in card.get("mistakes", ()))
            if card["kind"] == "code":
                html = highlight(card["code"], lexer, formatter)
                for index, blank in enumerate(card["blanks"], 1):
                    text = blank if isinstance(blank, str) else blank["text"]
                    html = html.replace(text, f"{{{{c{index}::{text}}}}}", 1)
                deck.add_note(genanki.Note(CLOZE, [question + html, "", extra]))
            elif card["kind"] == "choice":
                options = [card["answer"], *(option["text"] for option in card["distractors"])]
                whys = [option["why"] for option in card["distractors"]]
                back = "".join(map(markdown.render, [card["answer"], *whys]))
                deck.add_note(genanki.Note(MODEL, [question + "".join(map(markdown.render, options)), back, extra]))
            else:
                deck.add_note(genanki.Note(MODEL, [question, markdown.render(card["answer"]), extra]))
        decks.append(deck)
    genanki.Package(decks).write_to_file(target)


main(Path(sys.argv[1]), Path(sys.argv[2]))
