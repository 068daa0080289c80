"""ft-cards preview."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ft_cards.cli import report
from ft_cards.cli.common import cache, disk_failures, now, problems_of, projects

if TYPE_CHECKING:
    from ft_cards.compile import Project
    from ft_cards.parallel import Workers

PORT = 8017


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Default: dist/site, beside the decks.",
)
@click.option("--serve", "served", is_flag=True, help="Serve the pages on this machine, and renew them on each save.")
@click.option("--port", type=click.IntRange(0, 65535), help=f"Where --serve listens; 0 picks one. Default: {PORT}.")
@click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, help="Processes to render with.")
def command(paths: tuple[Path, ...], output: Path | None, port: int | None, jobs: int, *, served: bool) -> None:
    """Show the decks as web pages, each card as Anki shows it.

    Writes pages that work from a folder and from any web server, and ask nobody else for anything. With --serve
    nothing is written: the pages are served on this machine only, follow each save, and show what is wrong.

    \b
    Example: ft-cards preview --serve
    """
    if served:
        if output:
            raise click.UsageError("--serve writes nothing; leave out -o")
        from ft_cards.cli.serving import serve

        serve(paths, PORT if port is None else port, jobs)
        return
    from ft_cards.parallel import Workers

    if port is not None:
        raise click.UsageError("--port is about --serve; give that too")
    with Workers(jobs) as workers:
        _preview(paths, output, workers)


def _preview(paths: tuple[Path, ...], output: Path | None, workers: "Workers") -> None:
    found, loose = projects(paths, workers=workers)
    problems = problems_of(found, loose)
    click.echo(report.text(problems), err=True, nl=False)
    if loose or any(project.errors or project.lock is None for project in found):
        click.secho("no pages were written: mend the errors first", err=True, fg="red")
        raise click.exceptions.Exit(1)
    if len(found) > 1 and not output:
        raise click.UsageError("these decks belong to different projects; say with -o where the pages go")
    _write(found, output or found[0].chosen.home.root / "dist" / "site", workers)


def _write(found: "list[Project]", folder: Path, workers: "Workers") -> None:
    from ft_cards.preview import INDEX, Preview
    from ft_cards.site.files import NotOursError, write

    with disk_failures("writing the pages"):
        preview = Preview(found, cache(), now(), workers, live=False)
        try:
            done = write(folder, preview.keys(), preview.make, preview.copies())
        except NotOursError as error:
            raise click.UsageError(f"{error} holds pages that ft-cards did not make; give another folder") from error
    decks, cards = preview.counts
    path = os.path.join(os.path.relpath(folder), INDEX)  # noqa: PTH118
    state = f"{report.count(done.written, 'file')} written" if done.written else "as before"
    click.echo(f"{path}  {report.count(decks, 'deck')}, {report.count(cards, 'card')}  ({state})")
