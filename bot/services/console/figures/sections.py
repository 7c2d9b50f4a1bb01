"""The figures as tables with their charts, in the office's words: what page, workbook and report all show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.services.console.figures.counted import Figures, Trend
from bot.services.console.figures.periods import OWN, PERIODS
from bot.services.office import Office
from bot.services.reports.figures import few

NUMBERS = ("received", "closed", "open", "overdue")
SHARES = ("accepted_in_time", "responded", "solved", "satisfied", "answered")
HOURS = ("median_hours", "p90_hours")
COUNTS = ("reopened", "unclaimed")
CHARTED = 15  # bars of a chart; the table holds all

Cell = str | int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: its length, and the number as it is written. A length of 0 has no bar."""

    label: str
    length: float
    shown: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Two series over time, with the name of each and of each place."""

    labels: Sequence[str]
    names: tuple[str, str]
    received: Sequence[int]
    closed: Sequence[int]

    @property
    def top(self) -> int:
        """The largest number, at least 1."""
        return max([1, *self.received, *self.closed])


@dataclass(frozen=True, slots=True)
class Section:
    """A table whose first column names each row, and its chart: bars, lines or none. `note`: how to read it."""

    key: str
    title: str
    note: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    bars: Sequence[Bar] = ()
    lines: Lines | None = None
    whole: float = 0.0
    """What a bar over the whole width stands for; 0: the longest one has it."""

    @property
    def top(self) -> float:
        """The same, never 0."""
        return self.whole or max((bar.length for bar in self.bars), default=0) or 1


def title(office: Office, found: Figures) -> str:
    """The report's name: whose, and of what kind of period."""
    known = found.span.name if found.span.name in PERIODS else OWN
    whose = found.community or ""
    return office.say(
        "console_figures.report.title", office=office.say("console_figures.office"), community=whose,
        kind=office.say(f"console_figures.report.kind.{known}"),
    )  # fmt: skip


def period(office: Office, found: Figures) -> str:
    """The days of the period in words; whether it is not over yet."""
    until = found.at.astimezone(office.calendar.zone).date()
    key = "period" if found.span.last < until else "period_now"
    return office.say(f"console_figures.{key}", first=found.span.first, last=min(found.span.last, until))


def sections(office: Office, found: Figures) -> list[Section]:
    """All that there is to show, in this order."""
    measures = found.measures
    made = [
        _measures(office, measures),
        _communities(office, found),
        _trend(office, found.trend),
        _breakdown(office, "outcomes", measures["outcomes"], _names(office, "outcome", measures["outcomes"])),
        _breakdown(office, "states", measures["by_state"], _names(office, "state", measures["by_state"])),
        _breakdown(office, "categories", measures["by_category"], _categories(office, measures["by_category"])),
        _faults(office, found),
    ]
    return [each for each in made if each is not None]


def percent(share: float | None) -> str:
    """A share as people read it; a dash where nothing was asked."""
    return "—" if share is None else f"{share * 100:.1f}%"


def _measures(office: Office, measures: Mapping[str, Any]) -> Section:
    rows: list[list[Cell]] = []
    for name in (*NUMBERS, *SHARES, *HOURS, *COUNTS):
        value = measures[name]
        shown = percent(value) if name in SHARES else _hours(value) if name in HOURS else value
        rows.append([_say(office, f"measure.{name}"), shown, _say(office, f"meaning.{name}")])
    bars = [Bar(_say(office, f"measure.{name}"), measures[name] or 0, percent(measures[name])) for name in SHARES]
    return _section(office, "measures", _head(office, "measure", "value", "meaning"), rows, bars, whole=1.0)


def _hours(value: float | None) -> str:
    return "—" if value is None else f"{value:g}"


def _communities(office: Office, found: Figures) -> Section | None:
    """Side by side, for the whole office alone, in the order of the office's own list."""
    if not found.communities:
        return None
    unknown = _say(office, "unknown_community")
    rows: list[list[Cell]] = [
        [each.community or unknown, *(few(getattr(each, name)) for name in NUMBERS), percent(each.satisfied)]
        for each in found.communities
    ]
    received = [(each.community or unknown, few(each.received)) for each in found.communities]
    bars = [Bar(name, _length(number), str(number)) for name, number in received]
    head = [_say(office, "head.community"), *(_say(office, f"measure.{name}") for name in (*NUMBERS, "satisfied"))]
    return _section(office, "communities", head, rows, bars)


def _trend(office: Office, trend: Trend) -> Section:
    key = "day" if len({day.year for day in trend.days}) < 2 else "day_year"
    labels = [office.say(f"console_figures.{key}", day=day) for day in trend.days]
    rows: list[list[Cell]] = [list(row) for row in zip(labels, trend.received, trend.closed, strict=True)]
    names = (_say(office, "measure.received"), _say(office, "measure.closed"))
    head = [_say(office, "head.week" if trend.weekly else "head.day"), *names]
    lines = Lines(labels, names, trend.received, trend.closed) if labels else None
    return _section(office, "trend", head, rows, lines=lines)


def _breakdown(office: Office, key: str, numbers: Mapping[str, int | str], names: Mapping[str, str]) -> Section:
    """The largest number first, what is not told last."""
    order = sorted(numbers, key=lambda name: (-_length(numbers[name]), name))
    rows: list[list[Cell]] = [[names[name], numbers[name]] for name in order]
    bars = [Bar(names[name], _length(numbers[name]), str(numbers[name])) for name in order[:CHARTED]]
    return _section(office, key, _head(office, key, "number"), rows, bars)


def _faults(office: Office, found: Figures) -> Section:
    rows: list[list[Cell]] = [[each.place, each.category, each.number] for each in found.faults]
    bars = [
        Bar(f"{each.place} {each.category}", _length(each.number), str(each.number)) for each in found.faults[:CHARTED]
    ]
    head = _head(office, "place", "categories", "number")
    return _section(office, "faults", head, rows, bars, days=found.fault_days)


def _section(
    office: Office, key: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], bars: Sequence[Bar] = (),
    lines: Lines | None = None, whole: float = 0.0, **facts: object,
) -> Section:  # fmt: skip
    note = office.say(f"console_figures.note.{key}", **facts)
    return Section(key, _say(office, f"section.{key}"), note, head, rows, bars, lines, whole)


def _names(office: Office, group: str, names: Mapping[str, object]) -> dict[str, str]:
    keys = {name: f"console_figures.{group}.{name}" for name in names}
    return {name: office.say(key) if office.texts.has(key) else name for name, key in keys.items()}


def _categories(office: Office, codes: Mapping[str, object]) -> dict[str, str]:
    """By code; a code that the catalogue has no longer stands for itself."""
    known = office.reader.categories
    return {code: f"{known[code].level1} · {known[code].level2}" if code in known else code for code in codes}


def _length(number: int | str) -> int:
    return number if isinstance(number, int) else 0


def _head(office: Office, *names: str) -> list[str]:
    return [_say(office, f"head.{name}") for name in names]


def _say(office: Office, key: str) -> str:
    return office.say(f"console_figures.{key}")
