"""`doctor`: everything that can be wrong on this host, in words, with what to do. Exit 1 where something is wrong."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from bot import texts as languages
from bot.cli.doctor import account, host, occasions, rules, service, short_messages, upkeep
from bot.cli.doctor.finding import Asked, Check, Finding, wrong
from bot.services.office import Office
from bot.texts import Texts
from config.settings import CONFIG_DIR, ROOT, SettingsError

CHECKS: tuple[Check, ...] = (
    host.disk, host.modes, host.proxies, host.keys, rules.phones, rules.rules, service.ready, service.sealed, service.redis,
    upkeep.work, occasions.holidays, occasions.occasions, upkeep.backups, account.database_clock, account.account,
    account.public_address, short_messages.short_messages,
)  # fmt: skip
BACKUPS = Path("/var/backups/wutong")
"""Where the units of config/deploy put them."""


def command(office: Office, checks: Sequence[Check] = CHECKS) -> click.Command:
    """The command `doctor`, with these checks."""

    @click.command("doctor")
    @click.option("--backups", type=click.Path(path_type=Path), default=BACKUPS, help="The folder of the backups.")
    @click.option(
        "--env-file", type=click.Path(path_type=Path), default=ROOT / ".env", help="The file of the environment."
    )
    def doctor(backups: Path, env_file: Path) -> None:
        """Look at this host and the account, and say what is wrong."""
        _say(office.texts, list(_found(Asked(office, env_file, backups), checks)))

    return doctor


def without_settings(error: SettingsError) -> click.Command:
    """The same command where the environment is wrong: it says only that, since everything else stands on it."""

    @click.command("doctor", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
    def doctor() -> None:
        """Say what is wrong with the environment."""
        found = [wrong("setting", what=what) for what in str(error).split("; ")]
        _say(languages.load(CONFIG_DIR), found)

    return doctor


def _found(asked: Asked, checks: Sequence[Check]) -> Iterator[Finding]:
    """A check that cannot be made is itself a finding; the others are made all the same."""
    for check in checks:
        try:
            yield from check(asked)
        except (SQLAlchemyError, RedisError, OSError) as error:
            what = asked.office.texts.say(f"doctor.check.{check.__name__}")
            yield wrong("unchecked", what=what, reason=type(error).__name__)


def _say(texts: Texts, found: list[Finding]) -> None:
    for finding in found:
        click.echo(f"{texts.say(f'doctor.level.{finding.level}')} {finding.words(texts)}")
    bad = sum(finding.level == "wrong" for finding in found)
    click.echo(texts.say("doctor.sum" if bad else "doctor.fine", count=bad))
    if bad:
        sys.exit(1)
