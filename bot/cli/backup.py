"""Backups on the command line: `flask backup DIR`, `flask restore DIR`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from bot.services.backup import restoring, taking
from bot.services.backup.errors import BadBackup, NoKey, NotEmpty, WrongKey
from bot.services.office import Office


def commands(office: Office) -> list[click.Command]:
    """`backup` and `restore`."""

    @click.command("backup")
    @click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
    @click.option("--keep", type=click.IntRange(1), help="Delete older backups beyond this number.")
    def backup(folder: Path, keep: int | None) -> None:
        """Write everything that must last into one sealed file in FOLDER; the service may run meanwhile."""
        try:
            path = taking.take(office, folder, datetime.now(UTC), keep)
        except NoKey:
            _refuse("BACKUP_KEY: is required and missing")
        except OSError as error:
            _refuse(f"the backup cannot be written: {error}")
        else:
            click.echo(str(path))

    @click.command("restore")
    @click.argument("source", type=click.Path(path_type=Path))
    @click.option("--replace", is_flag=True, help="The database holds something, which is lost.")
    def restore(source: Path, replace: bool) -> None:
        """Restore the file SOURCE, or the newest backup in the folder SOURCE. Stop the service before."""
        try:
            path = restoring.restore(office, source, datetime.now(UTC), replace=replace)
        except NoKey:
            _refuse("BACKUP_KEY: is required and missing")
        except NotEmpty:
            _refuse("the database is not empty: nothing was restored; --replace takes its place")
        except WrongKey as wrong:
            _refuse(office.texts.say("backup.wrong_key", name=wrong.name))
        except OperationalError as error:
            _refuse(f"the database does not answer: is it there, and running? ({error.orig})")
        except BadBackup as bad:
            _refuse(f"the backup was not restored: {bad}")
        else:
            click.echo(f"restored {path}")

    return [backup, restore]


def _refuse(why: str) -> None:
    click.echo(f"wutong: {why}", err=True)
    sys.exit(1)
