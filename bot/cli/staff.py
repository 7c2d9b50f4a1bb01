"""The staff's accounts on the command line: `staff password NAME`."""

import sys
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from bot.cli.refusals import said
from bot.services.accounts import setting_up, setup_codes
from bot.services.office import Office


def commands(office: Office) -> AppGroup:
    """The group `staff`."""
    group = AppGroup("staff", help="People of the roster who sign in to the console.")

    @group.command("password", with_appcontext=False)
    @click.argument("who", metavar="NAME_OR_PHONE")
    @click.option("--stdin", "is_given", is_flag=True, help="Read the password from standard input instead of asking.")
    def password(who: str, is_given: bool) -> None:
        """Set the console's password of somebody on the roster; it ends that person's sessions and one-time passwords."""
        now = datetime.now(UTC)
        chosen = (
            sys.stdin.readline().rstrip("\r\n")
            if is_given
            else click.prompt("password", hide_input=True, confirmation_prompt=True)
        )
        said(office, lambda: setting_up.set_password(office, setup_codes.code_for(office, who, now), chosen, now))
        click.echo(office.say("accounts.operate.password", name=who))

    return group
