"""The evidence in words: what workbook and document show alike."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.broadcasts.audience import Audience, gone_id
from bot.broadcasts.life import CORRECTION
from bot.services.broadcasts.evidence.collected import Evidence, Hand, Line, Told
from bot.services.notices.words import wording
from bot.services.office import Office

COLUMNS = ("number", "name", "state", "channel", "sent", "delivered", "acked", "more")
SHARES = (0.06, 0.11, 0.1, 0.11, 0.14, 0.14, 0.14, 0.2)
"""Of the document's width."""


def title(office: Office, found: Evidence) -> str:
    """What the file is called; a bulletin by its number of the year."""
    return office.say("evidence.title", number=_number(office, found))


def facts(office: Office, found: Evidence) -> list[tuple[str, str]]:
    """(what, how it was), one for each line."""
    row = found.row
    return [(office.say(f"evidence.fact.{name}"), said) for name, said in (
        ("number", _number(office, found)),
        ("kind", office.say(f"evidence.kind.{row.kind}")),
        ("title", row.title),
        ("body", row.body),
        *_meeting(office, found),
        ("digest", _digest(office, found)),
        ("template", _template(office, found)),
        ("author", found.author or office.say("evidence.deleted")),
        ("created", _at(office, row.created_at)),
        ("audience", audience(office, Audience.of(row.audience))),
        ("frozen", office.say("evidence.frozen", number=found.counts.recipients, at=_at(office, row.approved_at))),
        ("send_at", _at(office, row.send_at) or office.say("evidence.at_once")),
        ("started", _at(office, row.started_at)),
        ("ended", _at(office, row.ended_at)),
        ("state", office.say(f"broadcast.state.{row.state}")),
        ("closed", _at(office, row.closed_at)),
    ) if said]  # fmt: skip


def sums(office: Office, found: Evidence) -> list[tuple[str, int]]:
    """(what, how many people)."""
    counts, sums = found.counts, found.sums
    known = [
        (office.say(f"evidence.sum.{name}"), getattr(counts, name))
        for name in ("recipients", "sent", "delivered", "waiting", "failed", "acked")
    ]
    known += [
        (office.say("evidence.sum.channel", channel=wording.way(office.texts, name)), number)
        for name, number in sorted(sums.channels.items())
    ]
    known += [(office.say(f"evidence.mass.{name}"), number) for name, number in found.mass.items()]
    known += [(_round(office, round_), number) for round_, number in sorted(sums.rounds.items())]
    return [*known, (office.say("evidence.sum.offline"), sums.offline)]


def decisions(office: Office, found: Evidence) -> tuple[list[str], list[list[str]]]:
    """Head and rows: who decided what of which version."""
    head = [office.say(f"evidence.decision.{name}") for name in ("name", "decision", "version", "digest", "at", "note")]
    rows = [
        [
            one.name or office.say("evidence.deleted"), office.say(f"evidence.decided.{one.decision}"),
            office.say("evidence.version", version=one.version), one.digest[:16], _at(office, one.at), one.note or "",
        ]
        for one in found.decisions
    ]  # fmt: skip
    return head, rows


def head(office: Office) -> list[str]:
    """Of the list of recipients."""
    return [office.say(f"evidence.column.{name}") for name in COLUMNS]


def people(office: Office, lines: Iterable[Line]) -> Iterator[list[str]]:
    """The rows of the list, one by one."""
    for number, line in enumerate(lines, 1):
        yield [
            str(number), line.name or office.say("evidence.deleted_number", number=line.person_id),
            office.say(f"evidence.state.{_state(line)}"), wording.way(office.texts, line.channel), _at(office, line.first.sent_at),
            _at(office, line.first.delivered_at), _at(office, line.acked_at), "；".join(_more(office, line)),
        ]  # fmt: skip


def audience(office: Office, meant: Audience) -> str:
    """The rule in words, as 党员；陈桥社区；不含第一支部."""
    roles = {english: chinese for chinese, english in office.texts.sentences["broadcast"]["roles"].items()}
    names, without = ([_name(office, word) for word in words] for words in (meant.names, meant.exclude))
    parts = [[roles.get(role, role) for role in meant.role], meant.community, meant.branch, meant.grid, names]
    said = [office.say("evidence.and").join(part) for part in parts if part]
    if without:
        said.append(office.say("evidence.without", who=office.say("evidence.and").join(without)))
    return office.say("evidence.besides").join(said) or office.say("evidence.everybody")


def _name(office: Office, word: str) -> str:
    """A name; of somebody whose data were deleted the number."""
    number = gone_id(word)
    return word if number is None else office.say("evidence.deleted_number", number=number)


def _number(office: Office, found: Evidence) -> str:
    row = found.row
    if row.number is not None:
        return office.say("evidence.bulletin", year=row.year, number=row.number)
    return office.say("evidence.numbered", number=row.id)


def _meeting(office: Office, found: Evidence) -> list[tuple[str, str]]:
    details = found.row.details or {}
    times = [
        (name, _at(office, datetime.fromisoformat(details[name]))) for name in ("at", "until") if details.get(name)
    ]
    return [*times, *((name, details[name]) for name in ("place",) if details.get(name))]


def _digest(office: Office, found: Evidence) -> str:
    return office.say("evidence.unchanged" if found.is_unchanged else "evidence.changed", digest=found.row.digest)


def _template(office: Office, found: Evidence) -> str:
    row = found.row
    if row.template is None:
        return office.say("evidence.free")
    known = office.templates.by_key.get(row.template)
    digest = office.templates.digests.get(row.template, {}).get(row.template_version or 0, "")
    name = known.name if known is not None else row.template
    return office.say("evidence.template", name=name, version=row.template_version, digest=digest[:16])


def _state(line: Line) -> str:
    if line.acked_at is not None:
        return "acked"
    if line.offline_at is not None:
        return "offline"
    rounds = [line.first, *line.reminders]
    if any(one.state == "delivered" for one in rounds):
        return "delivered"
    if any(one.reached for one in rounds):
        return "sent"
    return "failed" if line.first.state == "failed" else "waiting"


def _more(office: Office, line: Line) -> Iterator[str]:
    """What else is to be said of the person."""
    if not line.first.reached and line.first.reason:
        yield wording.why(office.texts, line.first.reason)
    if line.first.in_digest and line.first.reached:
        yield office.say("evidence.in_digest")
    for one in line.later:
        yield _later(office, one)
    if line.offline_at is not None:
        how = office.say(f"evidence.offline.{line.offline_how}")
        yield office.say(
            "evidence.offline_said", how=how, by=_by(office, line.offline_by), at=_at(office, line.offline_at)
        )
    if line.coming is not None:
        yield office.say("evidence.coming" if line.coming else "evidence.excused")
    if line.signed_in_at is not None:
        at, by = _at(office, line.signed_in_at), line.signed_in_by
        by_hand = office.say("evidence.signed_in_by", by=_by(office, by)) if by is not None else ""
        yield office.say("evidence.signed_in", at=at) + by_hand


def _by(office: Office, hand: Hand | None) -> str:
    """Who recorded it by hand; a number where that person's data were deleted."""
    if hand is None:
        return office.say("evidence.deleted")
    return hand.name or office.say("evidence.deleted_number", number=hand.person_id)


def _later(office: Office, told: Told) -> str:
    round_ = _round(office, told.round)
    if told.reached:
        return office.say(
            "evidence.told", round=round_, at=_at(office, told.sent_at), channel=wording.way(office.texts, told.channel)
        )
    reason = wording.why(office.texts, told.reason) if told.reason else office.say("evidence.not_yet")
    return office.say("evidence.not_told", round=round_, reason=reason)


def _round(office: Office, round_: int) -> str:
    return office.say("evidence.correction") if round_ == CORRECTION else office.say("evidence.round", number=round_)


def _at(office: Office, moment: datetime | None) -> str:
    return f"{moment.astimezone(office.calendar.zone):%Y-%m-%d %H:%M}" if moment is not None else ""
