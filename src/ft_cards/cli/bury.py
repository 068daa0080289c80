"""ft-cards bury."""

from pathlib import Path

import click

from ft_cards.cli.marking import IDS, mark, marking_options
from ft_cards.cli.studying import Learner
from ft_cards.memory.records import CardStatus, EventKind, StudyDay
from ft_cards.study.cards import Item


@click.command()
@IDS
@click.option("--undo", is_flag=True, help="Let them come again today.")
@marking_options
def command(
    card_ids: tuple[str, ...], paths: tuple[Path, ...], store_path: Path | None, *, undo: bool, dry_run: bool
) -> None:
    """Leave cards out until tomorrow.

    An ID means all blanks of a card, ID:2 the second alone.

    \b
    Example: ft-cards bury training-step
    """

    def change(desk: Learner, item: Item, status: CardStatus) -> tuple[str, EventKind, StudyDay | None] | None:
        buried = (status.buried_until or 0) > desk.store.today(desk.now().day)
        if buried != undo:
            return None
        return ("shown again", EventKind.UNBURY, None) if undo else ("left out until tomorrow", EventKind.BURY, None)

    mark(card_ids, paths, store_path, change, dry=dry_run)
