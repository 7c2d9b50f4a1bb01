"""Looks for a marked secret everywhere that others could read: replies, notices, the API's answers, tables, files."""

import json
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, select

from bot.services.office import Office
from bot.services.reports import queries
from bot.services.tokens import Caller
from bot.store.sealed.vault import Vault
from bot.store.tables import metadata, notices, orders, persons
from tests.talk import Talk

EVERYWHERE = Caller("test", frozenset(), None)


def opened(vault: Vault, sealed: bytes | None) -> str:
    """What this vault can open of it; empty where it can not."""
    try:
        return vault.open(sealed) or ""
    except (InvalidTag, ValueError):
        return ""


def stored(office: Office, vault: Vault | None) -> Iterator[tuple[str, str]]:
    """Where and what: all that the tables hold in the clear, and what this vault can open."""
    with office.db.reading() as tx:
        for table in metadata.sorted_tables:
            for row in tx.all(select(table)):
                for column in table.columns:
                    value = getattr(row, column.name)
                    sealed = isinstance(column.type, LargeBinary)
                    if not sealed or vault is not None:
                        shown = opened(vault, value) if sealed and vault else str(value)
                        yield f"{table.name}.{column.name}", shown


def told(office: Office) -> Iterator[tuple[str | None, str]]:
    """Each notice: to whom (None: a resident), and all its facts."""
    query = select(persons.c.name, notices.c.facts_sealed).join(notices, notices.c.person_id == persons.c.id)
    with office.db.reading() as tx:
        for row in tx.all(query):
            yield row.name, json.dumps(tx.open_facts(row.facts_sealed), ensure_ascii=False)


def answered(office: Office) -> str:
    """Everything that the API tells about orders."""
    page, _ = queries.list_orders(office, EVERYWHERE, None, None, None, None, 200)
    codes = [str(item["code"]) for item in page]
    return json.dumps([page, [queries.order(office, EVERYWHERE, code) for code in codes]], ensure_ascii=False)


def heard(talk: Talk, who: str) -> str:
    """All that one person of the roster can ask the account about orders, but for the words of a danger to life, which whoever
    is on duty may open."""
    with talk.office.db.reading() as tx:
        found = tx.all(select(orders.c.code, orders.c.urgency))
    asked = [
        "待派",
        "待接",
        "我的单",
        "进度",
        "受限",
        *(f"进度 {row.code}" for row in found),
        *(f"受限 {row.code}" for row in found if row.urgency != "U0" or who.startswith("纪检")),
    ]
    return "\n".join(talk.says(who, words) for words in asked)
