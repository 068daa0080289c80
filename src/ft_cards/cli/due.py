"""ft-cards due."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ft_cards.cli.studying import PATHS, load, opened, store_option, warn

if TYPE_CHECKING:
    from ft_cards.memory.queue import Queue
    from ft_cards.memory.records import StudyDay


@click.command()
@PATHS
@click.option("--json", "as_json", is_flag=True, help="One object, for programs.")
@store_option
def command(paths: tuple[Path, ...], store_path: Path | None, *, as_json: bool) -> None:
    """Say what is due today and in the next 30 days.

    The exit code says whether there is anything to do today: 0 if there is, 1 if there is not.

    \b
    Example: ft-cards due && ft-cards review
    """
    from ft_cards.study.course import forecast, queue_of

    with opened(store_path) as desk:
        library = load(paths)
        now = desk.now()
        situation = desk.store.situation(now)
        queue = queue_of(library.items, situation, desk.settings)
        days = forecast(desk.store, library.items, situation.today, desk.calendar)
    warn(library)
    click.echo(_json(queue, days, situation.today) if as_json else _text(queue, days, situation.today))
    if not queue.cards:
        raise click.exceptions.Exit(1)


def _json(queue: "Queue", days: tuple[int, ...], today: "StudyDay") -> str:
    from ft_cards.memory.day import date_of
    from ft_cards.memory.records import StudyDay
    from ft_cards.study.words import instant_text

    coming = [
        {"study_day": today + place, "date": date_of(StudyDay(today + place)).isoformat(), "due": number}
        for place, number in enumerate(days)
    ]
    counts = {"new": queue.counts.new, "learning": queue.counts.learning, "due": queue.counts.due}
    step = instant_text(queue.next_step_at) if queue.next_step_at is not None else None
    return json.dumps({"today": counts, "next_step_at": step, "days": coming})


def _text(queue: "Queue", days: tuple[int, ...], today: "StudyDay") -> str:
    from ft_cards.memory.day import date_of
    from ft_cards.memory.records import StudyDay

    counts = queue.counts
    lines = [f"today: {counts.new} new, {counts.learning} learning, {counts.due} due"]
    most = max(days)
    for place, number in enumerate(days):
        if number and place:
            bar = "▇" * max(1, round(40 * number / most))
            lines.append(f"{date_of(StudyDay(today + place)).isoformat()}  {number:>4}  {bar}")
    if not any(days[1:]):
        lines.append("nothing comes back in the next 30 days")
    return "\n".join(lines)
