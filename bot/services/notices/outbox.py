"""Notices on their way: claimed and recorded in one transaction, said in words, or handed over with a reply."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row

from bot.dialogue.reply_length import cut
from bot.orders.restricted import is_restricted_lane
from bot.services.notices import receipts
from bot.store import notice_queue, notices
from bot.store.attempts import Attempt
from bot.store.database import Database, Tx
from bot.store.notice_queue import Report
from bot.store.rows import Person
from bot.store.sealed import columns
from bot.texts import Texts
from config.settings import CONFIG_DIR

ZONE = ZoneInfo("Asia/Shanghai")
ALWAYS = (
    "code", "title", "what", "place", "state", "who", "body", "handler", "contact", "until", "about", "wanted", "card", "said",
    "extra", "pair", "hurry", "left",
)  # fmt: skip
SEALED = "sealed_staff"  # the sentence that says nothing of a restricted matter but that it waits
CUT_FROM = 600  # bytes; where there is less room, a notice that does not fit waits for the next reply


class Speaks(Protocol):
    """What wording a notice needs of the office."""

    @property
    def texts(self) -> Texts: ...


class Stores(Protocol):
    """What finding out needs of the office."""

    @property
    def db(self) -> Database: ...


class Sends(Speaks, Stores, Protocol):
    """What sending notices needs of the office; `Office` has it, and the workers' own smaller one."""


class Nudges(Stores, Protocol):
    """An office that can wake its workers."""

    def nudge(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed notice with all that a channel needs to send it."""

    id: int
    openid: str | None
    kind: str  # "order", "reminder" or "other": which template carries it
    facts: Mapping[str, str]  # code title what place state who when body
    text: str
    row: Row[Any]  # the notice and its person as they were when claimed
    assumed: frozenset[str] = frozenset()  # facts that the notice was not given: they stand in for what is missing
    broken: str | None = None  # why it cannot be opened or worded; then facts and text are empty
    attempts: Sequence[Attempt] = ()  # those made before, the oldest first
    trace: str = ""  # of the message that it comes from, for the log


@cache
def rules() -> Mapping[str, Any]:
    """The office's decisions about channels, from config/channels.toml."""
    return tomllib.loads((CONFIG_DIR / "channels.toml").read_text("utf-8"))


def waiting_since(now: datetime) -> datetime:
    """What is older no longer waits for its person."""
    return now - timedelta(days=rules()["waiting_days"])


def exchange(office: Sends, reports: Sequence[Report], limit: int, now: datetime) -> list[Letter]:
    """Record what was sent and claim up to `limit` more, in one transaction."""
    with office.db.transaction() as tx:
        notice_queue.record(tx, reports, now)
        claimed = notice_queue.claim(tx, limit, now, rules()["lease_seconds"]) if limit > 0 else []
    return [replace(_opened(office, office.db, one.row), attempts=one.attempts) for one in claimed]


def match_receipts(office: Stores, now: datetime) -> None:
    """Receipts that came before the answer they belong to was recorded."""
    with office.db.reading() as tx:
        if not receipts.any_kept(tx):
            return
    with office.db.transaction() as tx:
        receipts.match(tx, now)


def due(office: Stores, now: datetime) -> bool:
    """Whether a worker would find something to send."""
    with office.db.reading() as tx:
        return notice_queue.due_exists(tx, now)


def reply_with_waiting(office: Speaks, tx: Tx, person: Person, room_bytes: int, now: datetime) -> str:
    """The last channel: what waits for the person, as text to append to a reply; at most `room_bytes` of UTF-8."""
    since = waiting_since(now)
    count = notices.count_waiting(tx, person.id, now, since)
    if not count:
        return ""
    more = "\n" + office.texts.say("outbox.more", count=count)
    text = "\n\n" + office.texts.say("outbox.waiting", count=count)
    told: list[int] = []
    for row in notices.waiting_for(tx, person.id, now, since):
        room = room_bytes - len((text + more).encode()) - 1
        letter = _opened(office, tx, row)
        if letter.broken is not None:
            continue
        if is_restricted_lane(row.order_lane):
            tx.summary.restricted = True
        said = letter.text
        if len(said.encode()) > room:
            if told or room < CUT_FROM:
                break
            said = cut(said, room)[0]
        text += "\n" + said
        told.append(row.id)
    if not told:
        return ""
    notices.mark_delivered_in_reply(tx, told, now)
    left = count - len(told)
    return text + ("\n" + office.texts.say("outbox.more", count=left) if left else "")


def sweep(office: Nudges, now: datetime) -> int:
    """Give up what waited too long, and wake the workers where something is due; how many were given up."""
    with office.db.transaction() as tx:
        receipts.match(tx, now)
        receipts.purge(tx, now)
        given_up = notices.give_up_waiting(tx, waiting_since(now))
        is_due = notice_queue.due_exists(tx, now)
    if is_due:
        office.nudge()
    return given_up


def _opened(office: Speaks, vaults: Database | Tx, row: Row[Any]) -> Letter:
    """One notice that cannot be opened or worded must not keep the others from being sent."""
    try:
        facts = json.loads(columns.text(vaults, "notices", "facts_sealed", row) or "{}")
        return _letter(office, row, facts)
    except (InvalidTag, LookupError, ValueError, TypeError, AttributeError) as error:
        return Letter(row.id, row.openid, _kind(row), {}, "", row, broken=f"{type(error).__name__}: {error}"[:200])


def _letter(office: Speaks, row: Row[Any], facts: Mapping[str, Any]) -> Letter:
    known = {name: "" if value is None else str(value) for name, value in facts.items()}
    trace = known.pop("trace", "")
    assumed = frozenset() if known.get("when") else frozenset({"when"})
    known.setdefault("when", row.created_at.astimezone(ZONE).strftime(office.texts.template("outbox.when")))
    if row.broadcast_id is not None:
        known |= {"code": str(row.broadcast_id), "title": row.broadcast_title, "what": row.broadcast_title}
        known["body"] = row.broadcast_body
    elif row.order_code is not None:
        known.setdefault("code", row.order_code)
    for name in ALWAYS:  # what was written before an update lacks the newer ones
        known.setdefault(name, "")
    text = _text(office, row, known)
    known["body"] = _brief(office, _event(row, known), known)
    return Letter(row.id, row.openid, _kind(row), known, text, row, assumed, trace=trace)


def _brief(office: Speaks, event: str, facts: Mapping[str, str]) -> str:
    """A card's one short line: what to do next or what has happened, and then somebody's own words."""
    if not office.texts.has(f"brief.{event}"):
        return facts["body"]
    return "：".join(filter(None, [office.texts.say(f"brief.{event}", **facts), facts["body"]]))


def _event(row: Row[Any], facts: Mapping[str, str]) -> str:
    """Under which name its sentences stand: of a restricted matter staff are told only that something waits."""
    return SEALED if facts.get("sealed") else str(row.event)


def _kind(row: Row[Any]) -> str:
    if row.order_id is not None:
        return "order"
    return "reminder" if row.broadcast_kind == "reminder" else "other"


def _text(office: Speaks, row: Row[Any], facts: Mapping[str, str]) -> str:
    """The whole sentence; a broadcast's own words where the office has not worded its kind."""
    key = f"notice.{_event(row, facts)}"
    if row.broadcast_id is not None and not office.texts.has(key):
        key = "outbox.broadcast"
    return office.texts.say(key, **facts)
