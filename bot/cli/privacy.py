"""Deletion on the command line: `privacy delete`, `privacy prove`."""

import sys
from datetime import UTC, datetime

import click
from flask.cli import AppGroup
from redis.exceptions import RedisError

from bot.cli.refusals import said
from bot.services.deletion import operator, proof
from bot.services.deletion.proof import Line
from bot.services.office import Office


def commands(office: Office) -> AppGroup:
    """The group `privacy` with its commands `delete` and `prove`."""
    group = AppGroup("privacy", help="What is known of one person.")

    @group.command("delete", with_appcontext=False)
    @click.argument("openid")
    def delete(openid: str) -> None:
        """Delete at once what this person gave; what the law keeps stays."""
        said(office, lambda: operator.delete(office, openid, datetime.now(UTC)))
        click.echo("deleted; `privacy prove` shows what is left")

    @group.command("prove", with_appcontext=False)
    @click.argument("openid")
    @click.option("--name", "names", multiple=True, help="A name of this person; those on record are searched anyway.")
    def prove(openid: str, names: tuple[str, ...]) -> None:
        """List everything that was searched, what is left and by which law; exit 1 where something should not be."""
        try:
            lines = proof.prove(office, openid, datetime.now(UTC), names)
        except RedisError as error:
            click.echo(f"wutong: Redis cannot be searched, so nothing is proven: {error}", err=True)
            sys.exit(1)
        for line in lines:
            _show(office, line)
        click.echo("backups: sealed; a restore repeats the deletion")
        if not all(line.is_clean for line in lines):
            click.echo("something is left that should not be", err=True)
            sys.exit(1)

    return group


def _show(office: Office, line: Line) -> None:
    click.echo(f"{line.place}: {line.searched} searched, {sum(map(len, line.left.values())) or 'nothing'} left")
    for law, left in line.left.items():
        why = office.texts.say(f"law.{law}") if law is not None else "NOT ALLOWED"
        click.echo(f"  {len(left)} left ({', '.join(left[:10])}{' …' if len(left) > 10 else ''}): {why}")
    if line.named:
        keys = ", ".join(line.named[:10]) + (" …" if len(line.named) > 10 else "")
        click.echo(f"  {len(line.named)} hold the name ({keys}): {office.texts.say('privacy_proof.namesake')}")
    for name in line.unreadable:
        click.echo(f"  cannot be read with the present keys: {name}")
