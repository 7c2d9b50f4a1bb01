"""What one can say: the explicit list from a command's English name to its flow."""

from collections.abc import Callable

from bot.flows import earlier, general, member, petition, reminders, resident, restricted, several, staff
from bot.flows.desk import Desk

Flow = Callable[[Desk, str | None, str], str]

FLOWS: dict[str, Flow] = {
    # anybody
    "help": general.help_,
    "human": general.human,
    "privacy": general.privacy,
    "forget_me": general.forget_me,
    "bind": general.bind,
    "cancel": general.cancel,
    "skip": general.skip,
    "more": general.more,
    "progress": resident.progress,
    "append": resident.append,
    "withdraw": resident.withdraw,
    "satisfied": resident.satisfied,
    "dissatisfied": resident.dissatisfied,
    "rate": resident.rate,
    "one_matter": several.one_matter,
    "another": earlier.another,
    "ack": member.acknowledge,
    # members, and whoever was assigned
    "wishes": member.wishes,
    "accept": member.accept,
    "decline": member.decline,
    "return": member.give_back,
    "finish": member.finish,
    "my_orders": member.my_orders,
    "rest": member.rest,
    "duty": member.on_duty,
    # staff
    "waiting": staff.waiting,
    "dispatch": staff.dispatch,
    "publish": staff.publish,
    "refer": staff.refer,
    "reject": staff.reject,
    "ask": staff.ask,
    "explain": staff.explain,
    "unmet": staff.unmet,
    "urge": staff.urge,
    "merge": staff.merge,
    "repeated": staff.repeated,
    "recategorise": staff.recategorise,
    "restricted": restricted.restricted,
    "register": petition.register,
    "give_notice": petition.give_notice,
    "remind": reminders.remind,
    "approve": reminders.approve,
    "disapprove": reminders.reject,
    "report": reminders.report,
}
