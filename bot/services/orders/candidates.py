"""Whom an order can be given to: volunteers are ranked and invited, staff are assigned."""

from collections.abc import Sequence

from bot.dialogue.interface.order import Found
from bot.orders import matching
from bot.orders.order import Order
from bot.orders.restricted import stays_inside
from bot.orders.rights import ADMIN, MEMBER, STAFF
from bot.services.office import Office
from bot.services.orders.recipients import staff_of
from bot.services.restricted import knowing
from bot.store import orders
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.rows import Named, Volunteer
from bot.understanding.categories import UNKNOWN
from bot.understanding.normalize import fold_name

ASSIGNED_ROLES = frozenset({STAFF, "grid", "mediator", ADMIN})
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
    by_person = {person: rows for person, rows in by_person.items() if knowing.may_know(tx, order, person)}
    return [
        matching.Candidate(
            person_id=person_id, name=rows[0].name, areas=frozenset((r.community, r.grid) for r in rows), skills=frozenset(s for r in rows for s in r.skills),
            resting=rows[0].resting, open_orders=rows[0].in_hand, last_asked_at=rows[0].last_asked_at,
            declined_this=person_id in declined,
        )
        for person_id, rows in by_person.items()
    ]  # fmt: skip


def named(office: Office, tx: Tx, order: Order, name: str) -> Sequence[Found]:
    """Who bears this name, as what they may be given this order: who answers for its community or works for the whole
    office is assigned; a member elsewhere of the office's people is invited like any other; other colleagues are assigned."""
    return _known(office, tx, order, people.named(tx, name))


def of_id(office: Office, tx: Tx, order: Order, person_id: int) -> Found | None:
    """As `named`, of one person; None where the order is not for that person."""
    rows = [row for row in people.with_names(tx) if row.id == person_id]
    return next(iter(_known(office, tx, order, rows)), None)


def containing(office: Office, tx: Tx, order: Order, part: str) -> Sequence[Found]:
    """As `named`, of all whose name holds these characters."""
    folded = fold_name(part)
    rows = [row for row in people.with_names(tx) if folded and folded in fold_name(row.name)]
    return _known(office, tx, order, rows)


def _known(office: Office, tx: Tx, order: Order, found: Sequence[Named]) -> Sequence[Found]:
    rows: dict[int, list[Named]] = {}
    for row in found:
        if row.role in ASSIGNED_ROLES or row.role == MEMBER:
            rows.setdefault(row.id, []).append(row)
    return [_found(office, order, held) for person, held in rows.items() if knowing.may_know(tx, order, person)]


def _found(office: Office, order: Order, held: Sequence[Named]) -> Found:
    say, row = office.texts.say, held[0]
    member = next((each for each in held if each.role == MEMBER), None)
    if member is None or any(_works_for(each, order) for each in held):
        return Found(row.id, row.name, False, say("found.staff"), row.resting)
    return Found(row.id, row.name, True, say("found.member", community=member.community or ""), row.resting)


def _works_for(row: Named, order: Order) -> bool:
    """Whether this row of the roster is work for the order's community."""
    if row.role not in ASSIGNED_ROLES:
        return False
    return row.community is None or order.community is None or row.community == order.community
