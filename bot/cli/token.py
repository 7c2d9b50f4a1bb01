"""Tokens of the API on the command line."""

import json
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from bot.cli.refusals import said
from bot.services import tokens
from bot.services.office import Office


def token_group(office: Office) -> AppGroup:
    group = AppGroup("token", help="Access to the API.")

    @group.command("create", with_appcontext=False)
    @click.argument("name")
    @click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(tokens.SCOPES))
    @click.option("--as", "stands_for", help="The staff member the token stands for.")
    @click.option("--community", help="The only community whose orders and people it reaches.")
    @click.option("--expires", "days", type=click.IntRange(1, 3650), help="Days after which it ends.")
    def create(
        name: str, scopes: tuple[str, ...], stands_for: str | None, community: str | None, days: int | None
    ) -> None:
        """Make a token and print it once."""
        wanted = tokens.Wanted(name, scopes, stands_for, community, days)
        click.echo(said(office, lambda: tokens.create(office, wanted, datetime.now(UTC))))

    @group.command("list", with_appcontext=False)
    def list_() -> None:
        """Print every token's name, scopes, reach and end as one JSON list; the tokens themselves are not known."""
        click.echo(json.dumps(tokens.listed(office, datetime.now(UTC)), ensure_ascii=False, indent=1))

    @group.command("revoke", with_appcontext=False)
    @click.argument("name")
    def revoke(name: str) -> None:
        """End every token of this name at once."""
        number = said(office, lambda: tokens.revoke(office, name, datetime.now(UTC)))
        click.echo(office.texts.say("token.revoked", name=name, number=number))

    return group
