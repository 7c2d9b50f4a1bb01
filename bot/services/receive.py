"""One message, one transaction: what it meant, what it changed, whom it concerns, and the reply under its key."""

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.dialogue.length import LIMIT, cut
from bot.dialogue.session import Session
from bot.flows import conversation
from bot.flows.desk import Me, Part
from bot.services import outbox, receipts, spool
from bot.services.desk import OfficeDesk
from bot.services.office import Office
from bot.store import notices, people
from bot.store.database import Tx
from bot.store.tables import inbound as inbound_table
from bot.understanding import Speaker

log = logging.getLogger(__name__)

MESSAGE_WINDOW = (timedelta(hours=48), 5)  # customer-service messages after a message (wechat-platform §4)
CLICK_WINDOW = (timedelta(minutes=1), 3)  # after a menu click, a scan or following
CLICKS = frozenset({"click", "scancode_push", "scancode_waitmsg", "subscribe", "scan"})
PARTS = frozenset({"image", "voice", "video", "location", "link"})


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message or event of the platform, whatever its wire form was."""

    key: str  # equal for every repeat of the same message
    openid: str
    account: str  # ours, the sender of the reply
    kind: str  # text image voice video location link event other
    text: str = ""  # words said, recognised, or behind a menu button
    media_id: str | None = None
    event: str | None = None  # lower case
    event_key: str = ""
    menu_click: bool = False
    facts: dict[str, Any] | None = None  # of events: receipts, revocations, consents


def receive(office: Office, inbound: Inbound, now: datetime) -> str | None:
    """The reply's text, None where the platform expects none. Never raises for anything behind the edge."""
    try:
        with office.db.transaction() as tx:
            answered = _answer(office, tx, inbound, now)
        office.nudge()
        return answered
    except Exception:
        log.exception("message %s failed", inbound.key)
        return _keep(office, inbound, now)


def _answer(office: Office, tx: Tx, inbound: Inbound, now: datetime) -> str | None:
    body = tx.vault.seal(json.dumps(asdict(inbound), ensure_ascii=False))
    values = {"key": inbound.key, "kind": inbound.event or inbound.kind, "body_sealed": body, "received_at": now}
    fresh = people.insert_or_skip(tx, inbound_table, values, on=["key"]).returning(inbound_table.c.key)
    if tx.run(fresh).first() is None:
        sealed = tx.value(select(inbound_table.c.reply_sealed).where(inbound_table.c.key == inbound.key))
        return tx.vault.open(sealed)
    person = people.locked_by_openid(tx, inbound.openid, now) if inbound.openid else None
    text = _event(office, tx, inbound, person, now) if inbound.kind == "event" else None
    if person is not None and text is None and _speaks(inbound):
        text = _converse(office, tx, inbound, person, now)
    owner = people.locked_by_openid(tx, inbound.openid, now).id if person is not None else None  # binding moves it
    values = {"reply_sealed": tx.vault.seal(text), "person_id": owner}
    tx.run(update(inbound_table).where(inbound_table.c.key == inbound.key).values(**values))
    return text


def _speaks(inbound: Inbound) -> bool:
    """Whether words or a thing were said (a menu button may stand for words)."""
    return inbound.kind != "event" or bool(inbound.text)


def _event(office: Office, tx: Tx, inbound: Inbound, person: Row[Any] | None, now: datetime) -> str | None:
    """Events change what we know of the person; a few are answered."""
    facts = inbound.facts or {}
    if inbound.event == "templatesendjobfinish":
        receipts.template_finished(tx, str(facts.get("message_id", "")), str(facts.get("status", "")), now)
        return None
    if inbound.event == "subscribe_msg_sent_event":
        receipts.subscription_sent(tx, inbound.openid, facts.get("list", []), now)
        return None
    if person is None:
        return None
    if inbound.event in ("subscribe_msg_popup_event", "subscribe_msg_change_event"):
        receipts.consent_changed(tx, person, facts.get("list", []))
        return None
    if inbound.event == "unsubscribe":
        people.change(tx, person.id, subscribed=False, unreachable="unsubscribed", chat_left=0, click_left=0)
        return None
    if inbound.event in ("user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"):
        people.change(tx, person.id, phone_sealed=None, place_sealed=None) if person.name is None else None
        return None
    if inbound.event in ("subscribe", "scan"):
        _open_window(tx, person, inbound, now)
        return _welcome(office, tx, inbound, person, now)
    return None


def _welcome(office: Office, tx: Tx, inbound: Inbound, person: Row[Any], now: datetime) -> str:
    """Greets; a QR code whose scene is a bind code binds."""
    scene = inbound.event_key.removeprefix("qrscene_").removeprefix("bind_").removeprefix("bind:")
    if scene and scene != "0":
        words = replace(inbound, kind="text", text=f"{office.texts.say('bind.word')} {scene}")
        return _converse(office, tx, words, person, now)
    return office.texts.say("chat.welcome")


def _open_window(tx: Tx, person: Row[Any], inbound: Inbound, now: datetime) -> None:
    """Reachable again, with the customer-service window this message opens."""
    values: dict[str, Any] = {"subscribed": True, "unreachable": None}
    if inbound.menu_click or inbound.event in CLICKS:
        span, count = CLICK_WINDOW
        values |= {"click_until": now + span, "click_left": count}
    elif inbound.kind != "event":
        span, count = MESSAGE_WINDOW
        values |= {"chat_until": now + span, "chat_left": count}
    people.change(tx, person.id, **values)


def _converse(office: Office, tx: Tx, inbound: Inbound, person: Row[Any], now: datetime) -> str:
    _open_window(tx, person, inbound, now)
    session = _session(tx, people.session(tx, person.id))
    limits = office.limits
    session.expire(now, timedelta(minutes=limits.question_minutes), timedelta(minutes=limits.belongs_minutes))
    text = conversation.reply(_desk(office, tx, inbound, person, session, now), _part(inbound))
    shown, rest = cut(text)
    if rest:
        session.data["rest"] = rest
        shown += "\n" + office.texts.say("chat.more")
    owner = people.locked_by_openid(tx, inbound.openid, now)  # binding moves the openid to the roster's person
    shown += outbox.reply_with_waiting(office, tx, owner, LIMIT + 100 - len(shown.encode()), now)
    known = people.session(tx, owner.id) is not None
    people.save_session(tx, owner.id, known, _session_values(tx, session))
    return shown


def _desk(office: Office, tx: Tx, inbound: Inbound, person: Row[Any], session: Session, now: datetime) -> OfficeDesk:
    held = people.roles_of(tx, person.id)
    me = Me(
        id=person.id, name=person.name, resting=person.resting, roles=frozenset(row.role for row in held),
        communities=frozenset(row.community for row in held if row.community),
        grids=frozenset(row.grid for row in held if row.grid),
    )  # fmt: skip
    words = (
        inbound.text or office.texts.say(f"part.{inbound.kind}", label="") if inbound.kind in PARTS else inbound.text
    )
    meant = office.reader.understand(words, Speaker(me.roles, session.asked))
    return OfficeDesk(office, tx, person, me, now, session, meant)


def _part(inbound: Inbound) -> Part | None:
    """A voice message that was recognised is words, and kept as a voice too when it makes no order."""
    if inbound.kind == "voice" and inbound.text:
        return None
    if inbound.kind in PARTS:
        return Part(inbound.kind, inbound.media_id, inbound.text or None)
    return None


def _session(tx: Tx, row: Row[Any] | None) -> Session:
    if row is None:
        return Session()
    return Session(row.asked, row.asked_at, row.order_id, row.order_at, tx.open_facts(row.data_sealed))


def _session_values(tx: Tx, session: Session) -> dict[str, Any]:
    return {
        "asked": session.asked, "asked_at": session.asked_at, "order_id": session.order_id,
        "order_at": session.order_at, "data_sealed": tx.seal_facts(session.data) if session.data else None,
    }  # fmt: skip


def _keep(office: Office, inbound: Inbound, now: datetime) -> str | None:
    """Something broke: the words are kept for staff, in the database or, without one, in the spool."""
    said = office.texts.say("chat.failed", duty="、".join(office.settings.duty_phones))
    silent = inbound.kind == "event" and not inbound.text and inbound.event not in ("subscribe", "scan")
    try:
        with office.db.transaction() as tx:
            _store_kept(office, tx, inbound, now, said)
    except Exception:
        log.exception("message %s goes to the spool", inbound.key)
        spool.keep(office, inbound.key, json.dumps(asdict(inbound), ensure_ascii=False), now)
    return None if silent else said


def _store_kept(office: Office, tx: Tx, inbound: Inbound, now: datetime, said: str) -> None:
    body = tx.vault.seal(json.dumps(asdict(inbound), ensure_ascii=False))
    if tx.first(select(inbound_table.c.key).where(inbound_table.c.key == inbound.key)) is not None:
        return
    tx.run(
        insert(inbound_table).values(
            key=inbound.key, kind=inbound.kind, body_sealed=body, reply_sealed=tx.vault.seal(said),
            failure="broken", received_at=now,
        )
    )  # fmt: skip
    staff = people.with_role(tx, ("admin",)) or people.with_role(tx, ("staff",))
    facts = {"body": office.reader.mask(inbound.text), "code": "", "title": ""}
    notices.write(tx, staff, "kept", now=now, facts=facts, once=f"kept:{inbound.key}"[:100])
