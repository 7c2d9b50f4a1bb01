"""Calls of other systems are on record: by which token, for which route, and how many items were read or why not. So is
what is done to broadcasts at the console.

A call that writes is recorded in the transaction of what it writes, so that neither is there without the other.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.services.office import Office
from bot.store import orders
from bot.store.database import Tx
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import API, CONSOLE, Entry


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the API: the token's name, the person whom it stands for, the route. Or an act at the console: without a
    token, and with what was done."""

    token: str
    person_id: int | None
    route: str
    act: Act = Act.API

    @property
    def source(self) -> str:
        """As the audit has it."""
        return f"{API}{self.token}" if self.act is Act.API else CONSOLE


def at_console(person_id: int, what: str) -> Call:
    """This act on a broadcast by somebody who is signed in."""
    return Call("", person_id, what, Act.BROADCAST)


def write(tx: Tx, call: Call | None, now: datetime, *, code: str | None = None, outcome: str | None = None) -> None:
    """One row for one call; nothing for what no call did. `code`: of the order it is about, where there is one;
    `outcome`: how many items, what was written, or that it was refused."""
    if call is None:
        return
    order = orders.by_code(tx, code) if code else None
    detail = call.route if outcome is None else f"{call.route} {outcome}"
    order_id, whose_id = (order.id, order.person_id) if order is not None else (None, None)
    audit.write(tx, now, Entry(call.act, call.source, call.person_id, whose_id, order_id, detail))


def record(office: Office, call: Call, code: str | None, outcome: str | None, now: datetime) -> None:
    """`write` in a transaction of its own: of a call that only reads, or was refused."""
    with office.db.transaction() as tx:
        write(tx, call, now, code=code, outcome=outcome)
