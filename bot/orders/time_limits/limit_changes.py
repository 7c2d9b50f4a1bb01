"""Which of the office's limits may be changed while the service runs, in which bounds, and the limits so changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.errors import NotUnderstood
from bot.orders.time_limits.limits import Limits, Span


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number's unit, and the least and the greatest that it may be. `is_fixed`: set by law, only shown."""

    unit: str
    least: int
    most: int
    is_fixed: bool = False


PLAIN: Mapping[str, Bounds] = {
    "question_minutes": Bounds("minutes", 1, 120),
    "belongs_minutes": Bounds("minutes", 1, 240),
    "claims_per_member": Bounds("orders", 1, 20),
    "bind_days": Bounds("days", 1, 90),
    "warn_share": Bounds("percent", 10, 95),
    "warn_share_accepted": Bounds("percent", 10, 95),
    "nudge_days": Bounds("days", 1, 30),
    "ask_again_days": Bounds("days", 1, 30),
    "call_days": Bounds("days", 1, 60),
    "no_reply_days": Bounds("days", 2, 90),
    "returns_max": Bounds("times", 1, 10),
    "rework_max": Bounds("times", 1, 10),
    "same_days": Bounds("days", 1, 180),
    "repeated_days": Bounds("days", 7, 365),
    "repeated_least": Bounds("times", 2, 50),
    "repeated_shown": Bounds("items", 1, 50),
    "petition_days": Bounds("days", 15, 15, is_fixed=True),
    "petition_warn_days": Bounds("days", 1, 14),
}
SPANS: Mapping[str, Bounds] = {
    "minutes": Bounds("minutes", 1, 120),
    "hours": Bounds("hours", 1, 240),
    "days": Bounds("days", 1, 90),
    "working_days": Bounds("working_days", 1, 60),
}
"""Of the limit of a matter or a step, by its unit, which stays as it is in the file."""
SHARES = frozenset({"warn_share", "warn_share_accepted"})
RISING = (("ask_again_days", "call_days", "no_reply_days"), ("petition_warn_days", "petition_days"))
"""Each must be smaller than the one behind it."""


def numbers(limits: Limits) -> dict[str, int]:
    """Every number by its name, as `claims_per_member`, `matter.S2` or `step.offered.U1`; shares in percent."""
    plain = {name: getattr(limits, name) for name in PLAIN}
    shares = {name: round(plain[name] * 100) for name in SHARES}
    return {**plain, **shares} | {name: next(iter(span.values())) for name, span in _spans(limits).items()}


def bounds(limits: Limits) -> dict[str, Bounds]:
    """The bounds of every number of `numbers`."""
    return {**PLAIN, **{name: SPANS[next(iter(span))] for name, span in _spans(limits).items()}}


def changed(limits: Limits, given: Mapping[str, int]) -> Limits:
    """The limits with these numbers. NotUnderstood where a name is unknown or fixed, a number out of its bounds, or two
    do not fit together."""
    known = bounds(limits)
    for name, number in given.items():
        bound = known.get(name)
        if bound is None or bound.is_fixed or type(number) is not int or not bound.least <= number <= bound.most:
            raise NotUnderstood("console_settings.bad.limits", name=name)
    made = replace(
        limits,
        matter={sla: _with(span, given.get(f"matter.{sla}")) for sla, span in limits.matter.items()},
        step={
            state: {urgency: _with(span, given.get(f"step.{state}.{urgency}")) for urgency, span in spans.items()}
            for state, spans in limits.step.items()
        },
        **{name: number / 100 if name in SHARES else number for name, number in given.items() if name in PLAIN},  # type: ignore[arg-type]
    )
    for names in RISING:
        if any(getattr(made, one) >= getattr(made, other) for one, other in pairwise(names)):
            raise NotUnderstood(f"console_settings.bad.rising.{names[0]}")
    return made


def _spans(limits: Limits) -> dict[str, Span]:
    matters = {f"matter.{sla}": span for sla, span in limits.matter.items()}
    steps = {f"step.{state}.{urgency}": span for state, spans in limits.step.items() for urgency, span in spans.items()}
    return matters | steps


def _with(span: Span, number: int | None) -> Span:
    return span if number is None else {next(iter(span)): number}
