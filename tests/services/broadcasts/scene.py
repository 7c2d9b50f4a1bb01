"""An office with an author, approvers and members, and short ways to write, approve and send a broadcast."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from bot.broadcasts.audience import Audience
from bot.broadcasts.life import State
from bot.broadcasts.written import Written
from bot.services.broadcasts import report
from bot.services.broadcasts.drafts import approving, writing
from bot.services.broadcasts.times import hours
from bot.services.office import Office
from bot.store.broadcasts import written as store
from bot.store.persons.people import NEW_PERSON
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.sending.notice_queue import claim
from bot.store.sending.notice_reports import Report, record
from bot.store.tables import notices, persons, roles
from tests.services import alone

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # a Monday noon in Shanghai
HERE = "陈桥社区"
DAY = timedelta(days=1)


@dataclass
class Scene:
    """One office. `author` is staff; `chief` and `other` may approve."""

    office: Office
    author: int = field(init=False)
    chief: int = field(init=False)
    other: int = field(init=False)

    def __post_init__(self) -> None:
        (self.author,) = self.people(["甲"], "staff", community=HERE)
        self.chief, self.other = *self.people(["钱主任"], "admin"), *self.people(["周纪检"], "discipline")

    def people(self, names: Sequence[str], role: str, **where: Any) -> list[int]:
        """Persons of these names with one role each; their ids."""
        with self.office.db.transaction() as tx:
            rows = [{**NEW_PERSON, "name": name, "openid": f"o{name}", "created_at": NOW} for name in names]
            tx.run(insert(persons), rows)
            found = select(persons.c.id).where(persons.c.name.in_(names)).order_by(persons.c.id)
            ids = [row.id for row in tx.all(found)]
            tx.run(insert(roles), [{"person_id": i, "role": role, "skills": [], **where} for i in ids])
        return ids

    def members(self, count: int, **where: Any) -> list[int]:
        return self.people([f"党员{n}" for n in range(count)], "member", **{"community": HERE, **where})

    def write(self, kind: str = "reminder", at: datetime = NOW, **changes: Any) -> int:
        """A broadcast to the members of one community, which waits for review: one approval is enough."""
        return writing.create(self.office, self.author, replace(WRITTEN, kind=kind, **changes), at)

    def started(self, kind: str = "reminder", at: datetime = NOW, **changes: Any) -> int:
        """One that was approved."""
        number = self.write(kind, at, **changes)
        approving.approve(self.office, number, self.chief, at)
        return number

    def sent(self, kind: str = "reminder", at: datetime = NOW, **changes: Any) -> int:
        """One that everybody was sent by a card."""
        number = self.started(kind, at, **changes)
        self.send(at)
        alone.release_all(self.office, at)
        return number

    def send(self, at: datetime, most: int = 1000, state: str = "sent", channel: str = "template") -> list[int]:
        """What a worker takes at this moment is sent; the persons."""
        with self.office.db.transaction() as tx:
            hours_open = hours(self.office.settings).is_open(at)
            found = [
                one.row for one in claim(tx, most, at, 30, hours_open=hours_open) if one.row.broadcast_id is not None
            ]
            made = [Attempt(at, channel, Outcome.TAKEN)] if state == "sent" else []
            taken = len(made)
            reports = [Report(row.id, row.person_id, state, taken, 0, None, None, made) for row in found]
            record(tx, reports, at)
        return [row.person_id for row in found]

    def row(self, number: int) -> Any:
        with self.office.db.reading() as tx:
            return store.by_id(tx, number)

    def state(self, number: int, at: datetime = NOW) -> State:
        with self.office.db.reading() as tx:
            return State(report.report(tx, number, at).state)

    def counts(self, number: int, at: datetime = NOW) -> Mapping[str, int]:
        """The public ones; their sum is checked."""
        with self.office.db.reading() as tx:
            found: dict[str, int] = report.report(tx, number, at).as_json()["counts"]
        assert found["recipients"] == found["sent"] + found["waiting"] + found["failed"]
        assert found["acked"] <= found["delivered"] <= found["sent"]
        return found

    def told(self, person_id: int, event: str) -> int:
        """How many notices of this event were written to the person and not taken back."""
        mine = (notices.c.person_id == person_id, notices.c.event == event, notices.c.state != "failed")
        with self.office.db.reading() as tx:
            return len(tx.all(select(notices.c.id).where(*mine)))

    def notices(self, number: int, *columns: Any) -> list[tuple[Any, ...]]:
        """These columns of the broadcast's notices, in the order in which they were written."""
        query = select(*columns).where(notices.c.broadcast_id == number).order_by(notices.c.id)
        with self.office.db.reading() as tx:
            return [tuple(row) for row in tx.all(query)]

    def approvers(self, number: int, at: datetime = NOW) -> list[str]:
        """Names of those whose approvals count."""
        with self.office.db.reading() as tx:
            return report.report(tx, number, at).approvers

    def lose_role(self, person_id: int) -> None:
        with self.office.db.transaction() as tx:
            tx.run(delete(roles).where(roles.c.person_id == person_id))

    def give_role(self, person_id: int, role: str) -> None:
        with self.office.db.transaction() as tx:
            tx.run(insert(roles).values(person_id=person_id, role=role, skills=[]))

    def change_person(self, person_id: int, **values: Any) -> None:
        with self.office.db.transaction() as tx:
            tx.run(update(persons).where(persons.c.id == person_id).values(**values))


WRITTEN = Written("reminder", "节前提醒", "廉洁过节，不收礼。", Audience(role=("member",), community=(HERE,)))
TO_ALL = Audience(role=("member",))
