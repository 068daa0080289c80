"""ft-cards new."""

from pathlib import Path

import click

from ft_cards.cli.common import disk_failures
from ft_cards.cli.skeletons import SKELETONS


@click.command()
@click.argument("kind", type=click.Choice(list(SKELETONS)))
@click.option("--id", "card_id", default=None, metavar="SLUG", help="The card's id. Default: new-KIND, numbered.")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="Append it to this deck file.")
def command(kind: str, card_id: str | None, target: Path | None) -> None:
    """Print a card to begin with, or append it to a deck.

    \b
    Example: ft-cards new choice --to decks/basics.yaml
    """
    if target is None:
        click.echo(SKELETONS[kind].format(id=card_id or f"new-{kind}"), nl=False)
        return
    if not target.is_file():
        raise click.UsageError(f"there is no deck file {target}; `ft-cards init` makes one")
    from ft_cards.cache import replace_file

    before = target.read_bytes()
    name = card_id or _free_id(f"new-{kind}", target)
    after, line = _appended(before, SKELETONS[kind].format(id=name), target)
    with disk_failures("writing"):
        replace_file(target, after)
    click.echo(f"{target}:{line}: {name}")


def _free_id(wanted: str, target: Path) -> str:
    """Return the id, or that with a number where the project has one already."""
    from ft_cards.cli.common import projects

    found, _ = projects((target,))
    taken = {card.id for project in found for _, deck in project.decks() for card in deck.cards}
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _appended(before: bytes, skeleton: str, target: Path) -> tuple[bytes, int]:
    """Return the file with the card after its last one, and that card's line; nothing else is touched."""
    from ft_cards.source.nodes import parse
    from ft_cards.source.reader import read_deck
    from ft_cards.source.text import decode

    text, _ = decode(before, str(target))
    root = parse(text, str(target)).root
    cards = root.children.get("cards") if root and isinstance(root.data, dict) else None
    if not root or not cards or cards.style or not isinstance(cards.data, list) or not cards.data:
        raise click.ClickException(f"{target} has no list of cards to append to; `ft-cards check {target}` says more")
    if list(root.data)[-1] != "cards":
        raise click.ClickException(f'in {target} the key "{list(root.data)[-1]}" stands after the cards: move it up')
    newline = b"\r\n" if b"\r\n" in before else b"\n"
    indent = b" " * (cards.column - 1)
    lines = [indent + line.encode() if line else b"" for line in skeleton.splitlines()]
    body = before.rstrip(b"\r\n \t")
    after = newline.join([body, b"", *lines, b""])
    old, new = read_deck(before, str(target)).problems, read_deck(after, str(target)).problems
    if len(new) > len(old):
        raise click.ClickException(f"the card does not fit at the end of {target}: {new[-1].message}")
    return after, body.count(b"\n") + 3
