"""Counts of the work, by community and never by person. See `bot.dialogue.interface.ports.orders.Figures`."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.dialogue.interface.report import Measure, Period, Report
from bot.dialogue.interface.work import Listed
from bot.services.context.turn import Turn
from bot.store.reads import work_figures, work_lists

Days = tuple[date, date | None]  # the first day, and the first after the end; None: it goes on


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of the communities that the speaker answers for."""

    turn: Turn

    def report(self, period: Period) -> Report:
        """The measures of a period that began at a midnight of the office's time zone."""
        turn, scope = self.turn, self.turn.me.rights.scope()
        first, after = PERIODS[period](turn.local(turn.now).date())
        since = self._midnight(first)
        until = turn.now if after is None else self._midnight(after)
        rows = work_figures.by_community(turn.tx, scope, since, until + timedelta(microseconds=after is None), turn.now)
        found: defaultdict[str | None, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for row in rows:
            known = found[row.community]
            known[row.kind] += row.number
            for name in ("measured", "satisfied", "late", "seconds"):
                known[name] += getattr(row, name) or 0
        ours = turn.office.reader.communities()
        names = [*ours, *sorted(name for name in found if name is not None and name not in ours)]
        shown = [name for name in names if scope is None or name in scope]
        measures = [_measure(name, found[name]) for name in shown]
        if scope is None and None in found:
            measures.append(_measure(None, found[None]))
        return Report(turn.local(since), turn.local(until), after is None, measures, self._stuck())

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.turn.office.calendar.zone)

    def _stuck(self) -> list[Listed]:
        scope = self.turn.me.rights.scope()
        rows = work_lists.stuck(
            self.turn.tx, None if scope is None else {*scope, None}, self.turn.reader, self.turn.now
        )
        return [Listed(row, row.handler_name, None) for row in rows]


def _measure(community: str | None, known: Mapping[str, float]) -> Measure:
    closed = int(known.get("closed", 0))
    return Measure(
        community=community, received=int(known.get("received", 0)), closed=closed, open=int(known.get("open", 0)),
        overdue=int(known.get("late", 0)), measured=int(known.get("measured", 0)),
        satisfied=int(known.get("satisfied", 0)), hours=known.get("seconds", 0) / 3600 / closed if closed else None,
    )  # fmt: skip


def _last_month(today: date) -> Days:
    first = today.replace(day=1)
    return (first - timedelta(days=1)).replace(day=1), first


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


PERIODS: Mapping[Period, Callable[[date], Days]] = {
    "today": lambda today: (today, None),
    "yesterday": lambda today: (today - timedelta(days=1), today),
    "week": lambda today: (_monday(today), None),
    "last_week": lambda today: (_monday(today) - timedelta(days=7), _monday(today)),
    "month": lambda today: (today.replace(day=1), None),
    "last_month": _last_month,
    "year": lambda today: (today.replace(month=1, day=1), None),
}
