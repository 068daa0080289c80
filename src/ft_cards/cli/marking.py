"""What the commands that do something to cards by hand share: they find the cards, say what changes, and do it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ft_cards.cli.studying import Learner, from_option, load, named, opened, store_option
from ft_cards.memory.records import CardStatus, EventKind, StudyDay

if TYPE_CHECKING:
    from ft_cards.study.cards import Item

Command = TypeVar("Command", bound=Callable[..., Any])

IDS = click.argument("card_ids", metavar="ID...", nargs=-1, required=True)


def marking_options(command: Command) -> Command:
    """Give a command the options that all of these have."""
    text = "Say what would change, and change nothing."
    return click.option("--dry-run", is_flag=True, help=text)(from_option(store_option(command)))


Change = Callable[[Learner, "Item", CardStatus], tuple[str, EventKind, StudyDay | None] | None]
"""What to do to a card: the words for it, the event and its day; None where the card is so already."""


def mark(names: Sequence[str], paths: tuple[Path, ...], store_path: Path | None, change: Change, *, dry: bool) -> None:
    """Do a change to the cards that the names mean, and say so, a line a card."""
    with opened(store_path) as desk:
        for item in named(load(paths), names):
            wanted = change(desk, item, desk.store.status(item.key))
            if wanted is None:
                click.echo(f"{item.name}: as it is")
                continue
            words, kind, day = wanted
            if not dry:
                needs = kind == EventKind.SET_DUE
                parameters = desk.settings.parameters_of(item.deck.id) if needs else None
                desk.store.mark(item.key, kind, desk.now(), target=day, parameters=parameters, name=item.id)
            click.echo(f"{item.name}: {'would be ' if dry else ''}{words}")
