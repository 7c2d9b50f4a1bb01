"""The console's accounts on the command line: `console code`, `console sessions`, `console end`."""

import json
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from bot.cli.refusals import said
from bot.services.accounts import own_sessions, setup_codes
from bot.services.office import Office


def commands(office: Office) -> AppGroup:
    """The group `console`."""
    group = AppGroup("console", help="Who may sign in to the staff console, and who is signed in.")

    @group.command("code", with_appcontext=False)
    @click.argument("who", metavar="NAME_OR_PHONE")
    def code(who: str) -> None:
        """Print a code with which somebody on the roster sets a password, once and within a day."""
        click.echo(said(office, lambda: setup_codes.code_for(office, who, datetime.now(UTC))))

    @group.command("sessions", with_appcontext=False)
    def sessions_() -> None:
        """Print who is signed in, from where and since when, as one JSON list."""
        found = own_sessions.sessions_of(office, None, datetime.now(UTC))
        click.echo(json.dumps([_shown(office, place) for place in found], ensure_ascii=False, indent=1))

    @group.command("end", with_appcontext=False)
    @click.argument("who", metavar="NAME_OR_PHONE")
    def end(who: str) -> None:
        """End all sessions of somebody at once."""
        number = said(office, lambda: own_sessions.end_all(office, who, datetime.now(UTC)))
        click.echo(office.texts.say("accounts.operate.ended", name=who, number=number))

    return group


def _shown(office: Office, place: own_sessions.Place) -> dict[str, object]:
    def local(moment: datetime) -> str:
        return moment.astimezone(office.calendar.zone).isoformat(timespec="seconds")

    return {
        "session": place.session_id, "name": place.name, "address": place.address, "browser": place.agent,
        "since": local(place.created_at), "seen": local(place.seen_at),
    }  # fmt: skip
