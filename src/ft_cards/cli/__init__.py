"""The command line: one command a file. Only this file turns anything into an exit code: 0, 1 problems, 2 misuse."""

import gc
import importlib
import os
import sys
from typing import Any

import click

from ft_cards import __version__
from ft_cards.cli import ending

COMMANDS = {
    "check": "Say what is wrong in the decks, with file, line and way out.",
    "build": "Compile the decks into Anki packages.",
    "init": "Make a project that builds at once.",
    "new": "Print a card to begin with, or append it to a deck.",
    "render": "Show one card, front and back, in the terminal.",
    "preview": "Show the decks as web pages, each card as Anki shows it.",
    "contents": "Print what is in the decks: counts, kinds, levels, sources.",
    "schema": "Print the JSON Schema of deck files, for editors.",
    "review": "Study the cards that are due today.",
    "decks": "List the decks, with how much there is to do in each.",
    "due": "Say what is due today and in the next 30 days.",
    "history": "Print every answer, or make the memories anew from them.",
    "card": "Say all there is to know of one card.",
    "suspend": "Leave cards out until further notice.",
    "bury": "Leave cards out until tomorrow.",
    "reset": "Make cards new again.",
    "set-due": "Say when cards are due.",
    "backup": "Copy the review database.",
    "restore": "Put a copy of the review database in its place.",
    "config": "Show, set and explain the settings of the review.",
}


class Lazy(click.Group):
    """A group that imports a command only when it is run: --version and completion stay instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"ft_cards.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Suggest a command for a mistyped one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from ft_cards.source.problems import did_you_mean

            hint = did_you_mean(args[0], COMMANDS) if args else ""
            message = f'there is no command "{args[0]}"' + (f": {hint}" if hint else "")
            raise click.UsageError(message, ctx) from error


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="ft-cards", message="%(prog)s %(version)s")
def cli() -> None:
    """Flashcards as plain YAML: compiled to Anki decks that update safely, reviewed in the shell.

    \b
    Learn:   ft-cards review
    Begin:   ft-cards init my-decks && cd my-decks && ft-cards build
    Check:   ft-cards check
    """


def main() -> None:
    """Run the command line and exit."""
    ending.open_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.set_threshold(50_000, 20, 50)  # decks are big and hold no cycles: looking for some costs a tenth
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for some reads every installed package's metadata
    try:
        color = False if os.environ.get("NO_COLOR") else None
        code = cli.main(standalone_mode=False, color=color)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as error:
        code = ending.say(error)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nstopped; nothing is half done", err=True)
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except (OSError, RuntimeError) as error:
        code = ending.fail(error)
    ending.leave(code if isinstance(code, int) else 0)
