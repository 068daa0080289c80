"""ft-cards card."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ft_cards.cli.studying import Learner, from_option, load, named, opened, store_option

if TYPE_CHECKING:
    from ft_cards.study.messages import CardInfo


@click.command()
@click.argument("card_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One object a blank, for programs.")
@from_option
@store_option
def command(card_id: str, paths: tuple[Path, ...], store_path: Path | None, *, as_json: bool) -> None:
    """Say all there is to know of one card: where it stands, how well it is known, each answer.

    A card with blanks is told blank by blank; ID:2 is the second alone.

    \b
    Example: ft-cards card training-step:2
    """
    from ft_cards.study.desk import look
    from ft_cards.study.paper import info

    with opened(store_path) as desk:
        for place, item in enumerate(named(load(paths), [card_id])):
            card = look(desk.store, item, desk.settings, desk.now())
            if as_json:
                click.echo(json.dumps(_record(desk, card), ensure_ascii=False))
                continue
            click.echo("\n" * bool(place) + "\n".join(info(card)))


def _record(desk: Learner, card: "CardInfo") -> dict[str, Any]:
    from ft_cards.memory.records import New
    from ft_cards.study.history import due_of, record, rows
    from ft_cards.study.words import instant_text

    item, status, memory = card.item, card.status, card.status.memory
    due = due_of(status, desk.calendar)
    names = {item.key.guid: item.id}
    return {
        "card": item.id,
        "blank": item.blank,
        "kind": item.card.kind,
        "level": item.level or None,
        "tags": list(item.tags),
        "deck": item.deck.id,
        "path": str(item.path),
        "line": item.card.line,
        "state": memory.state,
        "stability": None if isinstance(memory, New) else memory.stability,
        "difficulty": None if isinstance(memory, New) else memory.difficulty,
        "recall": card.recall,
        "due": None if due is None else instant_text(due),
        "reviews": status.reviews,
        "lapses": status.lapses,
        "leech": card.leech,
        "suspended": status.suspended,
        "buried_until": status.buried_until,
        "history": [record(row, names, desk.calendar) for row in rows(card.history)],
    }
