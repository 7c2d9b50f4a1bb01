"""情况: what came in, is open, late, closed and found satisfactory; by community for administrators, never by person."""

from bot.dialogue.context import Context
from bot.dialogue.interface.report import Measure, Period, Report
from bot.dialogue.staff import lists
from bot.dialogue.staff.words import said
from bot.errors import NotUnderstood

SMALL = 5  # a smaller number in a break-down could point at a person (as in `bot.services.reports.figures`)


def figures(context: Context, code: str | None, rest: str) -> str:
    """情况, 情况 本周, 情况 本月."""
    period = said.period(context, "".join(rest.split())) if rest.strip() else "today"
    if period is None:
        raise NotUnderstood("figures.which")
    return shown(context, period)


def natural(context: Context) -> str | None:
    """今天办结多少, 这个月办了多少; 哪个社区办得慢 by community, never by person."""
    if not context.me.rights.decides:
        return None
    if said.is_about(context, "compare"):
        return _compared(context, said.period(context, said.words(context)) or "month")
    if said.is_about(context, "shares"):
        return shown(context, said.period(context, said.words(context)) or "month")
    if said.is_about(context, "figures"):
        return shown(context, said.period(context, said.words(context)) or "today")
    return None


def of_person(context: Context) -> str | None:
    """张敏手上有几单: there are no figures by person."""
    found = said.found(context, "of_person")
    if found is None or any(said.words(context).startswith(name) for name in _places(context)):
        return None
    return context.say("figures.of_nobody") if said.is_about(context, "of_person") else None


def _places(context: Context) -> list[str]:
    """The communities, with and without the last word of their names."""
    names, end = context.reader.communities(), context.reader.work_words()["community"]
    return [*names, *(name.removesuffix(end) for name in names)]


def shown(context: Context, period: Period) -> str:
    """The measures of the period, emergencies that wait too long before them."""
    report = context.figures.report(period)
    by_place = _is_for_all(context)
    parts = [*_stuck(context, report), _head(context, period, report, by_place=by_place)]
    parts.append(_whole(context, report, _together(report)))
    if by_place:
        parts += [_part(context, report, each) for each in report.by_community]
        parts.append(context.say("figures.small", number=SMALL))
    return "\n".join(parts)


def _compared(context: Context, period: Period) -> str:
    """How long each community takes on average and how much is late there."""
    report = context.figures.report(period)
    lines = [_time(context, report, each) for each in report.by_community]
    head = _head(context, period, report, by_place=_is_for_all(context))
    note = context.say("figures.no_rank" if _is_for_all(context) else "figures.own_only", number=SMALL)
    return "\n".join([head, *lines, note])


def _is_for_all(context: Context) -> bool:
    return context.me.rights.scope() is None


def _stuck(context: Context, report: Report) -> list[str]:
    if not report.stuck:
        return []
    return [context.say("figures.stuck", number=len(report.stuck)), *(lists.line(context, o) for o in report.stuck)]


def _head(context: Context, period: Period, report: Report, *, by_place: bool) -> str:
    where = context.say("figures.everywhere") if by_place else "、".join(_name(context, m) for m in report.by_community)
    key = "figures.day" if period in ("today", "yesterday") else "figures.days"
    name = context.say(f"figures.period.{period}")
    return context.say(key, name=name, since=report.since, until=report.until, where=where)


def _name(context: Context, measure: Measure) -> str:
    return measure.community or context.say("figures.no_community")


def _together(report: Report) -> Measure:
    every = report.by_community

    def total(name: str) -> int:
        return sum(getattr(each, name) for each in every)

    return Measure(
        None, total("received"), total("closed"), total("open"), total("overdue"), total("measured"), total("satisfied"), None
    )  # fmt: skip


def _whole(context: Context, report: Report, measure: Measure) -> str:
    """All that the person answers for, in full."""
    facts = {"received": measure.received, "closed": measure.closed}
    lines = [context.say("figures.whole", **facts)]
    if report.is_running:
        lines.append(context.say("figures.now", open=measure.open, overdue=measure.overdue))
    if measure.measured:
        share = round(100 * measure.satisfied / measure.measured)
        lines.append(
            context.say("figures.satisfied", satisfied=measure.satisfied, measured=measure.measured, share=share)
        )
    else:
        lines.append(context.say("figures.unmeasured"))
    return "\n".join(lines)


def _part(context: Context, report: Report, measure: Measure) -> str:
    """One community among several: small numbers are not told."""
    facts = {name: _few(context, getattr(measure, name)) for name in ("received", "closed", "open", "overdue")}
    shown = context.say(
        "figures.part" if report.is_running else "figures.part_over", name=_name(context, measure), **facts
    )
    if measure.measured < SMALL:
        return shown
    return shown + context.say("figures.part_satisfied", share=round(100 * measure.satisfied / measure.measured))


def _time(context: Context, report: Report, measure: Measure) -> str:
    enough = measure.closed >= SMALL and measure.hours is not None
    spent = (
        context.say("figures.spent", days=round((measure.hours or 0) / 24, 1)) if enough else context.say("figures.few")
    )
    late = _few(context, measure.overdue)
    return context.say("figures.time", name=_name(context, measure), spent=spent, overdue=late)


def _few(context: Context, number: int) -> str:
    return context.say("figures.less", number=SMALL) if 0 < number < SMALL else str(number)
