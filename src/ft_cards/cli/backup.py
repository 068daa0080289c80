"""ft-cards backup."""

from pathlib import Path

import click

from ft_cards.cli.common import disk_failures
from ft_cards.cli.studying import clock, opened, stamp, store_option


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@store_option
def command(file: Path | None, store_path: Path | None) -> None:
    """Copy the review database.

    FILE is the copy; without it, one with date and time is made beside the database, where the daily copies are.

    \b
    Example: ft-cards backup /media/stick/reviews.sqlite3
    """
    from ft_cards.memory.errors import backup_folder

    with opened(store_path) as desk, disk_failures("the backup"):
        path = desk.store.path
        copy = file or backup_folder(path) / f"{path.stem}-{stamp(clock())}.sqlite3"
        if copy.exists() and (path.exists() and copy.samefile(path)):
            raise click.UsageError(f"{copy} is the review database itself; name another file")
        desk.store.back_up_to(copy)
    click.echo(copy)
