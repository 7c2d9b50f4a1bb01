"""Composes the context of one message from its parts."""

from bot.dialogue.context import Context
from bot.services.context.answers import Answers
from bot.services.context.broadcasts import Broadcasts
from bot.services.context.deletion import Deletion
from bot.services.context.orders.account import Account
from bot.services.context.orders.actions import Actions
from bot.services.context.orders.alike_orders import AlikeOrders
from bot.services.context.orders.corrections import Corrections
from bot.services.context.orders.orders import Orders
from bot.services.context.orders.people import People
from bot.services.context.orders.wording import Wording
from bot.services.context.petitions import Petitions
from bot.services.context.reader import Reader
from bot.services.context.received import Received
from bot.services.context.restricted import Restricted
from bot.services.context.turn import Turn
from bot.services.context.waiting import Waiting
from bot.services.context.work.figures import Figures
from bot.services.context.work.lists import Lists
from bot.understanding import Understanding


def compose(turn: Turn, meant: Understanding) -> Context:
    """The context in which the dialogue answers what is said in this turn."""
    restricted, alike, actions = Restricted(turn), AlikeOrders(turn), Actions(turn)
    return Context(
        me=turn.me, now=turn.now, session=turn.session, meant=meant, outcome=turn.outcome, say=turn.say,
        reader=Reader(turn), orders=Orders(turn, restricted, alike), lists=Lists(turn, alike), figures=Figures(turn),
        waiting=Waiting(turn), alike=alike, wording=Wording(turn),
        actions=actions, corrections=Corrections(turn, actions), petitions=Petitions(turn), restricted=restricted, people=People(turn),
        account=Account(turn), deletion=Deletion(turn), answers=Answers(turn), broadcasts=Broadcasts(turn),
        received=Received(turn),
    )  # fmt: skip
