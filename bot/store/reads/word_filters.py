"""Lists of orders that must fit words: what a word stands for, and the condition of the database that it makes."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_

from bot.store.tables import orders


@dataclass(frozen=True, slots=True)
class Word:
    """One word that an order must fit: its category, community or estate, or a text that holds the characters of one of
    these forms in their order ("灯坏" stands in 灯泡坏了). `parts`: a category of which only the orders are meant whose text holds one of
    these words."""

    forms: Collection[str]
    categories: Collection[str] = ()
    parts: Collection[tuple[str, Collection[str]]] = ()


def fits(word: Word) -> ColumnElement[bool]:
    """Whether an order fits the word."""
    forms = sorted(word.forms)
    found: list[ColumnElement[bool]] = [
        column.icontains(form, autoescape=True) for column in (orders.c.community, orders.c.estate) for form in forms
    ]
    found += [orders.c.text.ilike(_spread(form), escape="\\") for form in forms]
    if word.categories:
        found.append(orders.c.category.in_(sorted(word.categories)))
    for code, telling in word.parts:
        told = (orders.c.text.icontains(each, autoescape=True) for each in telling)
        found.append(and_(orders.c.category == code, or_(*told)))
    return or_(*found)


def _spread(form: str) -> str:
    """A pattern for texts that hold the characters in their order; a number stays together."""
    return "%" + "%".join(_escaped(each) for each in re.findall(r"[0-9a-z]+[^0-9a-z]?|.", form)) + "%"


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)
