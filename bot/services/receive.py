"""One message, one transaction: what it meant, what it changed, whom it concerns, and the reply under its key."""

import logging
import time
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.dialogue import policy
from bot.dialogue.context import Context, Me, Outcome
from bot.dialogue.interface.order import Part
from bot.dialogue.reply_length import LIMIT, cut
from bot.dialogue.session import Session
from bot.messages import CLICK_WINDOW, MESSAGE_WINDOW, PAGE, PARTS, Inbound
from bot.orders.restricted import is_restricted
from bot.services.accounts.by_chat import pictures
from bot.services.context.context import compose
from bot.services.context.reader import EVERYBODY
from bot.services.context.turn import Turn
from bot.services.messages import events, failed_messages, message_limits, sessions
from bot.services.messages.message_limits import Counted
from bot.services.notices import outbox
from bot.services.office import Office
from bot.services.reading import reading_ahead
from bot.services.roster import bind_codes
from bot.store import conversations
from bot.store import inbound as store
from bot.store.conversations import Conversation
from bot.store.database import Tx, is_conflict
from bot.store.inbound import SignatureUsed as SignatureUsed
from bot.store.persons import people
from bot.store.records import audit
from bot.store.rows import Person
from bot.store.sealed import identity
from bot.understanding import Speaker, Understanding
from bot.understanding.categories import UNKNOWN
from bot.understanding.normalize import simplify

log = logging.getLogger(__name__)

TYPED = 6  # digits of a sign-in
MESSAGE_SECONDS = 3.0  # for the whole of a message's transaction
CONFLICT_SECONDS = 2.0  # until then whoever got in somebody's way tries again
PATIENCE_SECONDS = 1.0  # what failed sooner than this leaves time to ask the database once more within 5 s
URGENT = 0  # the priority of notices of danger
LONGEST_KIND = 32  # column


def receive(
    office: Office,
    inbound: Inbound,
    now: datetime,
    *,
    is_late: bool = False,
    since: float | None = None,
    deferred: bool = False,
) -> str | None:
    """The reply's text, None where the platform expects none. Raises SignatureUsed, and nothing for anything behind
    the edge. `is_late`: it was said a while ago, and how much was said meanwhile does not count. `since`: the moment of
    `time.monotonic` from which it has waited; what has waited too long is kept for later, so that it is answered in time. `deferred`: as of
    `Database.transaction`."""
    if inbound.signature is None and _is_nothing(inbound):
        return None
    started, twice = time.monotonic() if since is None else since, False
    while True:
        try:
            within = MESSAGE_SECONDS - (time.monotonic() - started)
            if within <= 0:
                raise TimeoutError("the message has waited too long")
            ahead = partial(reading_ahead.read, office, inbound, now)
            with store.refusals(), office.db.transaction(within, ahead, deferred=deferred) as tx:
                answered = _answer(office, tx, inbound, now, is_late=is_late)
                told = tx.summary.priority
            break
        except store.SignatureUsed:
            if twice:
                raise
            twice = True  # a copy of this very message may have been written in the same instant: then it is known now
        except Exception as error:
            spent = time.monotonic() - started
            if (is_conflict(error) or isinstance(error, store.AlreadyThere)) and spent < CONFLICT_SECONDS:
                continue
            log.exception("message %s failed", inbound.key)
            return failed_messages.keep(
                office, inbound, now, seconds=MESSAGE_SECONDS / 2 if spent < PATIENCE_SECONDS else 0
            )
    if told is not None:
        office.db.when_committed(partial(office.nudge, urgent=told == URGENT))
    return answered


def _is_nothing(inbound: Inbound) -> bool:
    """Whether there is nothing to do and nothing to keep but that its signature is used up."""
    return inbound.kind == "event" and not events.known(inbound.event)


def _answer(office: Office, tx: Tx, inbound: Inbound, now: datetime, *, is_late: bool) -> str | None:
    if _is_nothing(inbound):
        store.spend(tx, inbound.key, inbound.signature, now)
        return None
    kind = (inbound.event or inbound.kind)[:LONGEST_KIND]
    if not (inbound.openid and (inbound.kind != "event" or inbound.event in events.CLICKS)):
        if store.take(tx, inbound.key, kind, inbound.as_json(), now, signature=inbound.signature):
            events.apply(office, tx, inbound.event, inbound.openid, inbound.facts or {}, inbound.key, now)
        else:
            store.spend_on_repeat(tx, inbound.key, inbound.signature, now)
        return None
    window, waiting = _window(inbound, now), outbox.waiting_since(now)
    first = {**window, **message_limits.first(inbound, now)}
    talk = conversations.begin(tx, inbound.openid, inbound.key, now, waiting, first)
    if isinstance(talk, conversations.Repeated):
        store.spend(tx, inbound.key, inbound.signature, now, talk.signature)
        return tx.open(talk.reply_sealed, identity.of("inbound", "reply_sealed", inbound.key))
    once = inbound.signature
    if not talk.is_new:
        counted = Counted() if is_late else message_limits.count(office, inbound, talk, talk.session.asked, now)
        if counted.is_over:
            return message_limits.refuse(office, tx, inbound, talk, counted, now)
        if window or counted.values:
            people.change(tx, talk.person.id, **window, **counted.values)
    deal = _converse if inbound.speaks else _event
    owner, text = deal(office, tx, inbound, talk, now)
    store.add(tx, inbound.key, kind, owner, inbound.as_json(), text, now, signature=once, boxed=tx.summary.restricted)
    return text


def _event(office: Office, tx: Tx, inbound: Inbound, talk: Conversation, now: datetime) -> tuple[int, str | None]:
    """Following and scanning are answered; where the phone itself shows what was scanned, silence is right."""
    if inbound.event in ("subscribe", "scan"):
        scene = inbound.event_key.removeprefix("qrscene_")
        return _scanned(office, tx, inbound, talk, scene, "chat.welcome", now)
    if inbound.event == "scancode_waitmsg":
        return _scanned(office, tx, inbound, talk, str((inbound.facts or {}).get("scanned", "")), "chat.scanned", now)
    return talk.person.id, office.texts.say("chat.old_button") if inbound.event == "click" else None


def _scanned(
    office: Office, tx: Tx, inbound: Inbound, talk: Conversation, scene: str, answer: str, now: datetime
) -> tuple[int, str | None]:
    """A QR code that holds a bind code binds; one of a sign-in is as the words under it. What the office gave out serves as it is typed."""
    if scene.startswith(pictures.SCENE):
        typed = f"{office.texts.say('accounts.chat.word')} {scene.removeprefix(pictures.SCENE)[:TYPED]}"
        return _converse(office, tx, replace(inbound, kind="text", text=typed), talk, now)
    code = scene.removeprefix("bind_").removeprefix("bind:")
    if bind_codes.is_code(code):
        words = replace(inbound, kind="text", text=f"{office.texts.say('bind.word')} {code}")
        return _converse(office, tx, words, talk, now)
    return talk.person.id, office.texts.say(answer)


def _window(inbound: Inbound, now: datetime) -> dict[str, Any]:
    """What the person's row says from now on: reachable again, with the customer-service window this message opens."""
    if inbound.kind == PAGE:  # opens no window, and who writes there need not follow
        return {}
    values: dict[str, Any] = {"subscribed": True, "unreachable": None}
    if inbound.menu_click or inbound.event in events.CLICKS:
        span, count = CLICK_WINDOW
        values |= {"click_until": now + span, "click_left": count}
    elif inbound.kind != "event":
        span, count = MESSAGE_WINDOW
        values |= {"chat_until": now + span, "chat_left": count}
    return values


def _converse(office: Office, tx: Tx, inbound: Inbound, talk: Conversation, now: datetime) -> tuple[int, str | None]:
    """(whose message it is in the end, the reply): binding hands the conversation to the roster's person."""
    office.learned.look(tx, now)
    stored = sessions.opened(office, talk)
    session = sessions.at(talk, stored)
    sessions.expire(office, session, now)
    context = _context(office, tx, inbound, talk, session, now)
    if is_restricted(context.meant) or sessions.is_boxed(talk, session):
        tx.summary.restricted = True
    if inbound.kind == "other" or inbound.text == context.say("part.unsupported"):
        failed_messages.tell_kept(office, tx, inbound, now)
        text = context.say("chat.unknown_kind")
    elif inbound.event == "click" and context.meant.command is None:
        text = _no_button(office, inbound.text)
    else:
        text = policy.reply(context, _part(inbound))
    shown, rest = cut(text)
    if rest:
        session.data |= {"rest": rest, "rest_boxed": tx.summary.restricted}
        shown += "\n" + office.texts.say("chat.more")
    bound_to = context.outcome.bound_to
    owner = talk.person if bound_to is None else people.by_id(tx, bound_to)
    if talk.has_waiting or bound_to is not None:
        shown += _waiting(office, tx, owner, session, LIMIT + 100 - len(shown.encode()), now)
    known = talk.has_session if bound_to is None else people.session(tx, owner.id) is not None
    if not known or session != sessions.at(talk, stored):
        sessions.save(tx, owner.id, session, known=known)
    return owner.id, shown


def _waiting(office: Office, tx: Tx, owner: Person, session: Session, room_bytes: int, now: datetime) -> str:
    """What waits for the person; the rest of a notice that is longer than the reply comes for the asking."""
    told = outbox.reply_with_waiting(office, tx, owner, room_bytes, now)
    if told.rest:
        session.data |= {"rest": told.rest, "rest_boxed": tx.summary.restricted}
    return told.text


def _no_button(office: Office, words: str) -> str:
    """A button that does nothing for this person: one for the roster's people, or of a menu that is gone."""
    theirs = office.reader.grammar.read(simplify(words), EVERYBODY)
    return (
        office.texts.say("chat.old_button") if theirs is None else office.texts.say("bind.needed", words=theirs.words)
    )


def _context(office: Office, tx: Tx, inbound: Inbound, talk: Conversation, session: Session, now: datetime) -> Context:
    me = Me(talk.person.id, talk.person.name, talk.rights)
    meant = office.understand(reading_ahead.words(office, inbound), Speaker(me.roles, session.asked))
    if inbound.kind in PARTS and not (inbound.kind == "voice" and inbound.text):
        meant = _thing(office, meant)
    source = audit.H5 if inbound.kind == PAGE else audit.CHAT
    turn = Turn(office, tx, talk.person, me, session, Outcome(), now, talk.is_asked, talk.is_new, source)
    return compose(turn, meant)


def _thing(office: Office, meant: Understanding) -> Understanding:
    """A picture or a place says where at most, not what it is about: people look at it."""
    lane = office.reader.category(UNKNOWN).lane
    return replace(
        meant, intent="append", command=None, category=UNKNOWN, lane=lane, urgency="U3", danger=None, danger_role=None,
        soon=None,
    )  # fmt: skip


def _part(inbound: Inbound) -> Part | None:
    """The thing that came; a voice that was recognised is words as well, and the recording is kept with them, as
    are the pictures of a form."""
    if inbound.kind == PAGE:
        found = (inbound.facts or {}).get("pictures", [])
        return Part("image", found[0], heard=True, more=tuple(found[1:])) if found else None
    if inbound.kind not in PARTS:
        return None
    heard = inbound.kind == "voice" and bool(inbound.text)
    return Part(inbound.kind, inbound.media_id, inbound.text or None, heard)
