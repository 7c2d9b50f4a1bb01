"""One message, one transaction: what it meant, what it changed, whom it concerns, and the reply under its key."""

import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.dialogue import policy
from bot.dialogue.context import Context
from bot.dialogue.order import Part
from bot.dialogue.reply_length import LIMIT, cut
from bot.dialogue.session import Session
from bot.messages import LONGEST, PARTS, Inbound
from bot.orders.restricted import is_restricted
from bot.services import events, failed_messages, roster
from bot.services.context.context import compose, speaker
from bot.services.context.reader import EVERYBODY
from bot.services.notices import outbox
from bot.services.office import Office
from bot.store import inbound as store
from bot.store import people, rows
from bot.store.database import Tx, is_conflict
from bot.store.sealed import box
from bot.understanding import Speaker, Understanding
from bot.understanding.categories import UNKNOWN
from bot.understanding.normalize import simplify

log = logging.getLogger(__name__)

MESSAGE_WINDOW = (timedelta(hours=48), 5)  # customer-service messages after a message (wechat-platform §4)
CLICK_WINDOW = (timedelta(minutes=1), 3)  # after a menu click, a scan or following
MESSAGE_SECONDS = 3.0  # for the whole of a message's transaction
CONFLICT_SECONDS = 2.0  # until then whoever got in somebody's way tries again
PATIENCE_SECONDS = 1.0  # what failed sooner than this leaves time to ask the database once more within 5 s
LONGEST_KIND = 32  # column


def receive(office: Office, inbound: Inbound, now: datetime) -> str | None:
    """The reply's text, None where the platform expects none. Never raises for anything behind the edge."""
    if inbound.kind == "event" and not events.known(inbound.event):
        return None
    started = time.monotonic()
    while True:
        try:
            with office.db.transaction(within=MESSAGE_SECONDS - (time.monotonic() - started)) as tx:
                answered = _answer(office, tx, inbound, now)
                told = bool(tx.told)
            break
        except Exception as error:
            spent = time.monotonic() - started
            if is_conflict(error) and spent < CONFLICT_SECONDS:
                continue
            log.exception("message %s failed", inbound.key)
            return failed_messages.keep(
                office, inbound, now, seconds=MESSAGE_SECONDS / 2 if spent < PATIENCE_SECONDS else 0
            )
    if told:
        office.nudge()
    return answered


def _answer(office: Office, tx: Tx, inbound: Inbound, now: datetime) -> str | None:
    silent = None if inbound.speaks else inbound.as_json()
    if not store.take(tx, inbound.key, (inbound.event or inbound.kind)[:LONGEST_KIND], silent, now):
        return store.reply_to(tx, inbound.key)
    if inbound.kind == "event":
        facts = inbound.facts or {}
        if events.apply(office, tx, inbound.event, inbound.openid, facts, inbound.key, now) or not inbound.openid:
            return None
    person = people.locked_by_openid(tx, inbound.openid, now)
    deal = _converse if inbound.speaks else _event
    owner, text = deal(office, tx, inbound, person, now)
    store.answer(tx, inbound.key, owner, inbound.as_json(), text, boxed=bool(tx.restricted))
    return text


def _event(office: Office, tx: Tx, inbound: Inbound, person: rows.Person, now: datetime) -> tuple[int, str | None]:
    """Following and scanning are answered; where the phone itself shows what was scanned, silence is right."""
    if inbound.event in ("subscribe", "scan"):
        scene = inbound.event_key.removeprefix("qrscene_")
        return _scanned(office, tx, inbound, person, scene, "chat.welcome", now)
    if inbound.event == "scancode_waitmsg":
        return _scanned(office, tx, inbound, person, str((inbound.facts or {}).get("scanned", "")), "chat.scanned", now)
    _open_window(tx, person, inbound, now)
    return person.id, office.texts.say("chat.old_button") if inbound.event == "click" else None


def _scanned(
    office: Office, tx: Tx, inbound: Inbound, person: rows.Person, scene: str, answer: str, now: datetime
) -> tuple[int, str | None]:
    """A QR code that holds a bind code binds."""
    code = scene.removeprefix("bind_").removeprefix("bind:")
    if roster.is_code(code):
        words = replace(inbound, kind="text", text=f"{office.texts.say('bind.word')} {code}")
        return _converse(office, tx, words, person, now)
    _open_window(tx, person, inbound, now)
    return person.id, office.texts.say(answer)


def _open_window(tx: Tx, person: rows.Person, inbound: Inbound, now: datetime) -> None:
    """Reachable again, with the customer-service window this message opens."""
    values: dict[str, Any] = {"subscribed": True, "unreachable": None}
    if inbound.menu_click or inbound.event in events.CLICKS:
        span, count = CLICK_WINDOW
        values |= {"click_until": now + span, "click_left": count}
    elif inbound.kind != "event":
        span, count = MESSAGE_WINDOW
        values |= {"chat_until": now + span, "chat_left": count}
    people.change(tx, person.id, **values)


def _converse(office: Office, tx: Tx, inbound: Inbound, person: rows.Person, now: datetime) -> tuple[int, str | None]:
    """(whose message it is in the end, the reply): binding hands the conversation to the roster's person."""
    office.learned.look(tx, now)
    _open_window(tx, person, inbound, now)
    stored = people.session(tx, person.id)
    session = _session(tx, stored)
    limits = office.limits
    session.expire(now, timedelta(minutes=limits.question_minutes), timedelta(minutes=limits.belongs_minutes))
    context = _context(office, tx, inbound, person, session, now)
    if is_restricted(context.meant) or _is_boxed(tx, inbound, session):
        tx.restricted.add(session.order_id or 0)
    if inbound.kind == "other" or inbound.text == context.say("part.unsupported"):
        failed_messages.tell_kept(office, tx, inbound, now)
        text = context.say("chat.unknown_kind")
    elif inbound.event == "click" and context.meant.command is None:
        text = _no_button(office, inbound.text)
    else:
        text = policy.reply(context, _part(inbound))
    shown, rest = cut(text)
    if rest:
        session.data |= {"rest": rest, "rest_boxed": bool(tx.restricted)}
        shown += "\n" + office.texts.say("chat.more")
    bound_to = context.outcome.bound_to
    owner = person if bound_to is None else people.by_id(tx, bound_to)
    shown += outbox.reply_with_waiting(office, tx, owner, LIMIT + 100 - len(shown.encode()), now)
    if bound_to is not None:
        stored = people.session(tx, owner.id)
    people.save_session(tx, owner.id, stored is not None, _session_values(tx, session))
    return owner.id, shown


def _is_boxed(tx: Tx, inbound: Inbound, session: Session) -> bool:
    """Whether the conversation is about a restricted matter, or the rest of a long reply is of one."""
    of_rest = bool(session.data.get("rest") and session.data.get("rest_boxed"))
    return of_rest or (session.order_id is not None and box.talks_of_one(tx, inbound.openid))


def _no_button(office: Office, words: str) -> str:
    """A button that does nothing for this person: one for the roster's people, or of a menu that is gone."""
    theirs = office.reader.grammar.read(simplify(words), EVERYBODY)
    return (
        office.texts.say("chat.old_button") if theirs is None else office.texts.say("bind.needed", words=theirs.words)
    )


def _context(office: Office, tx: Tx, inbound: Inbound, person: rows.Person, session: Session, now: datetime) -> Context:
    me = speaker(tx, person)
    words = (
        inbound.text or office.texts.say(f"part.{inbound.kind}", label="") if inbound.kind in PARTS else inbound.text
    )
    meant = office.understand(words[:LONGEST], Speaker(me.roles, session.asked))
    if inbound.kind in PARTS and not (inbound.kind == "voice" and inbound.text):
        meant = _thing(office, meant)
    return compose(office, tx, person, me, session, meant, now)


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


def _session(tx: Tx, row: rows.Session | None) -> Session:
    if row is None:
        return Session()
    return Session(row.asked, row.asked_at, row.order_id, row.order_at, tx.open_facts(row.data_sealed))


def _session_values(tx: Tx, session: Session) -> dict[str, Any]:
    return {
        "asked": session.asked, "asked_at": session.asked_at, "order_id": session.order_id,
        "order_at": session.order_at, "data_sealed": tx.seal_facts(session.data, boxed=True) if session.data else None,
    }  # fmt: skip
