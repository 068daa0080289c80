"""ft-cards reset."""

from pathlib import Path

import click

from ft_cards.cli.marking import IDS, mark, marking_options
from ft_cards.cli.studying import Learner
from ft_cards.memory.records import CardStatus, EventKind, New, StudyDay
from ft_cards.study.cards import Item


@click.command()
@IDS
@marking_options
def command(card_ids: tuple[str, ...], paths: tuple[Path, ...], store_path: Path | None, *, dry_run: bool) -> None:
    """Make cards new again, as if they had never been answered. Their history is kept.

    An ID means all blanks of a card, ID:2 the second alone.

    \b
    Example: ft-cards reset training-step --dry-run
    """

    def change(desk: Learner, item: Item, status: CardStatus) -> tuple[str, EventKind, StudyDay | None] | None:
        return None if isinstance(status.memory, New) else ("new again", EventKind.RESET, None)

    mark(card_ids, paths, store_path, change, dry=dry_run)
