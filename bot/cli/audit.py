"""The audit on the command line: `flask audit verify`."""

import sys
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from bot.services.audit import chaining
from bot.services.office import Office
from bot.store.records.chain import Head


def commands(office: Office) -> AppGroup:
    """The group `audit` with its command `verify`."""
    group = AppGroup("audit", help="What was done, by whom.")

    @group.command("verify", with_appcontext=False)
    @click.option("--head", help="A head that was printed before, NUMBER:HASH: it must still be in the chain.")
    def verify(head: str | None) -> None:
        """Check the hash chain of everything done; exit 1 and the first broken row."""
        found = chaining.verify(office, _noted(head), datetime.now(UTC))
        if found.broken is not None:
            row, why = found.broken
            click.echo(f"audit row {row} is broken: {why} (whole up to number {found.head.number})", err=True)
            sys.exit(1)
        click.echo(f"audit is whole: {found.head.number} rows chained, {found.unchained} wait for the clock")
        click.echo(f"head {found.head}")

    return group


def _noted(head: str | None) -> Head | None:
    if head is None:
        return None
    number, _, digest = head.partition(":")
    if not number.isascii() or not number.isdigit() or not digest:
        raise click.BadParameter("give it as NUMBER:HASH", param_hint="--head")
    return Head(int(number), digest)
