"""Whom an order can be given to: volunteers are ranked and invited, staff are assigned."""

from collections.abc import Sequence

from bot.dialogue.order import Found
from bot.orders import matching
from bot.orders.order import Order
from bot.orders.restricted import stays_inside
from bot.services.office import Office
from bot.services.orders.recipients import staff_of
from bot.store import orders, people
from bot.store.database import Tx
from bot.store.rows import Volunteer
from bot.understanding.categories import UNKNOWN

ASSIGNED_ROLES = frozenset({"staff", "grid", "mediator", "admin"})
OFFERED = frozenset({"Y", "P"})
SHOWN = 3


def volunteers_allowed(office: Office, order: Order) -> bool:
    """Whether the order may be offered to volunteers or opened for claiming: Y and P of the catalogue.
    What nobody has categorised yet is for staff to decide."""
    offered = order.category == UNKNOWN or office.reader.category(order.category).volunteer in OFFERED
    return offered and may_be_invited(office, order)


def may_be_invited(office: Office, order: Order) -> bool:
    """Whether a volunteer whom staff choose by name may be invited: everything but X of the catalogue, danger to life,
    and the emergency and restricted lanes."""
    if stays_inside(order):
        return False
    return office.reader.category(order.category).volunteer != "X"


def best(office: Office, tx: Tx, order: Order) -> list[Found]:
    """The three best volunteers, each with the reason; staff where volunteers are not for this."""
    if not volunteers_allowed(office, order):
        reason = office.texts.say("found.staff")
        return [Found(p, people.by_id(tx, p).name or "", False, reason) for p in staff_of(tx, order)[:SHOWN]]
    skills = office.limits.skills_for(order.category)
    needs = matching.OrderNeeds(order.community, order.grid, order.category, skills)
    ranked = matching.rank(needs, _volunteers(tx, order), office.limits.claims_per_member)
    return [
        Found(m.candidate.person_id, m.candidate.name, True, matching.explain(m, office.texts)) for m in ranked[:SHOWN]
    ]


def _volunteers(tx: Tx, order: Order) -> list[matching.Candidate]:
    """Every bound member but the resident himself; one may hold roles in several communities."""
    declined = orders.declined_by(tx, order.id)
    by_person: dict[int, list[Volunteer]] = {}
    for row in people.members(tx):
        if row.id != order.person_id and row.openid is not None:
            by_person.setdefault(row.id, []).append(row)
    return [
        matching.Candidate(
            person_id=person_id, name=rows[0].name, communities=frozenset(r.community for r in rows if r.community),
            grids=frozenset(r.grid for r in rows if r.grid), skills=frozenset(s for r in rows for s in r.skills),
            resting=rows[0].resting, open_orders=rows[0].in_hand, last_asked_at=rows[0].last_asked_at,
            declined_this=person_id in declined,
        )
        for person_id, rows in by_person.items()
    ]  # fmt: skip


def named(office: Office, tx: Tx, name: str) -> Sequence[Found]:
    """Who bears this name. Who works for the office is assigned, also when a volunteer besides."""
    found: dict[int, Found] = {}
    for row in people.named(tx, name):
        volunteer = row.role == "member"
        if (not volunteer and row.role not in ASSIGNED_ROLES) or (volunteer and row.id in found):
            continue
        say = office.texts.say
        reason = say("found.member", community=row.community or "") if volunteer else say("found.staff")
        found[row.id] = Found(row.id, row.name, volunteer, reason, row.resting)
    return list(found.values())
