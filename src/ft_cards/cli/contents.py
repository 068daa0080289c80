"""ft-cards contents."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ft_cards.cli import report
from ft_cards.cli.common import disk_failures, problems_of, projects

if TYPE_CHECKING:
    from ft_cards.contents import Contents


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file.")
@click.option("--format", "form", type=click.Choice(["markdown", "json"]), default="markdown", show_default=True)
@click.option("--check", is_flag=True, help="Write nothing; fail if the file of -o is not as it would be written (CI).")
def command(paths: tuple[Path, ...], output: Path | None, form: str, *, check: bool) -> None:
    """Print what is in the decks: counts by kind and level, and the works that their cards cite.

    PATHS are deck files or folders; without any, the project around the current folder. Links lead from the folder of
    the file, or from the current one, to the decks.

    \b
    Example: ft-cards contents -o decks/README.md
    """
    from ft_cards.contents import contents
    from ft_cards.parallel import Workers

    if check and not output:
        raise click.UsageError("--check compares with a file: name it with -o")
    with Workers(os.cpu_count() or 1) as workers:
        found, loose = projects(paths, workers=workers)
    problems = problems_of(found, loose)
    if any(problem.level == "error" for problem in problems):
        click.echo(report.text(problems), err=True, nl=False)
        raise click.ClickException("nothing was counted: mend the errors first")
    text = _shown(contents(found), form, (output or Path("there")).resolve().parent)
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text, check=check)


def _shown(contents: "Contents", form: str, base: Path) -> str:
    """Return the contents in a form, with the paths of decks as seen from the folder `base`."""
    from ft_cards.cli.contents_page import page

    paths = {entry.id: Path(os.path.relpath(entry.path, base)).as_posix() for entry in contents.entries}
    if form == "markdown":
        return page(contents, paths)
    keys = ("id", "name", "path", "description", "notes", "cards", "kinds", "levels", "proven")
    decks = [{key: getattr(entry, key) for key in keys} | {"path": paths[entry.id]} for entry in contents.entries]
    sources = [
        {key: getattr(work, key) for key in ("group", "name", "title", "url", "cards")} for work in contents.works
    ]
    return json.dumps({"decks": decks, "sources": sources}, ensure_ascii=False, indent=2) + "\n"


def _write(output: Path, text: str, *, check: bool) -> None:
    from ft_cards.cache import replace_file

    data = text.encode()
    same = output.is_file() and output.read_bytes().replace(b"\r\n", b"\n") == data
    if check and not same:
        raise click.ClickException(f"{output} is out of date: run the same command without --check")
    if not same:
        with disk_failures("writing the contents"):
            replace_file(output, data)
    click.echo(f"{output}{'  (as before)' if same else ''}")
