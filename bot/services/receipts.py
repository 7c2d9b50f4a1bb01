"""The platform's later word on what it took: delivered, or not and why; and which templates a person admits."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from bot.store import notices, people
from bot.store.database import Tx
from bot.store.tables import notices as table
from bot.store.tables import persons, receipts

MATCH_WITHIN = timedelta(hours=1)  # a subscription's receipt has no id of its answer: the person's oldest open one


def template_finished(tx: Tx, message_id: str, status: str, now: datetime) -> None:
    """TEMPLATESENDJOBFINISH (wechat-platform §2.1). One that comes before its answer is recorded is kept."""
    if not message_id.strip("0"):
        return
    notice = tx.first(select(table).where(table.c.message_id == message_id))
    if notice is None:
        _keep(tx, message_id, status, now)
        return
    notices.settle(tx, notice, "template", status, now)


def subscription_sent(tx: Tx, openid: str, items: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """subscribe_msg_sent_event: matched by person and time, as its answer carried no message id."""
    person = tx.first(select(persons.c.id).where(persons.c.openid == openid))
    if person is None:
        return
    for item in items:
        status = _status(item)
        query = select(table).where(
            table.c.person_id == person.id, table.c.state == "sent", table.c.delivered_at.is_(None),
            table.c.taken_by.like("%subscription%"), table.c.sent_at > now - MATCH_WITHIN,
        )  # fmt: skip
        notice = tx.first(query.order_by(table.c.sent_at, table.c.id).limit(1))
        if notice is None:
            _keep(tx, notices.early_key(person.id), status, now)
        else:
            notices.settle(tx, notice, "subscription", status, now)


def consent_changed(tx: Tx, person: Row[Any], items: Iterable[Mapping[str, Any]]) -> None:
    """Popup and change events: which subscription templates the person accepts or turns down."""
    refused = set(person.refused_templates or [])
    for item in items:
        template, status = str(item.get("TemplateId", "")), str(item.get("SubscribeStatusString", ""))
        if template and status == "reject":
            refused.add(template)
        elif template and status == "accept":
            refused.discard(template)
    people.change(tx, person.id, refused_templates=sorted(refused))


def _status(item: Mapping[str, Any]) -> str:
    code = str(item.get("ErrorCode", "0") or "0").strip()
    return "success" if code == "0" else f"{code} {item.get('ErrorStatus', '')}".strip()


def _keep(tx: Tx, key: str, status: str, now: datetime) -> None:
    values = {"message_id": key[:40], "status": status[:64], "at": now}
    tx.run(people.insert_or_skip(tx, receipts, values, on=["message_id"]))
