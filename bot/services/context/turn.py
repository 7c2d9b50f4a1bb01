"""One turn of a conversation: the transaction, the speaker and the time that all parts of a context share."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.dialogue.context import Me, Outcome
from bot.dialogue.session import Session
from bot.orders.order import Order
from bot.services.office import Office
from bot.services.orders.actors import Doer
from bot.store import exclusions
from bot.store.database import Tx
from bot.store.exclusions import Reader
from bot.store.records import audit
from bot.store.records.acts import Act
from bot.store.records.audit import Entry
from bot.store.rows import Person


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message, or one act at the console, stands in. `outcome` collects what it brings about besides its reply.
    `source`: from where, as the audit has it. `told_after`: as of `Doer`."""

    office: Office
    tx: Tx
    person: Person
    me: Me
    session: Session
    outcome: Outcome
    now: datetime
    is_asked: bool = False  # whether staff wait for an answer about an order of this person
    is_new: bool = False  # whether the person has never spoken before
    source: str = audit.CHAT
    told_after: timedelta = timedelta()

    @property
    def doer(self) -> Doer:
        """The speaker as the one who acts."""
        name = self.me.name or self.office.texts.say("order.resident")
        return Doer(self.me.id, name, self.me.rights, self.source, self.told_after)

    @property
    def reader(self) -> Reader:
        """The speaker as the one who reads lists."""
        return exclusions.reader(self.tx, self.me.id, self.me.rights)

    def record(self, act: Act, order: Order) -> None:
        """The speaker's act on this order goes on record."""
        audit.write(self.tx, self.now, Entry(act, self.source, self.me.id, order.person_id, order.id))

    def say(self, key: str, **facts: object) -> str:
        """As `Office.say`, or `say_on_page` where it is read on a page."""
        said = self.office.say if self.source == audit.CHAT else self.office.say_on_page
        return said(key, **facts)

    def local(self, at: datetime) -> datetime:
        """The same moment in the office's time zone."""
        return at.astimezone(self.office.calendar.zone)

    def midnight(self) -> datetime:
        """When this day began in the office's time zone."""
        return datetime.combine(self.local(self.now).date(), time(), self.office.calendar.zone)
