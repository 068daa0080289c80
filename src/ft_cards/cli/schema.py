"""ft-cards schema."""

import json

import click


@click.command()
@click.option("--project", is_flag=True, help="The schema of ft-cards.yaml in place of that of deck files.")
def command(*, project: bool) -> None:
    """Print the JSON Schema of deck files, for editors.

    With it an editor completes keys and marks mistakes while you type. Put on the first line of a deck file:

    \b
        # yaml-language-server: $schema=../deck.schema.json
    \b
    Example: ft-cards schema > deck.schema.json
    """
    from ft_cards.source.schema import deck_schema, project_schema

    schema = project_schema() if project else deck_schema()
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))
