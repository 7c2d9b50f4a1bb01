"""What one can say: the explicit list from a command's English name to its handler."""

from collections.abc import Callable

from bot.dialogue import relay
from bot.dialogue.context import Context
from bot.dialogue.member import broadcasts, invitations, orders_in_hand, preferences, wishes
from bot.dialogue.resident import general, repeated, several
from bot.dialogue.resident.own import adding, progress, rating, satisfaction, withdrawing
from bot.dialogue.staff import (
    confirmations,
    dispatch,
    figures,
    lists,
    merging,
    petitions,
    restricted,
    settling,
    sign_in,
    splitting,
    taking_down,
    undo,
)
from bot.dialogue.staff.broadcasts import approving, running, stopping, writing

Handler = Callable[[Context, str | None, str], str]

HANDLERS: dict[str, Handler] = {
    # anybody
    "help": general.help_,
    "human": general.human,
    "privacy": general.privacy,
    "forget_me": general.forget_me,
    "bind": general.bind,
    "cancel": general.cancel,
    "skip": general.skip,
    "more": lists.more,
    "progress": progress.progress,
    "append": adding.append,
    "withdraw": withdrawing.withdraw,
    "satisfied": satisfaction.satisfied,
    "dissatisfied": satisfaction.dissatisfied,
    "rate": rating.rate,
    "relay": relay.relay,
    "reschedule": relay.reschedule,
    "no_show": relay.no_show,
    "one_matter": several.one_matter,
    "another": repeated.another,
    "ack": broadcasts.acknowledge,
    "my_reminders": broadcasts.listed,
    "subscribe": preferences.subscribe,
    "unsubscribe": preferences.unsubscribe,
    # members, and whoever was assigned
    "wishes": wishes.wishes,
    "accept": invitations.accept,
    "decline": invitations.decline,
    "return": orders_in_hand.give_back,
    "finish": orders_in_hand.finish,
    "my_orders": orders_in_hand.my_orders,
    "rest": orders_in_hand.rest,
    "duty": orders_in_hand.on_duty,
    # whoever is on the roster
    "attend": broadcasts.attend,
    "leave": broadcasts.leave,
    "collect": preferences.collect,
    "separately": preferences.separately,
    "sign_in": sign_in.sign_in,
    # staff
    "undo": undo.undo,
    "waiting": lists.waiting,
    "in_hand": lists.in_hand,
    "overdue": lists.overdue,
    "due_soon": lists.due_soon,
    "today": lists.today,
    "figures": figures.figures,
    "take_down": taking_down.take_down,
    "dispatch": dispatch.dispatch,
    "publish": settling.publish,
    "refer": settling.refer,
    "reject": settling.reject,
    "ask": settling.ask,
    "explain": settling.explain,
    "unmet": settling.unmet,
    "urge": settling.urge,
    "instruct": settling.instruct,
    "merge": merging.merge,
    "split": splitting.split,
    "repeated": merging.repeated,
    "recategorise": settling.recategorise,
    "restricted": restricted.restricted,
    "register": petitions.register,
    "give_notice": petitions.give_notice,
    "remind": writing.remind,
    "confirm_device": confirmations.confirm_device,
    "erase": confirmations.erase,
    "approve": approving.approve,
    "disapprove": approving.reject,
    "report": running.report,
    "pause": stopping.pause,
    "resume": stopping.resume,
    "recall": stopping.recall,
}
