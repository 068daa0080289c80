"""ft-cards suspend."""

from pathlib import Path

import click

from ft_cards.cli.marking import IDS, mark, marking_options
from ft_cards.cli.studying import Learner
from ft_cards.memory.records import CardStatus, EventKind, StudyDay
from ft_cards.study.cards import Item


@click.command()
@IDS
@click.option("--undo", is_flag=True, help="Let them come again.")
@marking_options
def command(
    card_ids: tuple[str, ...], paths: tuple[Path, ...], store_path: Path | None, *, undo: bool, dry_run: bool
) -> None:
    """Leave cards out until further notice; what you know of them is kept.

    An ID means all blanks of a card, ID:2 the second alone.

    \b
    Example: ft-cards suspend training-step:2
    """

    def change(desk: Learner, item: Item, status: CardStatus) -> tuple[str, EventKind, StudyDay | None] | None:
        if status.suspended != undo:
            return None
        return ("shown again", EventKind.UNSUSPEND, None) if undo else ("suspended", EventKind.SUSPEND, None)

    mark(card_ids, paths, store_path, change, dry=dry_run)
