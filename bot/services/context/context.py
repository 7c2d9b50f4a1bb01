"""Composes the context of one message from its parts."""

from datetime import datetime

from bot.dialogue.context import Context, Me, Outcome
from bot.dialogue.session import Session
from bot.services.context.actions import Actions
from bot.services.context.answers import Answers
from bot.services.context.broadcasts import Broadcasts
from bot.services.context.deletion import Deletion
from bot.services.context.earlier import Earlier
from bot.services.context.orders import Orders
from bot.services.context.people import Account, People
from bot.services.context.petitions import Petitions
from bot.services.context.reader import Reader
from bot.services.context.restricted import Restricted
from bot.services.context.turn import Turn
from bot.services.context.waiting import Waiting
from bot.services.context.wording import Wording
from bot.services.context.work.figures import Figures
from bot.services.context.work.lists import Lists
from bot.services.office import Office
from bot.store.conversations import Conversation
from bot.store.database import Tx
from bot.understanding import Understanding


def compose(
    office: Office, tx: Tx, talk: Conversation, me: Me, session: Session, meant: Understanding, now: datetime
) -> Context:
    """The context in which the dialogue answers this message."""
    turn = Turn(office, tx, talk.person, me, session, Outcome(), now, talk.is_asked, talk.is_new)
    restricted, earlier = Restricted(turn), Earlier(turn)
    return Context(
        me=me, now=now, session=session, meant=meant, outcome=turn.outcome, say=turn.say,
        reader=Reader(turn), orders=Orders(turn, restricted, earlier), lists=Lists(turn, earlier), figures=Figures(turn),
        waiting=Waiting(turn), earlier=earlier, wording=Wording(turn),
        actions=Actions(turn), petitions=Petitions(turn), restricted=restricted, people=People(turn),
        account=Account(turn), deletion=Deletion(turn), answers=Answers(turn), broadcasts=Broadcasts(turn),
    )  # fmt: skip
