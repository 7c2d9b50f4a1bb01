"""The command line: `flask --app bot.app …`."""

import sys
from datetime import UTC, datetime

import click
from flask import Flask
from flask.cli import AppGroup, FlaskGroup

from bot.cli import audit, backup, console, doctor, privacy, sealed, setup, staff
from bot.cli.roster import roster_group
from bot.cli.token import token_group
from bot.cli.understanding import language, learning, lexicon, model, reading
from bot.services.office import Office
from bot.services.restricted import lost_keys, upgrading
from bot.services.settings import menu
from bot.store import migrate
from bot.wechat import publishing
from config.settings import CONFIG_DIR, SettingsError


def register(app: Flask) -> None:
    """Add the commands to the application."""
    office: Office = app.extensions["office"]
    groups = (
        _db(office),
        roster_group(office),
        token_group(office),
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
        upgrading.upgrade(office)
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
