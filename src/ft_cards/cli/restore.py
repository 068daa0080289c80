"""ft-cards restore."""

from pathlib import Path

import click

from ft_cards.cli.common import disk_failures
from ft_cards.cli.studying import clock, failures, stamp, store_file, store_option


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Look at the copy, and change nothing.")
@store_option
def command(file: Path | None, store_path: Path | None, *, dry_run: bool) -> None:
    """Put a copy of the review database in its place.

    Without FILE, the copies that there are. What was in the place is kept among them.

    \b
    Example: ft-cards restore reviews-2026-05-01.sqlite3
    """
    from ft_cards.memory.backup import backups
    from ft_cards.memory.errors import backup_folder
    from ft_cards.memory.restore import check_copy, restore

    path = store_file(store_path)
    if file is None:
        for copy in backups(path):
            click.echo(copy)
        if not backups(path):
            click.echo(f"there are no copies of {path} yet", err=True)
        return
    copy = file if file.exists() else backup_folder(path) / file
    with failures(), disk_failures("the restoring"):
        answers = check_copy(copy)
        kept = None if dry_run else restore(copy, path, f"{path.stem}-{stamp(clock())}-before-restore.sqlite3")
    click.echo(
        f"{path} {'would hold' if dry_run else 'holds'} {answers:,} {'answer' if answers == 1 else 'answers'} of {copy}"
    )
    if kept:
        click.echo(f"what was there before is kept in {kept}")
