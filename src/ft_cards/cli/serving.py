"""Serves a preview: prints where it is, what is wrong after each save, and ends with Ctrl+C."""

import gc
import threading
from pathlib import Path
from uuid import uuid4

import click

from ft_cards.cli import report
from ft_cards.cli.common import cache, now
from ft_cards.site.serve import LOOPBACK, Server, Stage
from ft_cards.source.problems import Problem


def serve(paths: tuple[Path, ...], port: int, jobs: int) -> None:
    """Serve until Ctrl+C. A port that is taken ends it at once, with what to do."""
    from ft_cards.parallel import Workers
    from ft_cards.watching import Watching

    watching = Watching(paths, Path.cwd(), cache(), now, run=uuid4().hex[:8])
    with Workers(jobs) as workers:
        state, problems = watching.state(workers)
    stage = Stage(state)
    try:
        server = Server(port, stage)
    except OSError as error:
        hint = "another program may listen there; give another one with --port, or 0 for any"
        raise click.ClickException(f"port {port} of {LOOPBACK}: {error.strerror or error}; {hint}") from error
    stop = threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        _tell(problems)
        click.echo(f"{server.url}  (Ctrl+C ends)")
        told = problems
        for state, problems in watching.states(stop):
            gc.unfreeze()  # what was set aside while decks were read may be garbage by now: this goes on for hours
            stage.show(state)
            if problems != told:
                _tell(problems)
                told = problems
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
    click.echo("", err=True)


def _tell(problems: tuple[Problem, ...]) -> None:
    click.echo(report.text(problems) or "no problems\n", err=True, nl=False)
