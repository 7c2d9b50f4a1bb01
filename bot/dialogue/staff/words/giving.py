"""An order that is named by what it is about: "把灯坏那单给王强", "催一下三号楼那单", "漏水那单怎么样了"."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bot.dialogue import relay
from bot.dialogue.choosing.choose_order import choices_of
from bot.dialogue.choosing.naming import named_by_words
from bot.dialogue.choosing.said_apart import one_by_one
from bot.dialogue.context import Context
from bot.dialogue.staff import dispatch, lists, merging, settling
from bot.dialogue.staff.words import said, which
from bot.errors import NotAllowed, NotFound, NotUnderstood, Spoken
from bot.orders.lifecycle import LIFE, State

MOST = 5  # orders shown to choose from
NAME = (4, 3, 2)  # characters of a name
UNFINISHED = tuple(state for state in State if state is not State.CLOSED)
PARTS = re.compile(r"[\s，,；;。]+")
CODE = re.compile(r"(?<!\d)\d{6,8}(?!\d)")


def give(context: Context) -> str | None:
    """To a person of the roster it is dispatched; to an office elsewhere it is referred. Two orders in one message each go
    where it says."""
    parts = [context.with_meaning(context.reader.read(part)) for part in PARTS.split(context.meant.text.strip())]
    given = [(part, found) for part in parts if (found := _given(part)) is not None]
    if len(given) > 1 and len(given) == len(parts):
        return one_by_one(context, (partial(_give, part, found) for part, found in given))
    whole = _given(context)
    return _give(context, whole) if whole is not None else None


def _give(context: Context, found: re.Match[str]) -> str:
    what, who = found["what"], found["who"]
    both = _named_together(context, what)
    if len(both) > 1:
        return one_by_one(context, (partial(with_order, context, "dispatch", each, who) for each in both))
    if not context.people.is_known(who) and said.found(context, "elsewhere") is not None:
        return with_order(context, "refer", what, who)
    return with_order(context, "dispatch", what, who)


def _named_together(context: Context, what: str) -> list[str]:
    """The names of several orders in one breath (灯泡和水龙头); empty where not each of them is one."""
    names = re.split(context.reader.work_words()["and"], what)
    states = [state for state in State if (state, ACTIONS["dispatch"]) in LIFE]
    return names if len(names) > 1 and all(each and which.find(context, each, states) for each in names) else []


def _given(context: Context) -> re.Match[str] | None:
    """What is given to whom."""
    found = said.in_raw(context, "give_codes") or said.found(context, "give")
    if found is not None:
        return found
    known = (each for each in said.all_found(context, "give_known") if context.people.is_known(each["who"]))
    return next(known, None)


def give_again(context: Context) -> str | None:
    """那就党员07: a name of the roster alone, for the order that was to be given to somebody last and nobody has taken."""
    found, last = said.found(context, "give_name"), dispatch.given_last(context)
    if found is None or last is None or not context.people.is_known(found["who"]):
        return None
    free = last.state in (State.SUBMITTED, State.OPEN)
    return dispatch.dispatch(context, last.code, found["who"]) if free else None


def publish(context: Context) -> str | None:
    found = said.found(context, "publish")
    return with_order(context, "publish", found["what"], "") if found is not None else None


def refer(context: Context) -> str | None:
    """The order that is meant goes to an office elsewhere."""
    found = said.found(context, "refer")
    return with_order(context, "refer", found.groupdict().get("what") or "", found["where"]) if found else None


def ask(context: Context) -> str | None:
    """A question to the resident of the order that is named by its number, or by what it is about."""
    found = said.in_raw(context, "ask")
    if found is not None:
        return settling.ask(context, found["what"], found["text"])
    named = said.in_raw(context, "ask_named")
    return _with_named_in(context, "ask", named) if named is not None else None


def answer(context: Context) -> str | None:
    """The words behind the name or the matter are the answer to the resident."""
    found = said.in_raw(context, "answer")
    return with_order(context, "explain", found["what"], found["text"]) if found is not None else None


def tell(context: Context) -> str | None:
    """告诉纱窗那家明天有人来: the words behind it are passed on to that resident, and end nothing. Where nobody is named, the words
    may name the order (跟郑阿姨说一声，纱窗明天才能来)."""
    found = said.in_raw(context, "tells")
    if found is None:
        return None
    return _with_named_in(context, "relay", found)


def _with_named_in(context: Context, command: str, found: re.Match[str]) -> str:
    """With the order that is called `what`; where only somebody is named, with the one that the words themselves name."""
    parts = found.groupdict()
    if parts.get("what"):
        return with_order(context, command, parts["what"], parts["text"])
    fitting = [order for order in context.orders.candidates(ACTIONS[command]) if order.urgency != "U0"]
    named = named_by_words(context.with_meaning(context.reader.read(parts["text"])), fitting)
    return with_order(context, command, named.code if named is not None else "", parts["text"])


def helpers(context: Context) -> str | None:
    """谁有空: whom one may ask is told with an order, never as a list of persons."""
    return context.say("work_talk.helpers") if said.is_about(context, "helpers") else None


def urge(context: Context) -> str | None:
    if said.is_about(context, "urge_any"):
        return settling.urge(context, None, "")
    found = said.found(context, "urge")
    return with_order(context, "urge", _without_name(context, found["what"]), "") if found is not None else None


def _without_name(context: Context, what: str) -> str:
    """What stands behind the name of a colleague, if one stands first (陈静楼道灯那单)."""
    known = (size for size in NAME if context.people.is_known(what[:size]))
    return what[next(known, 0) :]


def drop(context: Context) -> str | None:
    """那单不用办了: it is closed with a reason, which is asked for."""
    found = said.found(context, "drop")
    return with_order(context, "reject", found["what"], "") if found is not None else None


def reject(context: Context) -> str | None:
    """抢票那个不予受理，请他自己上12306: the words behind it are the reason."""
    found = said.in_raw(context, "rejects")
    return with_order(context, "reject", found["what"], found["text"]) if found is not None else None


def merge(context: Context) -> str | None:
    """柜门那单和柜子那单并一起."""
    found = said.found(context, "merge")
    if found is None:
        return None
    one, other = (which.find(context, found[name], UNFINISHED) for name in ("what", "into"))
    other = [order for order in other if len(one) != 1 or order.id != one[0].id]
    if len(one) == len(other) == 1:
        return merging.merge_into(context, one[0], other[0])
    both = list({order.code: order for order in [*one, *other]}.values())
    if len(both) < 2:
        raise NotFound("work_talk.none_fits", words=found["into"] if one else found["what"])
    raise NotUnderstood(
        "work_talk.merge_how", orders=choices_of(context, both[:MOST]), one=both[0].code, other=both[1].code
    )


def with_order(context: Context, command: str, what: str, rest: str) -> str:
    """The command with the one order that is meant by `what`, its number or words; where several fit, which of them is asked."""
    codes = CODE.findall(what)
    pointed = not what.strip() or said.pointed_at(context, what) is not None
    if not codes and pointed:
        codes = _pointed_at(context, command)
    elif not codes:
        states = [state for state in State if (state, ACTIONS[command]) in LIFE]
        codes = lists.nth_shown(context, what) or [order.code for order in which.find(context, what, states)]
        codes = codes or _named_in(context, command, what)
        if not codes:
            raise _fits_not(context, what)
    if len(codes) > 1 and not CODE.search(what):
        return ask_which(context, command, codes[:MOST], rest)
    return _do(context, command, codes, rest)


def _named_in(context: Context, command: str, what: str) -> list[str]:
    """The one order that alone shares words with these (纱窗110)."""
    fitting = context.orders.candidates(ACTIONS[command])
    named = named_by_words(context.with_meaning(context.reader.read(what)), fitting)
    return [named.code] if named is not None else []


def _pointed_at(context: Context, command: str) -> list[str]:
    """The order given to somebody last, where another one shall have it (不对，换成王强); else all that the command fits."""
    last = (
        dispatch.given_last(context) if command == "dispatch" and said.found(context, "instead") is not None else None
    )
    if last is not None:
        return [last.code]
    return [order.code for order in context.orders.candidates(ACTIONS[command])]


def _do(context: Context, command: str, codes: Sequence[str], rest: str) -> str:
    first = codes[0] if codes else None  # none: nothing fits, which is told
    if command == "dispatch":
        return dispatch.dispatch(context, first, " ".join([*codes[1:], rest]))
    return DONE[command](context, first, rest)


def _fits_not(context: Context, what: str) -> Spoken:
    """Nothing is called so; or what is called so is too far for it, which is told."""
    found = which.find(context, what, UNFINISHED)
    if len(found) != 1:
        return NotFound("work_talk.none_fits", words=what)
    return NotAllowed("work_talk.not_now", line=context.wording.line(found[0]), code=found[0].code)


DONE: Mapping[str, Callable[[Context, str | None, str], str]] = {
    "reject": settling.reject, "refer": settling.refer, "urge": settling.urge, "publish": settling.publish,
    "explain": settling.explain, "ask": settling.ask, "relay": relay.relay,
}  # fmt: skip
ACTIONS = {name: name for name in DONE} | {"dispatch": "invite", "relay": "tell"}


def ask_which(context: Context, command: str, codes: Sequence[str], rest: str, key: str = "which_order") -> str:
    """The question which of these orders the command is for; it is carried out with the answer."""
    context.session.ask("which", context.now, command=command, rest=rest, codes=list(codes))
    orders = choices_of(context, [context.orders.by_code(code) for code in codes])
    word = context.say(f"command_word.{command}")
    return context.say(key, word=word, code=codes[0], orders=orders)
