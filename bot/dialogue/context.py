"""The context of one message: who speaks, what was meant, and the parts through which handlers ask and act."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from bot.dialogue.interface.ports.actions import Actions, Corrections, Petitions, Restricted
from bot.dialogue.interface.ports.broadcasts import Broadcasts, Received
from bot.dialogue.interface.ports.orders import AlikeOrders, Figures, Lists, Orders, Waiting, Wording
from bot.dialogue.interface.ports.people import Account, Deletion, People
from bot.dialogue.interface.ports.reading import Answers, Reader, Say
from bot.dialogue.session import Session
from bot.orders.order import Order
from bot.orders.rights import Rights
from bot.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Me:
    """Who is speaking."""

    id: int
    name: str | None
    rights: Rights

    @property
    def roles(self) -> frozenset[str]:
        """What the person is anywhere: it decides what one may say, never about which community."""
        return self.rights.roles


@dataclass(slots=True)
class Outcome:
    """What a message brought about besides its reply, for whoever handles the message as a whole."""

    bound_to: int | None = None  # the roster's person, whose the conversation is from now on
    set_aside: Order | None = None  # the order that words about another one became: danger, or what is restricted
    calm: bool = False  # whether words that sound like danger are known to be none
    told: Understanding | None = None  # the reading under which it was set aside
    at: str = ""  # the place of it that was taken from the order at hand
    sealed: Order | None = (
        None  # the restricted order that this message became, from whose people the rest of it is kept
    )
    answers: bool = False  # whether these few words answer something, so that they must be surer of danger
    taken: bool = False  # whether the danger or the restricted words of this message stand in an order of their own
    stands: bool = False  # whether words of it stand with an order, as what was done or why


@dataclass(slots=True)  # one is made for each message, and a frozen one takes three times as long
class Context:
    """One message's view of the service. Everything happens in the message's own transaction."""

    me: Me
    now: datetime
    session: Session
    meant: Understanding
    outcome: Outcome
    say: Say
    reader: Reader
    orders: Orders
    waiting: Waiting
    lists: Lists
    figures: Figures
    alike: AlikeOrders
    wording: Wording
    actions: Actions
    corrections: Corrections
    petitions: Petitions
    restricted: Restricted
    people: People
    account: Account
    deletion: Deletion
    answers: Answers
    broadcasts: Broadcasts
    received: Received

    def with_meaning(self, meant: Understanding) -> Self:
        """The same message, read in another way."""
        return replace(self, meant=meant)

    def reading_of(self, note: str) -> Understanding:
        """The reading of a note: the message's own where the note is the whole message."""
        return self.meant if note == self.meant.text else self.reader.read(note)

    def talk_about(self, order: Order) -> None:
        """Further messages belong to this order; while an alarm's question is open, to the alarm."""
        if self.session.is_alarmed and order.urgency != "U0":
            return
        self.session.belong_to(order.id, self.now)
