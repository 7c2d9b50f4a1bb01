"""The command that measures a reading: `evaluate`."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.refusals import said
from bot.cli.understanding import tables
from bot.cli.understanding.language import Language
from bot.cli.understanding.models import open_model
from bot.errors import NotUnderstood

if TYPE_CHECKING:
    from bot.training.evaluation import Labeller, Report, Score


PATH = click.Path(path_type=Path)


def evaluation_command(office: Language) -> click.Command:
    @click.command("evaluate")
    @click.argument("file", type=PATH)
    @click.option("--model", "model_file", type=PATH, help="What `learn` wrote; without it the rules are measured.")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object.")
    def evaluate(file: Path, model_file: Path | None, as_json: bool) -> None:
        """Measure on a CSV with the columns text and label: accuracy, macro-F1, and each label."""
        rows = said(office, lambda: tables.read_labelled(file))
        model = said(office, lambda: open_model(office.reader, model_file))
        label = model.label if model else said(office, lambda: _rules(office, rows))
        from bot.training.evaluation import measure

        report = _as_json(measure(label, rows))
        click.echo(json.dumps(report, ensure_ascii=False) if as_json else "\n".join(_told(office, report)))

    return evaluate


def _rules(office: Language, rows: list[tuple[str, str]]) -> "Labeller":
    from bot.training.evaluation import Unknown, rules

    try:
        return rules(office.reader, {label for _, label in rows})
    except Unknown as unknown:
        raise NotUnderstood("reading.bad.labels", labels="、".join(unknown.labels[: tables.NAMED])) from unknown


def _as_json(report: "Report") -> dict[str, Any]:
    """Low and high are the bounds of the recall within which 95 of 100 measurements fall."""
    return {
        "rows": report.rows,
        "accuracy": report.accuracy,
        "macro_f1": report.macro_f1,
        "calibration_error": report.calibration_error,
        "labels": {name: _figures(score) for name, score in report.labels.items()},
        "answered": [{"least": least, "share": share, "right": right} for least, share, right in report.answered],
    }


def _figures(score: "Score") -> dict[str, float]:
    figures = asdict(score)
    return {"support": figures.pop("rows")} | figures


def _told(office: Language, report: dict[str, Any]) -> Iterator[str]:
    say = office.texts.say
    yield say("reading.measured.all", **report)
    for label, score in report["labels"].items():
        yield say("reading.measured.label", label=label, **score)
    for step in report["answered"]:
        if step["share"]:
            yield say("reading.measured.answered", **step)
    yield say("reading.measured.calibration", **report)
