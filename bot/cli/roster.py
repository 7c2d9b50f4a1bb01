"""The roster on the command line."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from bot.cli.refusals import said
from bot.services import roster
from bot.services.office import Office
from bot.services.roster import bind_codes


def roster_group(office: Office) -> AppGroup:
    group = AppGroup("roster", help="Who is who.")

    @group.command("import", with_appcontext=False)
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--json", "as_json", is_flag=True, help="Also bad rows as JSON, on standard output.")
    @click.option("--replace", is_flag=True, help="Who is not in the file leaves the roster.")
    @click.option("--demo", is_flag=True, help="Mark everybody in it as demo.")
    def import_(file: Path, as_json: bool, replace: bool, demo: bool) -> None:
        """Read a CSV or xlsx roster, all rows or none, and print one JSON list with a bind code each."""
        try:
            found = roster.read_file(office, file)
        except roster.BadRoster as bad:
            _name_bad_rows(office, bad, as_json)
            sys.exit(1)
        rows = roster.write(office, found, datetime.now(UTC), replace=replace, demo=demo)
        for row, doubt in roster.doubts(office, found):
            click.echo(office.texts.say("roster.bad.line", row=row, reason=doubt), err=True)
        click.echo(json.dumps(rows, ensure_ascii=False, indent=None if as_json else 1))

    @group.command("code", with_appcontext=False)
    @click.argument("phone")
    def code(phone: str) -> None:
        """A new bind code for somebody on the roster."""
        click.echo(said(office, lambda: bind_codes.issue_code(office, phone, datetime.now(UTC))))

    @group.command("leave", with_appcontext=False)
    @click.argument("phone")
    def leave(phone: str) -> None:
        """Take somebody's rights away at once."""
        said(office, lambda: bind_codes.leave(office, phone, datetime.now(UTC)))

    @group.command("confirm", with_appcontext=False)
    @click.argument("phone")
    def confirm(phone: str) -> None:
        """Vouch for the new device of somebody, where no other administrator can."""
        said(office, lambda: bind_codes.confirm_device(office, phone, datetime.now(UTC)))

    return group


def _name_bad_rows(office: Office, bad: roster.BadRoster, as_json: bool) -> None:
    """Each bad row with its number and reason on standard error, and with `as_json` as JSON on standard output."""
    for row, reason in bad.rows:
        click.echo(office.texts.say("roster.bad.line" if row else "roster.bad.file", row=row, reason=reason), err=True)
    if as_json:
        errors = [{"row": row, "reason": reason} for row, reason in bad.rows]
        click.echo(json.dumps({"errors": errors}, ensure_ascii=False))
