"""ft-cards config."""

import click

from ft_cards.cli.common import disk_failures
from ft_cards.cli.studying import config_file, failures, read_settings


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option("--deck", "deck_id", metavar="ID", help="For the deck with this id alone.")
@click.option("--unset", is_flag=True, help="Take a setting out, so that the default holds again.")
@click.option("--path", "only_path", is_flag=True, help="Print where the settings lie.")
def command(name: str | None, value: str | None, deck_id: str | None, *, unset: bool, only_path: bool) -> None:
    """Show, set and explain the settings of the review.

    Without NAME, all of them with their values; with NAME, this one and what it is for; with VALUE, it is set.

    \b
    Example: ft-cards config retention 0.92
    Example: ft-cards config --deck ft-foundations learning-steps "1 min, 10 min, 1 d"
    """
    from ft_cards.study.config import OPTIONS, close_to

    if only_path:
        click.echo(config_file())
        return
    if name is not None and name not in OPTIONS:
        raise click.UsageError(f'there is no setting "{name}"; {close_to(name, OPTIONS)}')
    if unset and (name is None or value is not None):
        raise click.UsageError("--unset needs the NAME of a setting, and no VALUE")
    with failures():
        if name is not None and (unset or value is not None):
            _change(name, value, deck_id)
        else:
            _show([name] if name else list(OPTIONS), deck_id, explain=name is not None)


def _change(name: str, value: str | None, deck_id: str | None) -> None:
    """Set or unset a setting in the file, after proving that the file is sound with it."""
    from ft_cards.cache import replace_file
    from ft_cards.study.config import OPTIONS, ConfigError, read_config
    from ft_cards.study.config_text import toml_value, with_setting, without_setting

    option, path = OPTIONS[name], config_file()
    if deck_id and not option.per_deck:
        raise click.UsageError(f"{name} holds for all decks; leave --deck out")
    read_settings()
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    section = f"decks.{deck_id}" if deck_id else "review"
    if value is None:
        new = without_setting(text, section, name)
    else:
        try:
            given = option.as_toml(option.read(value))
        except ValueError as error:
            raise click.UsageError(f"{name}: {error}") from error
        new = with_setting(text, section, name, toml_value(given))
    try:
        read_config(new, str(path))
    except ConfigError as error:
        raise click.UsageError(str(error).partition(": ")[2]) from error
    with disk_failures("writing the settings"):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, new.encode())
    _show([name], deck_id, explain=False)


def _show(names: list[str], deck_id: str | None, *, explain: bool) -> None:
    from ft_cards.study.config import OPTIONS, value_of
    from ft_cards.study.config_text import toml_value
    from ft_cards.study.settings import Settings

    settings, defaults = read_settings(), Settings()
    width = max(map(len, names))
    for name in names:
        value, usual = value_of(settings, name, deck_id), value_of(defaults, name)
        told = toml_value(OPTIONS[name].as_toml(value))
        if name == "weights" and not explain:
            told = "those of FSRS-6" if value == usual else "your own (`ft-cards config weights` shows them)"
        changed = "" if value == usual else "  (set by you)"
        click.echo(f"{name.ljust(width)} = {told}{changed}")
        if explain:
            click.echo(f"\n{OPTIONS[name].about}\nDefault: {toml_value(OPTIONS[name].as_toml(usual))}")
    if len(names) > 1:
        for deck in settings.decks if deck_id is None else ():
            click.echo(f"the deck {deck} has settings of its own: `ft-cards config --deck {deck}`")
        click.echo(f"\n{config_file()}{'' if config_file().exists() else ' (not there: these are the defaults)'}")
