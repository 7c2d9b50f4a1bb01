"""The command line: `flask --app bot.app …`."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup, FlaskGroup

from bot.cli import audit, backup, console, doctor, privacy, sealed, setup, staff
from bot.cli.refusals import said
from bot.cli.understanding import language, learning, lexicon, model, reading
from bot.services import roster, tokens
from bot.services.office import Office
from bot.services.restricted import lost_keys, sealing
from bot.services.settings import menu
from bot.store import migrate
from bot.wechat import publishing
from config.settings import CONFIG_DIR, SettingsError


def register(app: Flask) -> None:
    """Add the commands to the application."""
    office: Office = app.extensions["office"]
    groups = (
        _db(office),
        _roster(office),
        _token(office),
        _menu(office),
        model.group(office),
        lexicon.group(office),
        sealed.commands(office),
        audit.commands(office),
        privacy.commands(office),
        console.commands(office),
        doctor.command(office),
        staff.commands(office),
        setup.command,
    )
    for command in (*groups, *reading.commands(office), *learning.commands(office), *backup.commands(office)):
        app.cli.add_command(command)


class _WithoutOffice(AppGroup):
    """The commands that need no setting. Any other name ends the process with the line that names the wrong setting."""

    wrong: SettingsError

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; exits where the name is none of these."""
        return super().get_command(ctx, cmd_name) or sys.exit(f"wutong: {self.wrong}")


def looks_up_a_command() -> bool:
    """Whether Flask's command line loads the application only to find a command."""
    context = click.get_current_context(silent=True)
    return context is not None and context.parent is None and isinstance(context.command, FlaskGroup)


def without_office(wrong: SettingsError) -> Flask:
    """An application with the commands that need no setting: `setup`, `classify`, `duplicates`, `learn`, `evaluate`, `lexicon`; and `doctor`, which says why."""
    app, known = Flask("bot"), language.load()
    app.cli = group = _WithoutOffice()
    group.wrong = wrong
    apart = (setup.command, doctor.without_settings(wrong))
    for command in (lexicon.group(known), *apart, *reading.commands(known), *learning.commands(known)):
        group.add_command(command)
    return app


def _db(office: Office) -> AppGroup:
    group = AppGroup("db", help="The database.")

    @group.command("upgrade", with_appcontext=False)
    def upgrade() -> None:
        """Create the tables, or bring them up to date."""
        migrate.upgrade(office.settings.database)
        sealing.upgrade(office)
        click.echo("database is up to date")

    @group.command("give-up-unreadable", with_appcontext=False)
    @click.option("--yes", is_flag=True, help="Do it. What is given up is lost for good.")
    def give_up_unreadable(yes: bool) -> None:
        """Empty what no key opens, after a key is lost. Stop the service before, and make a backup."""
        if not yes:
            names = "、".join(lost_keys.closed(office))
            click.echo(office.texts.say("keys.ask_to_give_up" if names else "keys.all_opens", names=names), err=True)
            sys.exit(1)
        click.echo(office.texts.say("keys.given_up", count=lost_keys.give_up(office, datetime.now(UTC))))

    return group


def _roster(office: Office) -> AppGroup:
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
        click.echo(said(office, lambda: roster.issue_code(office, phone, datetime.now(UTC))))

    @group.command("leave", with_appcontext=False)
    @click.argument("phone")
    def leave(phone: str) -> None:
        """Take somebody's rights away at once."""
        said(office, lambda: roster.leave(office, phone, datetime.now(UTC)))

    @group.command("confirm", with_appcontext=False)
    @click.argument("phone")
    def confirm(phone: str) -> None:
        """Vouch for the new device of somebody, where no other administrator can."""
        said(office, lambda: roster.confirm_device(office, phone, datetime.now(UTC)))

    return group


def _name_bad_rows(office: Office, bad: roster.BadRoster, as_json: bool) -> None:
    """Each bad row with its number and reason on standard error, and with `as_json` as JSON on standard output."""
    for row, reason in bad.rows:
        click.echo(office.texts.say("roster.bad.line" if row else "roster.bad.file", row=row, reason=reason), err=True)
    if as_json:
        errors = [{"row": row, "reason": reason} for row, reason in bad.rows]
        click.echo(json.dumps({"errors": errors}, ensure_ascii=False))


def _token(office: Office) -> AppGroup:
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


def _menu(office: Office) -> AppGroup:
    group = AppGroup("menu", help="The account's menu.")

    @group.command("push", with_appcontext=False)
    def push() -> None:
        """Publish config/menu.toml; needs a running worker."""
        try:
            menu.read(CONFIG_DIR)  # what is wrong in it is said here
            publishing.publish(office.settings.redis)
        except (publishing.NotPublished, ValueError) as error:
            click.echo(f"wutong: the menu was not published: {error}", err=True)
            sys.exit(1)
        click.echo("the menu is published")

    return group
