"""ft-cards review."""

import secrets
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from ft_cards.cli.studying import PATHS, clock, load, opened, store_option, warn

KINDS = "recall, choice, code, cloze, explain, story"


@click.command()
@PATHS
@click.option("--deck", "decks", metavar="DECK", multiple=True, help="Only this deck: its id or its name.")
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help=f"Only this kind: {KINDS}.")
@click.option("--level", "levels", metavar="LEVEL", multiple=True, help="Only this level: easy, medium or hard.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="Only cards with this tag, or one below it.")
@click.option("--new", is_flag=True, help="Only cards that were never answered.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after so many answers.")
@click.option("--cram", is_flag=True, help="Go through all the cards, due or not, and leave the schedule alone.")
@click.option("--plain", is_flag=True, help="Plain lines: for pipes, screen readers and scripts.")
@store_option
def command(paths: tuple[Path, ...], store_path: Path | None, *, limit: int | None, cram: bool, **wanted: Any) -> None:
    """Study the cards that are due today.

    PATHS are deck files or folders; without any, the project around the current folder, or else the decks that come
    with ft-cards. Each answer is saved at once. Without a terminal it is --plain. Several of one filter mean any.

    \b
    Example: ft-cards review --tag lora --limit 20
    """
    from ft_cards.study.desk import Desk

    plain = wanted.pop("plain") or not (sys.stdin.isatty() and sys.stdout.isatty())
    with opened(store_path) as desk:
        unseen = desk.store.situation(desk.now()).studied if wanted.pop("new") else frozenset()
        read = partial(_chosen, paths, wanted, unseen)
        session = Desk(
            desk.store,
            read,
            desk.settings,
            clock,
            calendar=desk.calendar,
            seed=secrets.token_hex(8),
            limit=limit,
            cramming=cram,
        )
        warn(session.library)
        _hold(session, plain=plain)


def _chosen(paths: tuple[Path, ...], wanted: dict[str, Any], seen: frozenset[tuple[str, int]]) -> Any:
    from dataclasses import replace

    from ft_cards.study.cards import Library
    from ft_cards.study.filters import NoMatch, Wanted, choose

    found: Library = load(paths)
    items = tuple(item for item in choose(found, Wanted(**wanted)) if item.key not in seen)
    if not items:
        raise NoMatch("none of these cards is new; leave --new out")
    return replace(found, items=items, by_key={})


def _hold(session: Any, *, plain: bool) -> None:
    """Hold the session on the screen or over plain lines."""
    if not plain:
        from ft_cards.study.screen import run as run_screen

        run_screen(session)
        return
    from ft_cards.study.editor import edit
    from ft_cards.study.plain import run

    session.editor = partial(edit, stdin=None if sys.stdin.isatty() else subprocess.DEVNULL)
    run(session, sys.stdin, _write)


def _write(text: str) -> None:
    click.echo(text, nl=False)
    sys.stdout.flush()
