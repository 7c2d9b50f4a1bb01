"""The answer to what the bot asked about an order: which community, where it is, a telephone number, what it is about."""

from dataclasses import replace
from datetime import timedelta

from bot.dialogue import appointment, relay, wrong_time
from bot.dialogue.choosing import choices
from bot.dialogue.choosing.naming import named_by_words, points
from bot.dialogue.context import Context
from bot.dialogue.resident import further_words, requests, same_matter
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.understanding import Understanding
from bot.understanding.categories import UNKNOWN

NO_ANSWER = frozenset(
    {"ack", "spam", "thanks", "greeting", "progress", "withdraw", "human", "help", "privacy", "rate_good", "rate_bad"}
)
NO_ANSWER_EITHER = frozenset({"abuse", "who", "robot", "office_phone"})  # topics of small talk


def answer(context: Context) -> str | None:
    """The answer to the pending question about an order; None where the words are no answer."""
    order, meant = context.orders.focus(), context.meant
    asked, text = context.session.asked, meant.text.strip()
    if order is None or _of_another(context, order) or wrong_time.said(context) is not None:
        return None
    when = appointment.new_time(context, order) if asked == "time" else None
    if when is not None:
        return relay.change_time(context, order, when) + requests.ask_next(context, [order])
    chosen = choices.picked(text, context.reader.communities()) if asked == "community" else None
    if chosen is not None and 1 <= chosen <= len(context.reader.communities()):
        return _answered(context, order, meant, community=context.reader.communities()[chosen - 1])
    if order.state == "closed":
        context.session.settle()
        return None
    if same_matter.asks_on(context, order):
        return further_words.keep_question(context, order) + requests.question(context, order, str(asked))
    if _asks_why(context):
        return context.say(f"why_asked.{asked}") + requests.question(context, order, str(asked))
    if context.reader.topic("skips", meant) is not None:
        return context.say("order.skipped") + requests.ask_next(context, [order, *_siblings(context, order)])
    if (said := relay.moved(context, order)) is not None:
        return said
    answers_where = asked in ("community", "place") and meant.place.said and meant.urgency != "U0"
    is_new = _is_more_than_where(context, order) if answers_where else same_matter.is_new_request(context, order)
    small = context.reader.topic("small", meant) if meant.phone is None and not meant.place.said else None
    if small is not None and small.name in NO_ANSWER_EITHER:
        return None
    if is_new or (meant.intent in NO_ANSWER and not meant.place.said and meant.phone is None):
        return None
    if meant.command is not None and meant.command.name == "skip":
        return context.say("order.skipped") + requests.ask_next(context, [order, *_siblings(context, order)])
    corrected = context.reader.correction(context.meant)
    if corrected is not None:
        return further_words.put_right(context, order, corrected)
    if answers_where and order.category != UNKNOWN:  # a floor or a building changes no category
        meant = replace(meant, intent="append")
    return _answered(context, order, meant, spot=text if asked == "place" and _says_where(context) else None)


def _asks_why(context: Context) -> bool:
    """Whether the words ask why the bot wants to know what it asks (电话干嘛用)."""
    meant = context.meant
    told = meant.place.said or meant.phone is not None or context.session.asked == "time"
    return not told and context.reader.matches("why_asked", "asks", meant)


def _says_where(context: Context) -> bool:
    """Whether words in which no place is known may name one nevertheless (桥头老王家): 没空 names none."""
    return not context.reader.matches("where", "other", context.meant)


def _is_more_than_where(context: Context, order: Order) -> bool:
    """Whether words that say where it is tell of another matter besides: what they are read as must stand without the place,
    whose floor or building may sound like one (五楼)."""
    if not same_matter.is_matter_of_its_own(context, order):
        return False
    meant = context.meant
    if not meant.place.raw or meant.request_count > 1 or is_restricted(meant):
        return True
    rest = context.reader.read(meant.text.replace(meant.place.raw, "", 1))
    return rest.intent == "request" and rest.category == meant.category


def _of_another(context: Context, order: Order) -> bool:
    """Whether the words point at one of several orders (第三个不用了): that is no answer to what was asked about this one."""
    if not points(context):
        return False
    mine = context.orders.candidates("append")
    named = named_by_words(context, mine) if len(mine) > 1 else None
    return len(mine) > 1 and (named is None or named.id != order.id)


def _answered(
    context: Context, order: Order, meant: Understanding, community: str | None = None, spot: str | None = None
) -> str:
    """An answer is good for all orders that came out of the same message."""
    shown = further_words.learn(context, order, meant, community, spot, ask=False)
    others = _lacking(context, order, meant, community)
    others = [
        context.actions.enrich(each, "detail", context.meant.text, context.meant, community=community, spot=spot)
        for each in others
    ]
    if others:
        shown += context.say("order.noted_too", number=len(others))
    return shown + requests.ask_next(context, [context.orders.by_code(order.code), *others])


def _lacking(context: Context, order: Order, meant: Understanding, community: str | None) -> list[Order]:
    """The other orders that the answer is good for: those of the same message, and those made a short time ago that lack it too."""
    split, since = _siblings(context, order), context.now - SAME_TALK
    known = {each.id for each in (order, *split)}
    fresh = [
        each
        for each in context.orders.candidates("append")
        if each.id not in known and each.created_at >= since and each.urgency != "U0" and not is_restricted(each)
    ]
    said = meant.place.said
    told_where = community is not None or said
    if told_where:
        return [*split, *(each for each in fresh if each.community is None or (said and _has_no_spot(context, each)))]
    return [*split, *(each for each in fresh if meant.phone is not None and not context.orders.details(each)["phone"])]


def _has_no_spot(context: Context, order: Order) -> bool:
    return not context.orders.details(order)["spot"]


SAME_TALK = timedelta(minutes=30)
"""As long as further messages belong to an order (belongs_minutes of config/lanes.toml)."""


def _siblings(context: Context, order: Order) -> list[Order]:
    """The other orders that came out of the same message and are not closed."""
    codes = context.session.data.get("split", {}).get("codes", [])
    others = [context.orders.by_code(code) for code in codes if code != order.code] if order.code in codes else []
    return [other for other in others if other.state != "closed"]
