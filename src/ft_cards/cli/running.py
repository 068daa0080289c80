"""What `check --run` says around the run: whose programs these are, behind which fence, what was passed over."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ft_cards.cli.common import cache, disk_failures
from ft_cards.cli.report import count
from ft_cards.compile import Project
from ft_cards.source.problems import Problem, in_file_order

if TYPE_CHECKING:
    from ft_cards.runs import Report
    from ft_cards.source.fence.kinds import Kind


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run, as the command reports it."""

    report: "Report"
    require_all: bool

    def among(self, problems: Sequence[Problem], projects: Sequence[Project]) -> list[Problem]:
        """Return other problems and those of the run in file order."""
        own = [*self.report.problems, *(each.problem for each in self.report.skipped if self.require_all)]
        if not own:
            return list(problems)
        order = [source.shown_as for project in projects for source in project.sources]
        first = [each for each in problems if each.location.path not in order]
        return first + in_file_order([*(each for each in problems if each not in first), *own], order)

    @property
    def line(self) -> str:
        """The line on it for people."""
        report = self.report
        said = f"proof: {count(report.proven, 'card')} proven by {count(report.ran + report.cached, 'run')}"
        return said + (f", {len(report.skipped):,} skipped\n" if report.skipped else "\n")

    @property
    def data(self) -> dict[str, Any]:
        """The same for programs."""
        report = self.report
        skipped = [
            {"path": path, "line": each.proof.card.line, "id": each.proof.card.id, "reason": each.reason}
            for each in report.skipped
            for path in [each.source.shown_as]
        ]
        numbers = {"proven": report.proven, "ran": report.ran, "known": report.cached}
        return {"fence": report.fence, **numbers, "skipped": skipped}


def run(found: Sequence[Project], seconds: float, fence: str, jobs: int, *, require_all: bool) -> Ran:
    """Run the programs and say so on standard error; a fence that can't be had is misuse."""
    from ft_cards.proving import prove
    from ft_cards.runs import Wish
    from ft_cards.source.fence.outside import NoFenceError

    def told(kind: "Kind", cards: int) -> None:
        _agree([project.chosen.home.root for project in found], kind.says, cards)
        weak = "" if kind.strong else ": it stops accidents, not attacks. Run only decks that you trust"
        click.echo(f"fence: {kind.says}{weak}", err=True)

    try:
        with disk_failures("running the programs"), _bar() as step:
            report = prove(found, Wish(seconds, fence, jobs), cache(), told, step)
    except NoFenceError as error:
        way = "install bubblewrap, or take a weaker one with `--fence auto`"
        raise click.UsageError(f'this system does not offer the fence "{fence}"; {way}') from error
    for each in report.skipped:
        place = each.proof.card.at(each.source.shown_as)
        click.echo(f"{place.path}:{place.line}: skipped {each.proof.card.id}: {each.reason}", err=True)
    if report.cached:
        click.echo(f"{report.cached:,} of the runs were known from before", err=True)
    return Ran(report, require_all)


def _agree(roots: Sequence[Path], fence: str, cards: int) -> None:
    """Before the first run of a project, say what is about to happen; on a terminal, ask."""
    known = cache()
    fresh = [root for root in roots if known.get(f"agreed\0{root}") is not True]
    if not fresh:
        return
    where = ", ".join(map(str, fresh))
    click.echo(f"about to run programs that the authors of these decks wrote, on your computer: {where}", err=True)
    click.echo(f"they belong to {count(cards, 'card')}, and are kept apart by: {fence}", err=True)
    if sys.stdin.isatty() and not click.confirm("run them?", default=False, err=True):
        raise click.Abort
    for root in fresh:
        known.put(f"agreed\0{root}", True)


@contextmanager
def _bar() -> Iterator[Any]:
    """Show a bar on a terminal."""
    shown: list[Any] = []

    def step(done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if not shown:
            shown.append(click.progressbar(length=total, label="running cards", file=sys.stderr))
            shown[0].render_progress()
        shown[0].update(done - shown[0].pos)
        if done == total:
            shown[0].render_finish()

    yield step
