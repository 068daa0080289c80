"""ft-cards set-due."""

from datetime import date
from pathlib import Path

import click

from ft_cards.cli.marking import IDS, mark, marking_options
from ft_cards.cli.studying import Learner
from ft_cards.memory.day import date_of
from ft_cards.memory.records import CardStatus, EventKind, StudyDay
from ft_cards.study.cards import Item


@click.command(name="set-due")
@IDS
@click.argument("when")
@marking_options
def command(
    card_ids: tuple[str, ...], when: str, paths: tuple[Path, ...], store_path: Path | None, *, dry_run: bool
) -> None:
    """Say when cards are due.

    An ID means all blanks of a card, ID:2 the second alone. WHEN is a number of days from today, `today`, `tomorrow`
    or a date.

    \b
    Example: ft-cards set-due training-step 2026-12-24
    """

    def change(desk: Learner, item: Item, status: CardStatus) -> tuple[str, EventKind, StudyDay | None] | None:
        day = _day(when, desk.store.today(desk.now().day))
        return f"due on {date_of(day).isoformat()}", EventKind.SET_DUE, day

    mark(card_ids, paths, store_path, change, dry=dry_run)


def _day(when: str, today: StudyDay) -> StudyDay:
    ahead = {"today": 0, "tomorrow": 1}.get(when.lower())
    if ahead is None and when.isdigit() and len(when) < 6:
        ahead = int(when)
    try:
        day = StudyDay((date.fromisoformat(when) - date_of(StudyDay(0))).days) if ahead is None else today + ahead
    except ValueError:
        raise click.UsageError(f'"{when}" is no day; say 3, today, tomorrow or {date_of(today).isoformat()}') from None
    if day < today:
        raise click.UsageError(f"{when} is over; the day must be today or later")
    if day > today + 36500:
        raise click.UsageError(f"{when} is more than a hundred years away")
    return StudyDay(day)
