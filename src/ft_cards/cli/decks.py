"""ft-cards decks."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ft_cards.cli.studying import PATHS, load, opened, store_option, warn

if TYPE_CHECKING:
    from ft_cards.memory.situation import Situation
    from ft_cards.study.cards import Library


@click.command()
@PATHS
@click.option("--json", "as_json", is_flag=True, help="One object a line, for programs.")
@store_option
def command(paths: tuple[Path, ...], store_path: Path | None, *, as_json: bool) -> None:
    """List the decks, with how much there is to do in each.

    Counts are of all cards: the unseen ones, those in their learning steps, and the reviews that are due; the limits
    of a day are not applied.

    \b
    Example: ft-cards decks
    """
    with opened(store_path) as desk:
        library = load(paths)
        rows = _rows(library, desk.store.situation(desk.now()))
    warn(library)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    width = max((len(str(row["deck"])) for row in rows), default=4)
    click.echo(f"{'deck'.ljust(width)}  {'new':>5} {'learning':>8} {'due':>5}  name")
    for row in rows:
        numbers = f"{row['new']:>5} {row['learning']:>8} {row['due']:>5}"
        click.echo(f"{str(row['deck']).ljust(width)}  {numbers}  {row['name']}")


def _rows(library: "Library", situation: "Situation") -> list[dict[str, str | int]]:
    steps = {card.key for card in situation.learning}
    due = {card.key for card in situation.due}
    rows: list[dict[str, str | int]] = []
    for deck in library.decks:
        keys = {item.key for item in library.items if item.deck is deck}
        new = keys - situation.studied - situation.hidden
        counts = {"cards": len(keys), "new": len(new), "learning": len(keys & steps), "due": len(keys & due)}
        rows.append({"deck": deck.id, "name": deck.name, **counts})
    return rows
