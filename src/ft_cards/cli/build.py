"""ft-cards build."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ft_cards.cache import Cache
from ft_cards.cli import report
from ft_cards.cli.common import alone, cache, disk_failures, now, projects

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from ft_cards.build import Outcome
    from ft_cards.compile import Project
    from ft_cards.parallel import Workers
    from ft_cards.rendered import Progress


def _deck_ids(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    from ft_cards.compile import open_projects

    found, _ = open_projects((), Path.cwd(), cache())
    return [deck.id for project in found for _, deck in project.decks() if deck.id.startswith(incomplete)]


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Default: dist, beside the decks.",
)
@click.option("--locked", is_flag=True, help="Refuse when ft-cards.lock is out of date, and leave it as it is (CI).")
@click.option("--deck", "deck_id", metavar="ID", shell_complete=_deck_ids, help="Only the deck with this id.")
@click.option("--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, help="Processes to render with.")
def command(paths: tuple[Path, ...], output: Path | None, deck_id: str | None, jobs: int, *, locked: bool) -> None:
    """Compile the decks into Anki packages.

    Writes one .apkg a deck, one of the whole project, and manifest.json. Each note that changed gets a new time in
    ft-cards.lock, which belongs into version control: it is what lets learners update and keep their progress.

    \b
    Example: ft-cards build -o dist
    """
    from ft_cards.parallel import Workers
    from ft_cards.rendered import get_ready

    known = cache()
    with alone(paths), Workers(jobs) as workers:
        found, loose = projects(paths, known, workers, lambda home: get_ready(home, known, workers))
        if deck_id:
            found = [_only(found, deck_id)]
        if len(found) > 1 and output:
            raise click.UsageError("these decks belong to different projects; give -o to one of them at a time")
        click.echo(report.text(loose), err=True, nl=False)
        fine = [_build(project, output, known, workers, locked=locked) for project in found]
    if loose or not all(fine):
        raise click.exceptions.Exit(1)


def _only(found: list["Project"], deck_id: str) -> "Project":
    from ft_cards.source.problems import did_you_mean, one_of

    known = []
    for project in found:
        for source, deck in project.decks():
            known.append(deck.id)
            if deck.id == deck_id:
                return replace(project, chosen=replace(project.chosen, picked=(source.path,)))
    hint = did_you_mean(deck_id, known) or (f"there is {one_of(known)}" if known else "there are no correct decks")
    raise click.UsageError(f'there is no deck "{deck_id}"; {hint}')


def _build(project: "Project", output: Path | None, known: Cache, workers: "Workers", *, locked: bool) -> bool:
    """Build one project and say so; return whether it went well."""
    from ft_cards.build import build
    from ft_cards.plan import next_lock, outdated, plan

    click.echo(report.text(project.problems), err=True, nl=False)
    if project.errors or project.lock is None:
        click.secho("nothing was built: mend the errors first", err=True, fg="red")
        return False
    planned = plan(project)
    lock = next_lock(project, planned, now())
    home = project.chosen.home
    if locked and (problem := outdated(project, lock, os.path.relpath(home.lock))):
        click.echo(report.text([problem]), err=True, nl=False)
        return False
    dist = output or home.root / "dist"
    with disk_failures("building"), _bar() as progress:
        dist.mkdir(parents=True, exist_ok=True)
        outcome = build(project, dist, lock, planned, known, workers, progress)
    _tell(outcome, dist)
    return True


def _tell(outcome: "Outcome", dist: Path) -> None:
    count = report.count
    width = max((len(each.file) for each in outcome.packages), default=0)
    for each in outcome.packages:
        state = "" if each.file in outcome.written else "  (as before)"
        path = os.path.join(os.path.relpath(dist), each.file.ljust(width))  # noqa: PTH118
        click.echo(f"{path}  {count(each.notes, 'note')}, {count(each.cards, 'card')}{state}")
    for name in outcome.removed:
        click.echo(f"removed {name}: no deck stands behind it any more", err=True)
    changes = [f"{outcome.new} new", f"{outcome.changed} changed", f"{outcome.retired} gone"]
    told = [change for change in changes if not change.startswith("0 ")]
    if outcome.first:
        click.echo("made ft-cards.lock: commit it, it keeps every card's identity", err=True)
    elif told:
        click.echo(f"{', '.join(told)}: commit ft-cards.lock", err=True)


@contextmanager
def _bar() -> Iterator["Progress"]:
    """Show a bar on a terminal while many cards are rendered."""
    stream = sys.stderr
    bar: ProgressBar[int] | None = None

    def progress(done: int, total: int) -> None:
        nonlocal bar
        if total < 200 or not stream.isatty():
            return
        if bar is None:
            bar = click.progressbar(length=total, label="rendering", file=stream)
            bar.render_progress()
        assert bar is not None
        bar.update(done - bar.pos)
        if done == total:
            bar.render_finish()

    yield progress
