"""ft-cards check."""

import os
from pathlib import Path

import click

from ft_cards.cli import report
from ft_cards.cli.common import problems_of, projects

FENCES = ["auto", "strict", "bubblewrap", "landlock", "limits"]


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--run", "runs", is_flag=True, help="Run the programs of cards that have `verify`, behind a fence.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=5.0, show_default=True, help="Seconds a program.")
@click.option("--fence", type=click.Choice(FENCES), default="auto", show_default=True, help="What programs run behind.")
@click.option("--require-all", "all_of_them", is_flag=True, help="Take a program that can't be run for an error.")
def command(
    paths: tuple[Path, ...], form: str, timeout: float, fence: str, *, strict: bool, runs: bool, all_of_them: bool
) -> None:
    """Say what is wrong in the decks, with file, line and way out.

    PATHS are deck files or folders; without any, the project around the current folder. With --run, the programs of
    cards that have `verify` are run to prove them: see "Proof of a program" in the manual of the deck format.

    \b
    Example: ft-cards check decks/fine-tuning --strict --run
    """
    from ft_cards.cli.counting import counts
    from ft_cards.parallel import Workers

    jobs = os.cpu_count() or 1
    with Workers(jobs) as workers:
        found, loose = projects(paths, workers=workers)
    problems = problems_of(found, loose)
    numbers = counts(found)
    said, more = "", {}
    if runs:
        from ft_cards.cli.running import run

        proof = run(found, timeout, fence, jobs, require_all=all_of_them)
        problems, said, more = proof.among(problems, found), proof.line, {"proof": proof.data}
    elif all_of_them or fence != "auto":
        raise click.UsageError("--fence and --require-all are about --run; give that too")
    click.echo(report.show(problems, form, {**numbers, **more}, strict=strict), nl=False)
    if form == "text":
        click.echo(said, nl=False)
        click.echo(report.summary(problems, numbers, strict=strict))
    if any(strict or problem.level == "error" for problem in problems):
        raise click.exceptions.Exit(1)
