"""How a command refuses: one line on standard error, and exit 1."""

import sys
from collections.abc import Callable
from typing import TypeVar

import click

from bot.cli.understanding.language import Language
from bot.errors import Spoken

Result = TypeVar("Result")


def said(office: Language, action: Callable[[], Result]) -> Result:
    """Run the function and return its result; a refusal is printed as one line on standard error, exit 1."""
    try:
        return action()
    except Spoken as refused:
        click.echo(office.texts.say(refused.key, **refused.facts), err=True)
        sys.exit(1)
