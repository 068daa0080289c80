"""ft-cards render."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ft_cards.cli.common import cache, projects

if TYPE_CHECKING:
    from ft_cards.source.deck import Card


def _card_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from ft_cards.compile import open_projects

    found, _ = open_projects((), Path.cwd(), cache())
    return [
        card.id
        for project in found
        for _, deck in project.decks()
        for card in deck.cards
        if card.id.startswith(incomplete)
    ]


@click.command()
@click.argument("card_id", metavar="ID", shell_complete=_card_ids)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def command(card_id: str, paths: tuple[Path, ...]) -> None:
    """Show one card, front and back, in the terminal.

    PATHS are deck files or folders to look in; without any, the project around the current folder.

    \b
    Example: ft-cards render order-of-a-training-step
    """
    from rich.console import Console

    from ft_cards.render.terminal import sides

    card = _find(card_id, paths)
    console = Console(highlight=False, soft_wrap=False)
    for side in sides(card):
        console.print(side)


def _find(card_id: str, paths: tuple[Path, ...]) -> "Card":
    from ft_cards.source.problems import did_you_mean

    found, _ = projects(paths)
    known: dict[str, Card] = {}
    broken = []
    for project in found:
        known.update((card.id, card) for _, deck in project.decks() for card in deck.cards)
        broken += [source.shown_as for source in project.sources if source.deck is None]
    if card_id in known:
        return known[card_id]
    hint = did_you_mean(card_id, known)
    if broken:
        hint = f"{hint} {broken[0]} has errors: `ft-cards check` names them".strip()
    raise click.UsageError(f'there is no card "{card_id}"' + (f"; {hint}" if hint else ""))
