"""ft-cards init."""

import json
import re
import shlex
from pathlib import Path

import click

from ft_cards.cli.common import disk_failures

_PROJECT = """\
# yaml-language-server: $schema=project.schema.json
namespace: {namespace}   # part of every card's identity: choose it now, never change it
title: {title}
# author: Your name
# license: CC-BY-4.0
# version: 0.1.0
# report: https://example.org/issues/new?title={{id}}   # a link on each card's back
"""

_DECK = """\
# yaml-language-server: $schema=../deck.schema.json
deck: {title}::First steps    # the name in Anki; :: nests
id: first-steps               # never changes, even when the name does
description: Four kinds of card to begin with. Change them, add yours.
defaults: {{level: easy, tags: [first-steps]}}
cards:
  - id: what-is-spacing
    kind: recall
    question: Why review a card after days, and not ten times today?
    answer: |
      Because **forgetting a little** and calling it back is what makes a memory last.
    source: Ebbinghaus, Über das Gedächtnis (1885)

  - id: three-halvings
    kind: choice
    question: What does this print?
    code: |
      interval = 8
      for review in range(3):
          interval /= 2
      print(interval)
    answer: "1.0"
    distractors:
      - {{text: "1", why: "`/` gives a float in Python, also where it divides evenly."}}
      - {{text: "2.0", why: That is the value before the last halving.}}
    verify: run

  - id: mean-of-a-list
    kind: code
    question: Return the mean of a list of numbers.
    code: |
      def mean(numbers):
          return sum(numbers) / len(numbers)
    blanks:
      - {{text: sum, distractors: [max, list]}}
      - len(numbers)

  - id: fsrs-asks
    kind: cloze
    text: "FSRS asks when your chance of recall has fallen to {{{{c1::the retention you want::90 %, say}}}}."
"""

_IGNORE = "/dist/\n"


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
def command(folder: Path) -> None:
    """Make a project that builds at once.

    FOLDER is made where it does not exist. Files that are there already are left alone, and named.

    \b
    Example: ft-cards init my-decks
    """
    from ft_cards.source.home import PROJECT_FILE
    from ft_cards.source.schema import deck_schema, project_schema

    if (folder / PROJECT_FILE).exists():
        raise click.UsageError(f"there is a project in {folder} already: {folder / PROJECT_FILE}")
    name = folder.absolute().name
    namespace = "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "my-decks"
    title = name.replace("-", " ").replace("_", " ").strip().capitalize() or "My decks"
    files = {
        "decks/first-steps.yaml": _DECK.format(title=_plain(title)),
        "deck.schema.json": json.dumps(deck_schema(), ensure_ascii=False, indent=2) + "\n",
        "project.schema.json": json.dumps(project_schema(), ensure_ascii=False, indent=2) + "\n",
        ".gitignore": _IGNORE,
        PROJECT_FILE: _PROJECT.format(namespace=namespace, title=_plain(title)),
    }
    with disk_failures("making the project"):
        for path, text in files.items():
            _write(folder / path, text)
    here = "" if folder.absolute() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    click.echo(f"\nnext: {here}ft-cards build")


def _plain(title: str) -> str:
    """Return a title that YAML takes without quotes."""
    return " ".join(re.findall(r"[^\W_]+", title)) or "My decks"


def _write(path: Path, text: str) -> None:
    if path.exists():
        click.echo(f"left   {path}", err=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"wrote  {path}")
