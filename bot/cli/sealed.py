"""The sealed box on the command line: fetches files of restricted matters for those who may see them."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from bot.cli.refusals import said
from bot.services.office import Office
from bot.services.restricted import sealing


def commands(office: Office) -> AppGroup:
    """The group `box` with its command `files`."""
    group = AppGroup("box", help="The sealed box.")

    @group.command("files", with_appcontext=False)
    @click.argument("code")
    @click.option("--as", "reader", required=True, help="Who of the discipline staff sees them.")
    @click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder they are written to.")
    def files(code: str, reader: str, out: Path) -> None:
        """Write pictures and recordings of a restricted order, decrypted, into a folder; the view is logged."""
        for path in said(office, lambda: sealing.hand_out(office, code, reader, out, datetime.now(UTC))):
            click.echo(str(path))

    return group
