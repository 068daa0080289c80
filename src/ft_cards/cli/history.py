"""ft-cards history."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ft_cards.cli.studying import Learner, from_option, load, named, opened, store_option

if TYPE_CHECKING:
    from ft_cards.memory.records import Action
    from ft_cards.study.cards import Library


@click.command()
@click.argument("action", type=click.Choice(["rebuild"]), required=False)
@click.option("--json", "as_json", is_flag=True, help="One object a line, for programs.")
@click.option("--csv", "as_csv", is_flag=True, help="The same as a table with a head line, for spreadsheets.")
@click.option("--card", "card_id", metavar="ID", help="Only this card, or one blank of it: training-step:2.")
@from_option
@store_option
def command(
    action: str | None,
    paths: tuple[Path, ...],
    store_path: Path | None,
    card_id: str | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print every answer that counts, oldest first, each with the memory after it.

    `history rebuild` makes all memories anew from the answers.

    \b
    Example: ft-cards history --json --card what-is-lora
    """
    with opened(store_path) as desk:
        if action == "rebuild":
            wrong = desk.store.differences()
            number = desk.store.rebuild()
            what = f"{len(wrong)} were not as their answers say" if wrong else "all were as their answers say"
            click.echo(f"{number:,} {'card' if number == 1 else 'cards'} counted again; {what}")
            return
        library = _library(paths, wanted=bool(card_id or paths))
        for line in _lines(desk, library, card_id, as_json=as_json, as_csv=as_csv):
            click.echo(line)


def _library(paths: tuple[Path, ...], *, wanted: bool) -> "Library":
    """The decks, which give the cards their ids; without any, cards go by their guids."""
    from ft_cards.study.cards import Library
    from ft_cards.study.filters import NoMatch

    try:
        return load(paths)
    except NoMatch:
        if wanted:
            raise
        return Library((), ())


def _lines(desk: Learner, library: "Library", card_id: str | None, *, as_json: bool, as_csv: bool) -> Iterator[str]:
    from ft_cards.study.history import record, rows

    names = {**desk.store.names(), **{item.key.guid: item.id for item in library.items}}
    records = [record(row, names, desk.calendar) for row in rows(_actions(desk, library, card_id))]
    if as_json:
        yield from (json.dumps(each, ensure_ascii=False) for each in records)
    elif as_csv:
        out = io.StringIO()
        keys = ["card", "blank", "at", "study_day", "grade", "duration_ms", "state", "stability", "difficulty", "due"]
        table = csv.DictWriter(out, keys, lineterminator="\n")
        table.writeheader()
        table.writerows(records)
        yield out.getvalue().rstrip("\n")
    else:
        yield from _told(desk, library, card_id, names)


def _actions(desk: Learner, library: "Library", card_id: str | None) -> "Iterator[Action]":
    if card_id is None:
        yield from desk.store.actions()
        return
    for item in named(library, [card_id]):
        yield from desk.store.actions(item.key)


def _told(desk: Learner, library: "Library", card_id: str | None, names: dict[str, str]) -> Iterator[str]:
    from ft_cards.memory.day import date_of
    from ft_cards.study.history import rows
    from ft_cards.study.words import GRADES, days_text

    found = rows(_actions(desk, library, card_id))
    if not found:
        yield "no answers yet"
    for row in found:
        review = row.review
        name = names.get(review.key.guid, review.key.guid) + (f":{review.key.number}" if review.key.number else "")
        then = f"back in {days_text(review.interval)}" if review.interval else "in its steps"
        yield f"{date_of(review.day)}  {GRADES[review.grade]:<5}  {review.duration / 1000:>5.0f} s  {name}, {then}"
