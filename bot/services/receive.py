"""One message, one transaction: what it meant, what it changed, whom it concerns, and the reply under its key."""

import json
import logging
import time
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from bot.dialogue.length import LIMIT, cut
from bot.dialogue.session import Session
from bot.flows import conversation
from bot.flows.desk import Me, Part
from bot.services import outbox, receipts, roster, spool
from bot.services.candidates import UNKNOWN
from bot.services.desk import OfficeDesk
from bot.services.office import Office
from bot.store import inbound as store
from bot.store import notices, people
from bot.store.database import Tx
from bot.understanding import Speaker, Understanding

log = logging.getLogger(__name__)

MESSAGE_WINDOW = (timedelta(hours=48), 5)  # customer-service messages after a message (wechat-platform §4)
CLICK_WINDOW = (timedelta(minutes=1), 3)  # after a menu click, a scan or following
CLICKS = frozenset({"click", "scancode_push", "scancode_waitmsg", "subscribe", "scan"})
REVOCATIONS = frozenset({"user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"})
MESSAGE_SECONDS = 3.0  # for the whole of a message's transaction
PATIENCE_SECONDS = 1.0  # what failed sooner than this leaves time to ask the database once more within 5 s
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
    started = time.monotonic()
    try:
        with office.db.transaction(within=MESSAGE_SECONDS) as tx:
            answered = _answer(office, tx, inbound, now)
            told = bool(tx.told)
    except Exception:
        log.exception("message %s failed", inbound.key)
        return _keep(office, inbound, now, patient=time.monotonic() - started < PATIENCE_SECONDS)
    if told:
        office.nudge()
    return answered


def _answer(office: Office, tx: Tx, inbound: Inbound, now: datetime) -> str | None:
    if not store.take(tx, inbound.key, inbound.event or inbound.kind, _as_json(inbound), now):
        return store.reply_to(tx, inbound.key)
    if _receipt(tx, inbound, now) or not inbound.openid:
        return None
    person = people.locked_by_openid(tx, inbound.openid, now)
    deal = _converse if _speaks(inbound) else _event
    owner, text = deal(office, tx, inbound, person, now)
    store.answer(tx, inbound.key, owner, text)
    return text


def _as_json(inbound: Inbound) -> str:
    return json.dumps(asdict(inbound), ensure_ascii=False)


def _speaks(inbound: Inbound) -> bool:
    """Whether words or a thing were said (a menu button stands for words)."""
    return inbound.kind != "event" or bool(inbound.text)


def _receipt(tx: Tx, inbound: Inbound, now: datetime) -> bool:
    """The platform's word on what was sent; there may be thousands at once, so nothing else is touched."""
    facts = inbound.facts or {}
    if inbound.event == "templatesendjobfinish":
        receipts.template_finished(tx, str(facts.get("message_id", "")), str(facts.get("status", "")), now)
    elif inbound.event == "subscribe_msg_sent_event":
        receipts.subscription_sent(tx, inbound.openid, facts.get("list", []), now)
    else:
        return False
    return True


def _event(office: Office, tx: Tx, inbound: Inbound, person: Row[Any], now: datetime) -> tuple[int, str | None]:
    """Events change what we know of the person; following and scanning are answered."""
    if inbound.event in ("subscribe", "scan"):
        return _welcome(office, tx, inbound, person, now)
    if inbound.event in ("subscribe_msg_popup_event", "subscribe_msg_change_event"):
        receipts.consent_changed(tx, person, (inbound.facts or {}).get("list", []))
    elif inbound.event == "unsubscribe":
        people.change(tx, person.id, subscribed=False, unreachable="unsubscribed", chat_left=0, click_left=0)
    elif (
        inbound.event in REVOCATIONS and person.name is None
    ):  # the roster's numbers are the office's, not the platform's
        people.change(tx, person.id, phone_sealed=None, place_sealed=None)
    return person.id, None


def _welcome(office: Office, tx: Tx, inbound: Inbound, person: Row[Any], now: datetime) -> tuple[int, str | None]:
    """Greets; a QR code whose scene is a bind code binds."""
    scene = inbound.event_key.removeprefix("qrscene_").removeprefix("bind_").removeprefix("bind:")
    if roster.is_code(scene):
        words = replace(inbound, kind="text", text=f"{office.texts.say('bind.word')} {scene}")
        return _converse(office, tx, words, person, now)
    _open_window(tx, person, inbound, now)
    return person.id, office.texts.say("chat.welcome")


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


def _converse(office: Office, tx: Tx, inbound: Inbound, person: Row[Any], now: datetime) -> tuple[int, str | None]:
    """(whose message it is in the end, the reply): binding hands the conversation to the roster's person."""
    _open_window(tx, person, inbound, now)
    stored = people.session(tx, person.id)
    session = _session(tx, stored)
    limits = office.limits
    session.expire(now, timedelta(minutes=limits.question_minutes), timedelta(minutes=limits.belongs_minutes))
    desk = _desk(office, tx, inbound, person, session, now)
    if inbound.kind == "other":
        tell_kept(office, tx, inbound, now)
        text = desk.say("chat.unknown_kind")
    else:
        text = conversation.reply(desk, _part(inbound))
    shown, rest = cut(text)
    if rest:
        session.data["rest"] = rest
        shown += "\n" + office.texts.say("chat.more")
    owner = desk.bound or person
    shown += outbox.reply_with_waiting(office, tx, owner, LIMIT + 100 - len(shown.encode()), now)
    if desk.bound is not None:
        stored = people.session(tx, owner.id)
    people.save_session(tx, owner.id, stored is not None, _session_values(tx, session))
    return owner.id, shown


def _desk(office: Office, tx: Tx, inbound: Inbound, person: Row[Any], session: Session, now: datetime) -> OfficeDesk:
    held = people.roles_of(tx, person.id)
    me = Me(
        id=person.id, name=person.name, roles=frozenset(row.role for row in held),
        communities=frozenset(row.community for row in held if row.community),
        grids=frozenset(row.grid for row in held if row.grid),
    )  # fmt: skip
    words = (
        inbound.text or office.texts.say(f"part.{inbound.kind}", label="") if inbound.kind in PARTS else inbound.text
    )
    meant = office.reader.understand(words, Speaker(me.roles, session.asked))
    if inbound.kind in PARTS and not (inbound.kind == "voice" and inbound.text):
        meant = _thing(office, meant)
    return OfficeDesk(office, tx, me, now, person, session, meant)


def _thing(office: Office, meant: Understanding) -> Understanding:
    """A picture or a place says where at most, not what it is about: people look at it."""
    lane = office.reader.category(UNKNOWN).lane
    return replace(meant, intent="append", command=None, category=UNKNOWN, lane=lane, urgency="U3", danger=None)


def _part(inbound: Inbound) -> Part | None:
    """The thing that came; a voice that was recognised is words as well, and the recording is kept with them."""
    if inbound.kind not in PARTS:
        return None
    heard = inbound.kind == "voice" and bool(inbound.text)
    return Part(inbound.kind, inbound.media_id, inbound.text or None, heard)


def _session(tx: Tx, row: Row[Any] | None) -> Session:
    if row is None:
        return Session()
    return Session(row.asked, row.asked_at, row.order_id, row.order_at, tx.open_facts(row.data_sealed))


def _session_values(tx: Tx, session: Session) -> dict[str, Any]:
    return {
        "asked": session.asked, "asked_at": session.asked_at, "order_id": session.order_id,
        "order_at": session.order_at, "data_sealed": tx.seal_facts(session.data) if session.data else None,
    }  # fmt: skip


def _keep(office: Office, inbound: Inbound, now: datetime, *, patient: bool) -> str | None:
    """Something broke: the words are kept for staff in the database or, without one or in haste, in the spool."""
    said = office.texts.say("chat.failed", duty="、".join(office.settings.duty_phones))
    try:
        said = _with_danger(office, inbound.text, said)
        if not patient:
            raise TimeoutError("no time left to ask the database again")
        with office.db.transaction(within=MESSAGE_SECONDS / 2) as tx:
            if store.keep(tx, inbound.key, inbound.kind, _as_json(inbound), said, "broken", now):
                tell_kept(office, tx, inbound, now)
    except Exception:
        log.exception("message %s goes to the spool", inbound.key)
        try:
            spool.keep(office, inbound.key, _as_json(inbound), now)
        except OSError:
            log.exception("message %s is lost: it could be written nowhere", inbound.key)
            said = office.texts.say("chat.lost", duty="、".join(office.settings.duty_phones))
    return said if _speaks(inbound) or inbound.event in ("subscribe", "scan") else None


def _with_danger(office: Office, words: str, said: str) -> str:
    """Whoever is in danger hears whom to call also from a service that is broken."""
    meant = office.reader.understand(words)
    if meant.danger is None:
        return said
    settings = office.settings
    phones = {"gas": settings.gas_phone, "power": settings.power_phone}
    return office.texts.say(f"danger.{meant.danger}", **phones) + "\n" + said


def tell_kept(office: Office, tx: Tx, inbound: Inbound, now: datetime) -> None:
    """Put before staff what the service could not read or deal with."""
    staff = people.with_role(tx, ("admin",)) or people.with_role(tx, ("staff",))
    facts = {"body": office.reader.mask(inbound.text) or inbound.kind, "code": "", "title": ""}
    notices.write(tx, staff, "kept", now=now, facts=facts, once=f"kept:{inbound.key}"[:100])
