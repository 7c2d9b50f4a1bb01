"""The command that learns from the lexicon's messages: `lexicon learn`."""

import time
from pathlib import Path

import click
from flask.cli import AppGroup

from bot.cli import files
from bot.cli.refusals import said
from bot.errors import NotUnderstood
from bot.services.office import Office
from bot.training.corpus import BadMessage, Message, read_messages
from bot.understanding.models import bundle
from config.settings import CONFIG_DIR


def group(office: Office) -> AppGroup:
    """The commands, for this office."""
    commands = AppGroup("lexicon", help="What is known of the language beforehand.")

    @commands.command("learn", with_appcontext=False)
    def learn() -> None:
        """Learn anew from config/lexicon and its messages; processes that start from now on read by it."""
        from bot.training import pipeline

        started = time.perf_counter()
        messages = said(office, lambda: _messages(office, CONFIG_DIR / "lexicon"))
        said(office, lambda: _write(pipeline.learn(CONFIG_DIR, messages), CONFIG_DIR / "lexicon"))
        seconds = time.perf_counter() - started
        click.echo(office.texts.say("reading.practised", messages=len(messages), seconds=seconds))

    return commands


def _write(learnt: bundle.ModelBundle, folder: Path) -> None:
    """All of it or nothing: no process starts with half a file."""
    with files.whole(folder / bundle.FILE) as path:
        path.write_bytes(bundle.as_bytes(learnt, folder))


def _messages(office: Office, folder: Path) -> list[Message]:
    try:
        return read_messages(folder / "messages", set(office.reader.categories))
    except BadMessage as bad:
        raise NotUnderstood("reading.bad.message", file=bad.path.name, row=bad.row) from bad
