"""The lists of staff: what waits, is in hand, late, soon due, or came in today; eight a page."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.dialogue.choosing import choices, pages
from bot.dialogue.choosing.pages import Position
from bot.dialogue.context import Context
from bot.dialogue.interface.work import Listed, ListName, Page
from bot.dialogue.member import orders_in_hand, wishes
from bot.dialogue.resident import general
from bot.dialogue.resident.own import progress
from bot.dialogue.staff import restricted
from bot.dialogue.staff.words import said
from bot.orders.lifecycle import State

SHOWN = "shown"
"""Where the session keeps which orders were listed last."""
TEXT = 24  # characters of an order's words in a list: eight of them fit one reply
OTHERS: Mapping[str, Callable[[Context, Position], str | None]] = {
    progress.MINE: progress.further, wishes.WISHES: wishes.further, restricted.WAITING: restricted.further,
}  # fmt: skip
"""What goes on with the lists that are no work before staff; None where nothing follows any more."""
OPEN = tuple(state for state in State if state is not State.CLOSED)
NATURAL: Sequence[ListName] = ("due_soon", "overdue", "untaken", "waiting", "in_hand", "today")


def waiting(context: Context, code: str | None, rest: str) -> str:
    """待派, 待派 words."""
    return _show(context, "waiting", rest.strip())


def in_hand(context: Context, code: str | None, rest: str) -> str:
    """办理中, 办理中 words."""
    return _show(context, "in_hand", rest.strip())


def overdue(context: Context, code: str | None, rest: str) -> str:
    """超期, 超期 words."""
    return _show(context, "overdue", rest.strip())


def due_soon(context: Context, code: str | None, rest: str) -> str:
    """快到期, 快到期 words."""
    return _show(context, "due_soon", rest.strip())


def today(context: Context, code: str | None, rest: str) -> str:
    """今天: what came in today."""
    return _show(context, "today", rest.strip())


def more(context: Context, code: str | None, rest: str) -> str:
    """更多: the rest of a reply that was too long, else the next page of the list."""
    if "rest" in context.session.data:
        return general.more(context, code, rest)
    page = pages.kept(context)
    if page is None:
        return context.say("chat.no_more")
    if page["list"] in OTHERS:
        return OTHERS[page["list"]](context, page["after"]) or context.say("chat.no_more")
    return _show(context, page["list"], page["words"], page["after"])


def natural(context: Context) -> str | None:
    """哪些快到期, 还有几单没派; 我手上有几单 is about one's own."""
    if "page" in context.session.data and said.is_about(context, "next"):
        return more(context, None, "")
    if said.is_about(context, "mine"):
        return orders_in_hand.my_orders(context, None, "")
    if not context.me.rights.decides:
        return None
    if said.is_about(context, "urgent"):
        return _show(context, "anything", context.say("lists.urgent"))
    if said.is_about(context, "undone"):
        return _show(context, "anything", "")
    for name in NATURAL:
        if said.is_about(context, name):
            return _show(context, name, _filter(context, name))
    return None


def show_me(context: Context) -> str | None:
    """把今天急的列给我: the list that the words name, else the open orders that they fit; None where they name neither."""
    found = said.found(context, "show_me") if context.me.rights.decides else None
    if found is None or context.people.is_known(found["what"]):
        return None
    asked = context.with_meaning(context.reader.read(context.say("work_talk.list_of", what=found["what"])))
    what = next((form for form in (found["what"], found["what"][:-1]) if context.lists.find(form, OPEN)), None)
    return natural(asked) or (_show(context, "anything", what) if what is not None else None)


def _filter(context: Context, name: str) -> str:
    """The community, the urgency and the kind of thing or place that natural words name; what else they say is no filter."""
    words = said.words(context)
    of_kind = said.found(context, "of_kind")
    if of_kind is not None and context.lists.find(of_kind["what"], OPEN):
        return of_kind["what"]
    short = context.reader.work_words()["community"]
    named = [name for name in context.reader.communities() if name.removesuffix(short) in words]
    urgent = [form for form in context.reader.work_words()["urgency"] if form in words]
    return " ".join([*named, *urgent]) or _thing(context, name)


def _thing(context: Context, name: str) -> str:
    """The first words beside those that name the list of which an open order speaks (新锐巷那边还有啥没派的)."""
    left, list_words = said.words(context), said.found(context, name)
    for filler in [list_words[0] if list_words is not None else "", *context.reader.work_words()["fillers"]]:
        left = left.replace(filler, " ") if filler else left
    return next((part for part in left.split() if len(part) > 1 and context.lists.find(part, OPEN)), "")


def _show(context: Context, name: ListName, words: str, after: Position | None = None) -> str:
    page = context.lists.page(name, words, after)
    pages.keep(context, name, page.position, words)
    if not page.orders:
        return context.say("chat.no_more") if after else _none(context, name, words)
    codes = [each.order.code for each in page.orders]
    context.session.data[SHOWN] = {"codes": codes, "at": context.now.isoformat()}
    head = context.say(
        "lists.next" if after else f"lists.{name}", number=_number(context, page), words=_about(context, words)
    )
    lines = [line(context, each) for each in page.orders]
    left = page.total - len(page.orders)
    foot = context.say("lists.more", number=left) if page.position is not None else ""
    hint = context.say("lists.hint") if name == "waiting" and not after else ""
    return "\n".join(filter(None, [head, *lines, foot, hint]))


def nth_shown(context: Context, what: str) -> list[str]:
    """The code of 第一个 of the list that was shown a short time ago; empty where the words are none, or nothing was."""
    number, kept = choices.number(what), context.session.data.get(SHOWN)
    if number is None or kept is None or context.now - datetime.fromisoformat(kept["at"]) > pages.KEPT:
        return []
    codes: list[str] = kept["codes"]
    return codes[number - 1 : number]


def _number(context: Context, page: Page) -> str:
    return str(page.total) if page.total < page.most else context.say("lists.at_least", number=page.most)


def _about(context: Context, words: str) -> str:
    return context.say("lists.about", words=words) if words else ""


def _none(context: Context, name: ListName, words: str) -> str:
    return context.say("lists.none_about", words=words) if words else context.say(f"lists.none.{name}")


def line(context: Context, listed: Listed) -> str:
    """One order: code, kind, state, when it is due, where, its words, who has it in hand."""
    order = listed.order
    text = context.wording.short(order, TEXT)
    shown = context.say(
        "lists.line", line=context.wording.line(order), text=text,
        area=order.community or context.say("order.no_place"),
    )  # fmt: skip
    if listed.handler is not None and order.state == "accepted":
        shown += context.say("lists.handler", name=listed.handler)
    return shown + context.say("staff.waiting_alike", code=order.code, other=listed.same) if listed.same else shown
