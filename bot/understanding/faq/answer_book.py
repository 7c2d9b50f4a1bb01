"""Reads the answer book from config/answers/: one table an entry, one file a theme, checked as it is read."""

import string
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.understanding.faq.retrieval import Answers, Entry
from bot.understanding.result import Category

SETTINGS = "settings.toml"
MODES = ("order", "answer")
LONGEST = 300
"""Characters of an answer: it has to fit into a reply with its source and the order's number."""
PHONES = frozenset({"water", "power", "gas", "duty"})
"""Numbers of the settings that an answer may name, as {water}."""


class BookError(ValueError):
    """The answer book is wrong; the message names the entry and what is wrong with it."""


def load(folder: Path, categories: Mapping[str, Category]) -> Answers:
    """The whole book. Raises BookError for an entry that could not be given out as it stands."""
    settings = tomllib.loads((folder / SETTINGS).read_text("utf-8"))
    if settings["answer_first"] not in MODES:
        raise BookError(f"answer_first: must be one of {', '.join(MODES)}")
    entries: dict[str, Entry] = {}
    for path in sorted(path for path in folder.glob("*.toml") if path.name != SETTINGS):
        for name, row in tomllib.loads(path.read_text("utf-8")).items():
            if name in entries:
                raise BookError(f"{name}: stands twice in the book")
            entries[name] = _entry(name, row, categories)
    return Answers(settings["answer_first"], settings["finding"], list(entries.values()))


def _entry(name: str, row: dict[str, Any], categories: Mapping[str, Category]) -> Entry:
    try:
        needed = {field: row[field] for field in ("category", "source", "valid_until", "to_confirm")}
        entry = Entry(
            id=name, lane=categories[row["category"]].lane, questions=tuple(row["questions"]), answer=row["answer"].strip(),
            phone=row.get("phone"), alone=row.get("alone", False), **needed,
        )  # fmt: skip
    except KeyError as missing:
        raise BookError(f"{name}: {missing.args[0]} is missing or unknown") from missing
    bad = wrong(entry)
    if bad:
        raise BookError(f"{name}: {bad}")
    return entry


def wrong(entry: Entry) -> str | None:
    """What keeps the entry from being given out; None where nothing does."""
    if not entry.questions or not entry.answer or not entry.source:
        return "questions, answer and source must not be empty"
    if type(entry.valid_until) is not date:
        return "valid_until must be a date"
    if len(entry.answer) > LONGEST:
        return f"the answer has {len(entry.answer)} characters, more than {LONGEST}"
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(entry.answer) if name is not None}
    except ValueError as error:
        return f"the answer's braces: {error}"
    return f"unknown number {{{min(named - PHONES)}}}" if named - PHONES else None
