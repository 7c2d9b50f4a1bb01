"""The commands that learn an office's own labels: `learn`; and the list of both, with `evaluate`.

They alone open scikit-learn, when they run: no other command or process carries it.
"""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.refusals import said
from bot.cli.understanding import tables, writing
from bot.cli.understanding.language import Language
from bot.errors import NotUnderstood
from bot.understanding.models.label_model import Model

if TYPE_CHECKING:
    pass
from bot.cli.understanding.evaluation import PATH, evaluation_command


def commands(office: Language) -> tuple[click.Command, ...]:
    """The commands, for this office."""
    return _learn(office), evaluation_command(office)


def _learn(office: Language) -> click.Command:
    @click.command("learn")
    @click.argument("file", type=PATH)
    @click.option("--out", type=PATH, required=True, help="Where to write the model.")
    def learn(file: Path, out: Path) -> None:
        """Learn labels from a CSV with the columns text and label."""
        rows = said(office, lambda: tables.read_labelled(file))
        started = time.perf_counter()
        model = said(office, lambda: _train(office, rows, out))
        seconds = time.perf_counter() - started
        facts = {"rows": len(rows), "labels": len(model.labels), "seconds": seconds, "file": out}
        click.echo(office.texts.say("reading.learnt", **facts))

    return learn


def _train(office: Language, rows: list[tuple[str, str]], out: Path) -> Model:
    """A model of the rows, written."""
    from bot.training.labels import train

    if len({label for _, label in rows}) < 2:
        raise NotUnderstood("reading.bad.one_label")
    with writing.whole(out) as path:
        model = train(rows, office.reader.vectorizer)
        path.write_bytes(model.as_bytes())
    return model
