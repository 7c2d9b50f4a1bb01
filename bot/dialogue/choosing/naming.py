"""Which of several orders is named by its words."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from bot.dialogue.context import Context
from bot.orders.order import Order
from bot.understanding.categories import UNKNOWN
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import fold

_RULES = Rules("choices")


IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]{2,}")
IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
WRITTEN = re.compile(r"[\u4e00-\u9fffa-z0-9]")


def points(context: Context) -> bool:
    """Whether the words point at one of several orders: 学手机那个, 第三个."""
    folded = context.meant.folded
    return any(rule.search(folded) for rule in (_RULES.nth, _RULES.last)) or _named_thing(context) is not None


def names_alone(context: Context, order: Order, besides: str = "") -> bool:
    """Whether the words hold nothing but what the order is called by, words that point (就是换灯泡的) and `besides`."""
    left = _RULES.pointing.sub("", context.meant.folded)
    known = fold(f"{context.wording.names(order)} {context.wording.need(order)} {besides}")
    return set(WRITTEN.findall(left)) <= set(known)


def names_work(context: Context, order: Order) -> bool:
    """Whether the words hold what the order asks to be done (灯泡换好了, of 换灯泡)."""
    need = context.wording.need(order)
    return any(sign in need for sign in context.meant.folded if sign in _RULES.words["work_ideographs"])


def shares_ideograph(context: Context, order: Order) -> bool:
    """Whether the words hold a telling ideograph of what the order is called by (灯又不亮了, of 换灯泡)."""
    return not _ideographs(context.meant.folded).isdisjoint(_ideographs(fold(context.wording.names(order))))


def named_by_words(context: Context, fitting: Sequence[Order]) -> Order | None:
    """The one order that alone shares words with what was said: the resident's own words, else what it is called and where
    it is, else what the name before 那个 has in common with it. None where no or several orders do."""
    words = context.meant.folded
    if len(fitting) < 2:
        return _alone(fitting, _pairs(words), context.wording.need)
    found = _alone(fitting, _pairs(words), context.wording.need) or _alone(
        fitting, _pairs(words), context.wording.names
    )
    thing = _named_thing(context) if found is None else None
    if thing is None:
        return found
    return _alone(fitting, _ideographs(thing), context.wording.names, _ideographs) or _of_category(
        context, thing, fitting
    )


def _alone(
    fitting: Sequence[Order], wanted: frozenset[str], text: Callable[[Order], str], parts: Callable[[str], frozenset[str]] | None = None
) -> Order | None:  # fmt: skip
    """The order whose text alone has some of these parts."""
    shared = [wanted & (parts or _pairs)(fold(text(order))) for order in fitting]
    telling = [own - set[str]().union(*shared[:at], *shared[at + 1 :]) for at, own in enumerate(shared)]
    named = [order for order, own in zip(fitting, telling, strict=True) if own]
    return named[0] if len(named) == 1 else None


def _of_category(context: Context, thing: str, fitting: Sequence[Order]) -> Order | None:
    """The one order of the category that the name is read as."""
    category = context.reader.read(thing).category
    same = [order for order in fitting if order.category == category != UNKNOWN]
    return same[0] if len(same) == 1 else None


def _named_thing(context: Context) -> str | None:
    """学手机 in 学手机那个; None where nothing is named so."""
    found = _RULES.thing.search(context.meant.folded)
    return found["what"] if found is not None else None


@lru_cache(256)  # the same orders are compared with each clause of a message
def _pairs(text: str) -> frozenset[str]:
    """Its neighbouring ideographs, and its houses (3号楼)."""
    pairs = {a + b for run in IDEOGRAPHS.findall(text) for a, b in pairwise(run)}
    return frozenset(pairs - set(_RULES.words["no_name"]) | {house[0] for house in _RULES.house.finditer(text)})


def _ideographs(text: str) -> frozenset[str]:
    return frozenset(IDEOGRAPH.findall(text)) - set(_RULES.words["common_ideographs"])
