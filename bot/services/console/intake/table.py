"""Reads a file of orders into a header and rows of cells."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.errors import NotUnderstood
from bot.services.office import Office
from bot.services.roster.cells import HIDDEN, MEGABYTES, MOST_BYTES, WRONG, Cells
from bot.services.roster.reading import cells_of
from bot.store.console.mappings import Columns
from bot.understanding.normalize import clean_name, fold_name

MOST_ROWS = 500
WRITTEN = 2_000  # rows of the file, empty ones too
MOST_COLUMNS = 60
MOST_CHARACTERS = 2_000_000  # of all cells
HEAD_WITHIN = 6  # rows: a title may stand above the header
FIELDS = ("number", "text", "community", "place", "name", "phone", "due")
"""What a column can mean, in the order of the template."""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows`: the cells by the number of their row in the file; empty rows are left out."""

    header: list[str]
    rows: list[tuple[int, list[str]]]

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def from_text(text: str) -> Table:
    """What `as_text` made."""
    found = json.loads(text)
    return Table(found["header"], [(number, cells) for number, cells in found["rows"]])


def read(office: Office, content: bytes) -> Table:
    """The first table of the file. NotUnderstood where it is none, or too large."""
    if len(content) > MOST_BYTES:
        raise NotUnderstood("console_intake.file.large", megabytes=MEGABYTES)
    cells = _cells(office, content)
    at = _head(office, cells)
    if at is None:
        raise NotUnderstood("console_intake.file.no_header")
    header = [_title(cell) for cell in cells[at][:MOST_COLUMNS]]
    rows = [
        (number, row[:MOST_COLUMNS])
        for number, row in enumerate(cells[at + 1 :], at + 2)
        if any(clean_name(cell) for cell in row)
    ]
    if not rows:
        raise NotUnderstood("console_intake.file.empty")
    if len(rows) > MOST_ROWS:
        raise NotUnderstood("console_intake.file.many", number=len(rows), most=MOST_ROWS)
    if sum(len(cell) for _, row in rows for cell in row) > MOST_CHARACTERS:
        raise NotUnderstood("console_intake.file.large", megabytes=MEGABYTES)
    return Table(header, rows)


def _cells(office: Office, content: bytes) -> Cells:
    """First a table whose first row is a header that is known; else whatever is a table."""
    try:
        found = cells_of(content, lambda row: _is_known(office, row), WRITTEN)
        return found if found and _is_known(office, found[0]) else cells_of(content, _is_plain, WRITTEN)
    except NotUnderstood as error:  # its sentences are about the roster
        raise NotUnderstood(f"console_intake.file.{error.key.rpartition('.')[2]}", megabytes=MEGABYTES) from error


def _head(office: Office, cells: Cells) -> int | None:
    """Which row is the header; None where none is."""
    first = range(min(HEAD_WITHIN, len(cells)))
    known = next((at for at in first if _is_known(office, cells[at])), None)
    if known is not None:
        return known
    return next((at for at in first if _is_plain(cells[at]) and sum(bool(_title(c)) for c in cells[at]) > 1), None)


def _is_known(office: Office, row: Sequence[str]) -> bool:
    return "text" in guess(office, row)


def _is_plain(row: Sequence[str]) -> bool:
    """Whether these are words; the bytes of a picture are none."""
    titles = [cell.removeprefix(HIDDEN) for cell in row]
    return any(map(str.strip, titles)) and all(title.replace("\n", "").isprintable() for title in titles if title)


def _title(cell: str) -> str:
    return clean_name(cell.removeprefix(HIDDEN).removeprefix(WRONG))


def guess(office: Office, header: Sequence[str]) -> Columns:
    """What the columns mean by their names: first those that are a known name, then those that contain one."""
    names: Mapping[str, Sequence[str]] = office.texts.sentences["console_intake"]["guess"]
    titles = [fold_name(cell) for cell in header]
    found: dict[str, int] = {}
    for fits in (str.__eq__, str.__contains__):
        for field in FIELDS:
            free = [at for at, title in enumerate(titles) if title and at not in found.values()]
            each = (at for name in names[field] for at in free if fits(titles[at], fold_name(name)))
            chosen = next(each, None) if field not in found else None
            if chosen is not None:
                found[field] = chosen
    return found


def digest_of(header: Sequence[str]) -> str:
    """What is equal for equal headers."""
    return "intake\n" + "\n".join(fold_name(title) for title in header)
