"""The commands that read messages: `classify` and `duplicates`. They need no database and no other process."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from bot.cli.refusals import said
from bot.cli.understanding import files, writing
from bot.cli.understanding.described import described, told
from bot.cli.understanding.language import Language
from bot.cli.understanding.models import open_model
from bot.cli.understanding.spread import spread
from bot.errors import NotUnderstood
from bot.messages import LONGEST
from bot.understanding import Speaker
from bot.understanding.decide.duplicates import Message
from bot.understanding.models.label_model import Model

ROLES = {"resident": Speaker(), "member": Speaker(frozenset({"member"})), "staff": Speaker(frozenset({"staff"}))}
PATH = click.Path(path_type=Path)


def commands(office: Language) -> tuple[click.Command, ...]:
    """The commands, for this office."""
    return _classify(office), _duplicates(office)


def _classify(office: Language) -> click.Command:
    @click.command("classify")
    @click.argument("text", required=False)
    @click.option("--json", "as_json", is_flag=True, help="One JSON object.")
    @click.option("--file", type=PATH, help="JSON lines with text, and perhaps role (resident, member, staff).")
    @click.option("--out", type=PATH, help="Where to write one JSON line for each.")
    @click.option("--model", "model_file", type=PATH, help="What `learn` wrote: adds its label.")
    def classify(text: str | None, as_json: bool, file: Path | None, out: Path | None, model_file: Path | None) -> None:
        """What TEXT means, or each line of a file: intent, category, urgency, place …"""
        if (text is None) == (file is None) or (file is None) != (out is None):
            raise click.UsageError("give either TEXT, or --file with --out")
        model = said(office, lambda: open_model(office.reader, model_file))
        if file and out:
            said(office, lambda: _classify_file(office, file, out, model))
            return
        found = _read(office, files.written(text or ""), ROLES["resident"], model)
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(told(office, found)))

    return classify


def _classify_file(office: Language, file: Path, out: Path, model: Model | None) -> None:
    spoken = list(_spoken(files.read_lines(file)))
    writing.write_lines(out, spread(lambda one: _read(office, one[0], one[1], model), spoken))


def _spoken(rows: Iterable[files.Row]) -> Iterator[tuple[str, Speaker]]:
    for number, row in enumerate(rows, 1):
        role = row.get("role") or "resident"
        if not isinstance(role, str) or role not in ROLES:
            raise NotUnderstood("reading.bad.role", row=number, roles="、".join(ROLES))
        yield files.words(row, "text"), ROLES[role]


def _read(office: Language, text: str, who: Speaker, model: Model | None) -> dict[str, Any]:
    found = described(office.reader, office.reader.understand(text[:LONGEST], who))
    if model:
        label, confidence = model.label(text)
        found |= {"label": label, "label_confidence": round(confidence, 3)}
    return found


def _duplicates(office: Language) -> click.Command:
    @click.command("duplicates")
    @click.option("--file", type=PATH, required=True, help="JSON lines with title and text.")
    @click.option("--out", type=PATH, required=True, help="Where to write one JSON line [i, j, score] for each pair.")
    def duplicates(file: Path, out: Path) -> None:
        """The pairs of lines that may be about the same thing, likeliest first; lines count from 0."""
        said(office, lambda: _pair(office, file, out))

    return duplicates


def _pair(office: Language, file: Path, out: Path) -> None:
    messages = [Message(files.words(row, "title"), files.words(row, "text")) for row in files.read_lines(file)]
    writing.write_lines(out, office.reader.duplicates.pairs(messages))
