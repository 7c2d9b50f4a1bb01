"""A community is closed once nothing hangs on it: nobody's right, no matter that is not over, no place."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.errors import NotUnderstood
from bot.store.database import Tx
from bot.store.persons import communities as store

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def close_missing(tx: Tx, before: Rows, after: Rows, now: datetime) -> None:
    """Those that are in the list no more: residents who live there are asked for theirs again. NotUnderstood where something hangs
    on one still."""
    for name in sorted(_names(before) - _names(after)):
        used = store.used(tx, name, now)
        if not used.is_none:
            facts = {"people": used.people, "orders": used.orders, "tokens": used.tokens}
            raise NotUnderstood("console_settings.bad.community_used", name=name, **facts)
        store.forget(tx, name)


def refuse_home(rows: Rows, name: str) -> None:
    """NotUnderstood where places lie in this community."""
    number = sum(row.get("community") == name for of_kind in rows.values() for row in of_kind)
    if number:
        raise NotUnderstood("console_settings.bad.community_home", name=name, number=number)


def _names(rows: Rows) -> set[str]:
    return {row["name"] for row in rows.get("community", ())}
