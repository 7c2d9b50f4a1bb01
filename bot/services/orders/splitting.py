"""Part of an order's words becomes an order of its own, of the same resident."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.errors import NotAllowed, NotFound, NotUnderstood
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.orders.visibility import Visibility
from bot.services.notices.words.titles import plain_title
from bot.services.office import Office
from bot.services.orders import actions, placement, shown
from bot.services.orders.actors import Doer
from bot.services.reading import typed_text
from bot.services.restricted import box
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sealed import columns
from bot.understanding import Understanding
from bot.understanding.normalize import simplify


def split(
    office: Office, tx: Tx, row: Order, meant: Understanding, category: str | None, by: Doer, now: datetime
) -> Order:
    """The new order. `row` is locked and keeps its words and files; both histories name the other number. The new one has the
    first one's contact, and its place where the words name none. What is restricted goes into the box without a link.
    `category`: as staff chose it. NotAllowed as of every action; NotUnderstood where the words are the whole order."""
    _refuse(office, tx, row, meant, by)
    meant = _in_category(office, typed_text.sealed_as_a_whole(office, meant), category)
    person = people.by_id(tx, row.person_id)
    if is_restricted(meant):
        meant = replace(meant, text=meant.text + "\n" + office.say("restricted.said_about", code=row.code))
        made = placement.place(office, tx, person, meant, now, row.source, told_by=by)
        if row.handler_id is not None:  # "he" may mean the helper
            box.exclude(tx, made, frozenset({row.handler_id}))
        tx.summary.restricted = True
        return made
    given = {**_where(tx, row, meant), "split_from_id": row.id}
    origin = office.say("staff.split_from", code=row.code)
    made = placement.place(office, tx, person, meant, now, row.source, origin, told_by=by, **given)
    note = office.say("staff.split_note", what=plain_title(office, made), code=made.code)
    actions.perform(office, tx, row, "split", by=by, now=now, note=typed_text.own_words(note))
    return made


def _refuse(office: Office, tx: Tx, row: Order, meant: Understanding, by: Doer) -> None:
    """Before anything is written: what `actions.perform` would refuse, and what is nothing to split."""
    actions.refuse(tx, row, "split", by)
    if row.left_box:  # whom it is about must not read its words
        raise NotAllowed("refused.restricted", code=row.code)
    if _letters(meant.text) in (
        _letters(shown.said(tx, row)),
        _letters(shown.words(office, row, Visibility.STAFF)),
        "",
    ):
        raise NotUnderstood("staff.split_whole", code=row.code)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, simplify(text).text))


def _in_category(office: Office, meant: Understanding, category: str | None) -> Understanding:
    """As staff chose it; nobody takes words out of the box that way. NotFound where there is no such category."""
    if not category or is_restricted(meant):
        return meant
    found = office.reader.find_category(category)
    if found is None:
        raise NotFound("staff.no_category", words=category)
    return replace(meant, category=found.code, lane=found.lane if meant.urgency != "U0" else meant.lane)


def _where(tx: Tx, row: Order, meant: Understanding) -> dict[str, Any]:
    """The columns that come from the first order."""
    contact = meant.phone or columns.text(tx.vault, "orders", "contact_sealed", row)
    given: dict[str, Any] = {"contact_sealed": contact}
    if meant.place.community and meant.place.community != row.community:
        return given
    given["community"] = row.community
    if not meant.place.describe():
        place = columns.text(tx.vault, "orders", "place_sealed", row)
        given |= {"grid": row.grid, "estate": row.estate, "place_sealed": place}
    return given
