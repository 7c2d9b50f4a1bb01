"""The commands about the model that the service reads with: `model show`, `model use` and `model drop`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import Row

from bot.cli.refusals import said
from bot.cli.understanding import files
from bot.errors import NotUnderstood
from bot.services.learning import models
from bot.services.learning.model_cache import UNREADABLE
from bot.services.office import Office


def group(office: Office) -> AppGroup:
    """The commands, for this office."""
    commands = AppGroup("model", help="What was learnt from the office's own history.")
    commands.add_command(_show(office))
    commands.add_command(_use(office))
    commands.add_command(_drop(office))
    return commands


def _show(office: Office) -> click.Command:
    @click.command("show")
    @click.option("--json", "as_json", is_flag=True, help="One JSON object.")
    def show(as_json: bool) -> None:
        """Which model is in use, when it was made, how well it reads, and what came of the last night."""
        shown = models.show(office)
        found = {"in_use": _described(office, shown.in_use), "newest": _described(office, shown.newest)}
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(_told(office, found)))

    return show


def _use(office: Office) -> click.Command:
    @click.command("use")
    @click.argument("file", type=click.Path(path_type=Path))
    def use(file: Path) -> None:
        """Put a FILE that `learn` wrote in use; its labels are codes or names of the catalogue."""
        row, passed_over = said(office, lambda: _put_in_use(office, file))
        say = office.texts.say
        click.echo("\n".join([say("reading.model.put", id=row.id), *_figures(office, _described(office, row) or {})]))
        if passed_over:
            click.echo(say("reading.model.passed_over", labels=models.named(passed_over)))
        _if_off(office)

    return use


def _put_in_use(office: Office, file: Path) -> tuple[Row[Any], list[str]]:
    content = files.content(file)
    try:
        return models.use(office, content, datetime.now(UTC))
    except UNREADABLE as error:
        raise NotUnderstood("reading.bad.model", file=file) from error


def _drop(office: Office) -> click.Command:
    @click.command("drop")
    def drop() -> None:
        """Back to the rules alone."""
        said(office, lambda: models.drop(office))
        click.echo(office.texts.say("reading.model.dropped"))

    return drop


def _described(office: Office, row: Row[Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    here = row.made_at.astimezone(office.calendar.zone)
    found = dict(row._mapping) | {"in_use": bool(row.in_use), "made_at": here.isoformat(timespec="seconds")}
    return found | {"night": row.night.isoformat() if row.night else None}


def _told(office: Office, found: dict[str, dict[str, Any] | None]) -> Iterator[str]:
    say, used, newest = office.texts.say, found["in_use"], found["newest"]
    if used is None:
        yield say("reading.model.none")
    else:
        yield say("reading.model.in_use", **used | {"source": say(f"reading.model.source.{used['source']}")})
        yield from _figures(office, used)
    if newest and newest["night"] and not newest["in_use"]:
        yield say("reading.model.last", night=newest["night"], result=say(f"reading.model.state.{newest['state']}"))
        yield from _figures(office, newest)
    if not office.training_settings.use:
        yield say("reading.model.off")


def _figures(office: Office, row: dict[str, Any]) -> Iterator[str]:
    if row.get("accuracy") is None:
        return
    replaced = row["accuracy_replaced"]
    shown = office.texts.say("reading.model.replaced", share=replaced) if replaced is not None else ""
    yield office.texts.say("reading.model.figures", **row, replaced=shown)


def _if_off(office: Office) -> None:
    if not office.training_settings.use:
        click.echo(office.texts.say("reading.model.off"))
