"""ft-cards check."""

import os
from pathlib import Path

import click

from ft_cards.cli import report
from ft_cards.cli.common import projects


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
def command(paths: tuple[Path, ...], form: str, *, strict: bool) -> None:
    """Say what is wrong in the decks, with file, line and way out.

    PATHS are deck files or folders; without any, the project around the current folder.

    \b
    Example: ft-cards check decks/fine-tuning --strict
    """
    from ft_cards.cli.counting import counts

    found, loose = projects(paths, os.cpu_count() or 1)
    problems = [*loose, *(problem for project in found for problem in project.problems)]
    numbers = counts(found)
    click.echo(report.show(problems, form, numbers, strict=strict), nl=False)
    if form == "text":
        click.echo(report.summary(problems, numbers, strict=strict))
    if any(strict or problem.level == "error" for problem in problems):
        raise click.exceptions.Exit(1)
