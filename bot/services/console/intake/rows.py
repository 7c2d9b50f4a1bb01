"""A row of a file as a matter: what each cell means, and why it cannot be taken in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.services import intake
from bot.services.console.intake import entered
from bot.services.console.intake.due import due_of
from bot.services.console.intake.entered import Entered, quoted
from bot.services.console.intake.table import FIELDS, Table
from bot.services.console.seat import Seat
from bot.services.intake import Matter
from bot.services.office import Office
from bot.services.roster.cells import HIDDEN, WRONG
from bot.store.console.mappings import Columns
from bot.understanding.normalize import fold_name


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: in the file. `matter`: None where the row is bad; `reasons` say why."""

    number: int
    entered: Entered
    matter: Matter | None
    reasons: Sequence[str] = ()


def checked(
    office: Office, seat: Seat, table: Table, columns: Columns, key: str, now: datetime, start: int = 0
) -> Iterator[Row]:  # fmt: skip
    """Each row of the file from the `start`-th on. `key`: of the file, so that a row without a number is not taken in twice."""
    places = {fold_name(name): name for name in office.reader.communities()}
    seen: dict[str, int] = {}
    for at, (number, cells) in enumerate(table.rows):
        fields = _fields(cells, columns)
        typed = _typed(fields).number
        if at < start:
            seen.setdefault(typed, number)
            continue
        row = _row(office, seat, number, fields, places, key, now)
        if typed and typed in seen and row.matter is not None:
            said = office.say("console_intake.bad.twice", other=seen[typed])
            row = replace(row, matter=None, reasons=[said])
        seen.setdefault(typed, number)
        yield row


def _fields(cells: Sequence[str], columns: Columns) -> dict[str, str]:
    """The cells by what they mean, with their marks; the mark of a hidden row under an empty name."""
    hidden = bool(cells) and cells[0].startswith(HIDDEN)
    plain = [cell.removeprefix(HIDDEN) for cell in cells]
    found = {name: plain[at] for name, at in columns.items() if name in FIELDS and at < len(plain)}
    return {**found, "": HIDDEN} if hidden else found


def _row(
    office: Office, seat: Seat, number: int, cells: Mapping[str, str], places: Mapping[str, str], key: str, now: datetime
) -> Row:  # fmt: skip
    reasons = [office.say("console_intake.bad.hidden")] if "" in cells else []
    for name, cell in cells.items():
        if cell.startswith(WRONG) and name != "due":
            field = office.say(f"console_intake.field.{name}")
            reasons.append(office.say("console_intake.bad.cell", field=field, value=quoted(cell.removeprefix(WRONG))))
    typed = _typed(cells)
    typed = replace(typed, community=_community(office, typed.community, places))
    due_at, said = due_of(office, typed.due, now)
    reasons += [said] if said else []
    if not reasons:
        reasons += entered.faults(office, seat, typed).values()
    if reasons:
        return Row(number, typed, None, reasons)
    external = typed.number or f"{key}:{number}"
    given = entered.matter(typed, system=intake.FILES, source=intake.HOTLINE, external_id=external, due_at=due_at)
    return Row(number, typed, given)


def _typed(cells: Mapping[str, str]) -> Entered:
    return entered.tidied({name: cell.replace(WRONG, "") for name, cell in cells.items() if name})


def _community(office: Office, typed: str, places: Mapping[str, str]) -> str:
    """The office's own name for it; as it was typed where there is none."""
    return places.get(fold_name(typed)) or office.readings.find_place(typed).community or typed
