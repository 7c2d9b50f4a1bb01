"""The calendar proposes: for each occasion that comes near a draft of its template, once a year. People do all the rest."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.broadcasts.audience import Audience
from bot.broadcasts.calendar import Due
from bot.broadcasts.life import State
from bot.broadcasts.templates import Template
from bot.broadcasts.written import Written
from bot.errors import NotAllowed
from bot.orders.rights import ADMIN, DISCIPLINE, STAFF
from bot.services.broadcasts.drafts import admitting
from bot.services.broadcasts.found import found
from bot.services.broadcasts.times import hours
from bot.services.office import Office
from bot.store.broadcasts import written
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sending import notices

EVENT = "broadcast_proposed"
WRITERS = (STAFF, ADMIN, DISCIPLINE)
"""The roles that write broadcasts."""
AT = time(9, 30)
"""When a proposed broadcast is sent, unless people choose another time."""


def propose(office: Office, now: datetime) -> Sequence[Due]:
    """A draft without an author for each occasion that is due and was not proposed yet; those who write broadcasts hear of them
    in one notice, within the hours. Those that are new. A second clock finds nothing to do."""
    due = office.occasions.due(now.astimezone(office.calendar.zone).date())
    if not due:
        return []
    with office.db.reading() as tx:
        due = [one for one in due if not written.is_proposed(tx, one.key)]
    if not due:
        return []
    with office.db.transaction() as tx:
        new = [one for one in due if _draft(office, tx, one, now)]
        if new:
            _tell(office, tx, new, now)
    return new


def take(tx: Tx, broadcast_id: int, person_id: int) -> None:
    """The person becomes the author of a proposed draft, and changes and submits it as any other. NotFound; NotAllowed for who
    does not write broadcasts, and where somebody else was first. Idempotent."""
    row = found(tx, broadcast_id, lock=True)
    if not people.rights_of(tx, person_id).holds(*WRITERS):
        raise NotAllowed("broadcast.not_writer")
    if row.author_id == person_id:
        return
    if row.author_id is not None:
        raise NotAllowed("broadcast.taken", number=row.id, name=people.by_id(tx, row.author_id).name)
    written.move(tx, row.id, State.DRAFT, author_id=person_id)


def _draft(office: Office, tx: Tx, due: Due, now: datetime) -> bool:
    """Whether it is there now and was not before."""
    template = office.templates.by_key[due.occasion.template]
    text = Written(
        template.kind, template.title, template.body, Audience(role=template.roles), _send_at(office, template, due, now),
        template=template.key, template_version=template.version, occasion=due.key,
    )  # fmt: skip
    needed = admitting.approvals_needed(office, tx, text.audience)
    return written.add_once(
        tx, state=State.DRAFT, author_id=None, created_at=now, occasion=due.key, is_demo=False, approvals_needed=needed,
        **text.columns(),
    )  # fmt: skip


def _send_at(office: Office, template: Template, due: Due, now: datetime) -> datetime | None:
    """On the last working day that is early enough; None where that is past."""
    day = due.day - timedelta(days=template.lead_days)
    while not office.calendar.is_workday(day):
        day -= timedelta(days=1)
    at = datetime.combine(day, AT, office.calendar.zone)
    return at.astimezone(now.tzinfo) if at > now else None


def _tell(office: Office, tx: Tx, new: Sequence[Due], now: datetime) -> None:
    names = [office.say("broadcast.proposed_one", name=one.occasion.name, day=one.day) for one in new]
    facts = {"title": office.say("broadcast.proposed"), "body": office.say("broadcast.proposed_and").join(names)}
    writers = people.with_role(tx, WRITERS)
    notices.write(tx, writers, EVENT, now=now, facts=facts, due_at=hours(office.settings).first_open(now))
