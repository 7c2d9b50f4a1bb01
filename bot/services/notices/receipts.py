"""The platform's later word on what it took: delivered, or not and why; and which templates a person admits."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from bot.services.notices import mass_receipts
from bot.store.broadcasts import digests
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.rows import Person
from bot.store.sending import attempts, notices
from bot.store.sending import receipts as store
from bot.store.sending.attempts import OPEN, Outcome
from bot.store.tables import persons

LATE = timedelta(hours=1)  # a subscription's answer has no id: its receipt is for the person's oldest open notice
EARLY = timedelta(seconds=15)  # and a receipt that came first waits so long for a notice to be its own
SUBSCRIPTION = "s:"  # how the keys of such receipts begin
KEPT = timedelta(days=1)
SUCCESS = "success"
BLOCKED = "failed:user block"  # the person refuses the account's messages


def template_finished(tx: Tx, message_id: str, status: str, now: datetime) -> None:
    """Record a TEMPLATESENDJOBFINISH event. One that comes before its send is recorded is stored."""
    if not message_id.strip("0"):
        return
    attempt = attempts.by_message_id(tx, message_id[: store.LONGEST])
    if attempt is None or not settle(tx, attempt, _plain(status), now):
        store.keep(tx, message_id, _plain(status), now)


def subscription_sent(tx: Tx, openid: str, items: Iterable[Mapping[str, Any]], now: datetime) -> None:
    """subscribe_msg_sent_event: matched by person and time, as its answer carried no message id."""
    person = tx.first(select(persons).where(persons.c.openid == openid))
    if person is None:
        return
    for number, item in enumerate(items):
        status = _status(item)
        if status.startswith("43101"):
            _change_consents(tx, person, {str(item.get("TemplateId", "")): "reject"})
        attempt = attempts.open_subscription(tx, person.id, now - LATE, now + LATE)
        if attempt is None or not settle(tx, attempt, status, now):
            unique = item.get("MsgID") or f"{int(now.timestamp())}.{number}"
            store.keep(tx, f"{SUBSCRIPTION}{person.id}:{unique}", status, now)


def any_kept(tx: Tx) -> bool:
    return store.any_kept(tx)


def match(tx: Tx, now: datetime) -> None:
    """Settle with receipts that overtook the answer they belong to; done after answers were written down."""
    done = []
    for row in store.answered(tx):
        attempt = attempts.by_message_id(tx, row.message_id)
        if attempt is not None and settle(tx, attempt, row.status, now):
            done.append(row.message_id)
    for row in store.beginning(tx, SUBSCRIPTION):
        person_id = int(row.message_id.split(":")[1])
        attempt = attempts.open_subscription(tx, person_id, row.at - EARLY, row.at + EARLY)
        if attempt is None or notices.by_id(tx, attempt.notice_id).created_at > row.at:
            continue
        if settle(tx, attempt, row.status, now):
            done.append(row.message_id)
    store.drop(tx, done)
    mass_receipts.match(tx, now)


def settle(tx: Tx, attempt: Row[Any], status: str, now: datetime) -> bool:
    """A receipt for what a channel took: the person has it, or the notice goes on to the next channel.

    False where the notice is just being sent, so that the receipt must wait until that is written down.
    """
    notice = notices.by_id(tx, attempt.notice_id)
    if notice.state == "sending":
        return False
    if attempt.outcome not in OPEN or notice.state == "failed":
        return True  # said before, or too late to matter
    if status == SUCCESS:
        done = notices.mark_delivered(tx, notice, now)
        digests.follow(tx, _as_digest(notice))
        return done and attempts.settle(tx, attempt.id, Outcome.DELIVERED)
    if notice.state == "delivered" and (notice.need < 2 or _told_in_a_reply(tx, notice.id)):
        return True
    if status == BLOCKED:
        people.change(tx, notice.person_id, unreachable=status)
    done = notices.try_again(tx, notice, status, now)
    for digest_id in _as_digest(notice):
        digests.again(tx, digest_id, now)
    return done and attempts.settle(tx, attempt.id, Outcome.BLOCKED if status == BLOCKED else Outcome.FAILED, status)


def _as_digest(notice: Row[Any]) -> list[int]:
    """Its id, where it is a digest, whose broadcasts share what becomes of it."""
    return [notice.id] if notice.event == digests.EVENT else []


def _told_in_a_reply(tx: Tx, notice_id: int) -> bool:
    """Whether the person has read all of it meanwhile, whatever became of the card or the short message."""
    return any(one.channel == attempts.REPLY for one in attempts.of(tx, [notice_id]).get(notice_id, ()))


def purge(tx: Tx, now: datetime) -> None:
    """Forget what nobody waits for any more."""
    store.drop_before(tx, now - KEPT)


def consent_changed(tx: Tx, person: Person, items: Iterable[Mapping[str, Any]]) -> None:
    """Popup and change events: which subscription templates the person accepts or turns down."""
    said = {str(item.get("TemplateId", "")): str(item.get("SubscribeStatusString", "")) for item in items}
    _change_consents(tx, person, said)


def _change_consents(tx: Tx, person: Person, said: Mapping[str, str]) -> None:
    refused = set(person.refused_templates or [])
    refused |= {template for template, status in said.items() if template and status == "reject"}
    refused -= {template for template, status in said.items() if status == "accept"}
    people.change(tx, person.id, refused_templates=sorted(refused))


def _plain(status: str) -> str:
    """The platform writes `failed:user block` and `failed: system failed`: without the blank after the colon."""
    return ":".join(part.strip() for part in status.strip().lower().split(":"))


def _status(item: Mapping[str, Any]) -> str:
    code, words = str(item.get("ErrorCode", "0") or "0").strip(), str(item.get("ErrorStatus") or "").strip()
    if code == "0" and not words.lower().startswith("fail"):
        return SUCCESS
    return _plain(words) if code == "0" else f"{code} {words}".strip()
