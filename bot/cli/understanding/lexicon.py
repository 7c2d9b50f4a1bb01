"""The command that trains the model bundle from the lexicon: `lexicon learn`."""

import time
from pathlib import Path

import click
from flask.cli import AppGroup

from bot.cli.refusals import said
from bot.cli.understanding import writing
from bot.cli.understanding.language import Language
from bot.errors import NotUnderstood
from bot.training.corpus import BadMessage, Message, read_messages
from bot.understanding.models import bundle
from config.settings import CONFIG_DIR


def group(office: Language) -> AppGroup:
    """The commands, in this language. They need no setting."""
    commands = AppGroup("lexicon", help="What is known of the language beforehand.")

    @commands.command("learn", with_appcontext=False)
    @click.option("--config", type=click.Path(exists=True, file_okay=False, path_type=Path), default=CONFIG_DIR)
    def learn(config: Path) -> None:
        """Train the model bundle anew from config/lexicon; processes that start afterwards use it."""
        from bot.training import pipeline

        started = time.perf_counter()
        messages = said(office, lambda: _messages(office, config / "lexicon"))
        said(office, lambda: _write(pipeline.learn(config, messages), config / "lexicon"))
        seconds = time.perf_counter() - started
        click.echo(office.texts.say("reading.practised", messages=len(messages), seconds=seconds))

    return commands


def _write(learnt: bundle.ModelBundle, folder: Path) -> None:
    """Write the file whole or not at all."""
    with writing.whole(folder / bundle.FILE) as path:
        path.write_bytes(bundle.as_bytes(learnt, folder))


def _messages(office: Language, folder: Path) -> list[Message]:
    try:
        return read_messages(folder / "messages", set(office.reader.categories))
    except BadMessage as bad:
        raise NotUnderstood("reading.bad.message", file=bad.path.name, row=bad.row) from bad
