"""Opens what was written down of a notice, and puts it into a letter."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row

from bot.broadcasts.life import CORRECTION, FIRST, MEETING, NO_DUTY
from bot.services.notices.words import broadcast_words, daily_digest
from bot.services.notices.words.letter import SEALED_DUTY, Letter
from bot.store.database import Database, Tx
from bot.store.sealed import columns
from bot.store.sending.attempts import Attempt
from bot.texts import Texts

ZONE = ZoneInfo("Asia/Shanghai")
ALWAYS = (
    "code", "title", "what", "place", "state", "who", "body", "handler", "contact", "until", "about", "wanted", "card", "said",
    "extra", "pair", "hurry", "left", "mass",
)  # fmt: skip
HELD = "details"
"""The fact that says when and where a meeting is."""
SEALED = "sealed_staff"  # the sentence that says nothing of a restricted matter but that it waits


class Speaks(Protocol):
    """What wording a notice needs of the office."""

    @property
    def texts(self) -> Texts: ...


def opened(
    office: Speaks,
    vaults: Database | Tx,
    row: Row[Any],
    attempts: Sequence[Attempt] = (),
    earlier: frozenset[str] = frozenset(),
    parts: Sequence[Row[Any]] = (),
) -> Letter:
    """One notice that cannot be opened or worded must not keep the others from being sent. `parts`: what goes in a digest."""
    is_digest = row.event == daily_digest.EVENT
    try:
        if is_digest:
            told = [_letter(office, part, {}, (), frozenset()) for part in parts]
            return _digest(office, row, told, attempts, earlier)
        facts = json.loads(columns.text(vaults, "notices", "facts_sealed", row) or "{}")
        return _letter(office, row, facts, attempts, earlier)
    except (InvalidTag, LookupError, ValueError, TypeError, AttributeError) as error:
        why = f"{type(error).__name__}: {error}"[:200]
        return Letter(
            row.id, row.openid, _kind(row), {}, "", row, broken=why, attempts=attempts, earlier=earlier, is_digest=is_digest
        )  # fmt: skip


def _digest(
    office: Speaks, row: Row[Any], told: Sequence[Letter], attempts: Sequence[Attempt], earlier: frozenset[str]
) -> Letter:
    """Several broadcasts in one message; of one alone its own words, and none of nothing."""
    facts, text = daily_digest.worded(office.texts, [(one.facts, one.text) for one in told])
    return Letter(
        row.id, row.openid, "other", {**dict.fromkeys(ALWAYS, ""), **facts}, text, row, said_as=row.event,
        words=facts.get("body", ""), named=office.texts.say("named.digest"), is_digest=True, attempts=attempts,
        earlier=earlier,
    )  # fmt: skip


def _letter(
    office: Speaks, row: Row[Any], facts: Mapping[str, Any], attempts: Sequence[Attempt], earlier: frozenset[str]
) -> Letter:
    known = {name: "" if value is None else str(value) for name, value in facts.items() if name != HELD}
    trace = known.pop("trace", "")
    if facts.get(HELD):  # whoever is asked to approve a meeting
        known["body"] += broadcast_words.held(office.texts, facts[HELD], ZONE)
    meeting = facts.get(HELD) or row.broadcast_details
    if meeting and row.round < CORRECTION:
        known |= {
            "when": broadcast_words.when(office.texts, meeting, ZONE) or known.get("when", ""),
            "place": meeting.get("place", ""),
        }
    assumed = frozenset() if known.get("when") else frozenset({"when"})
    known.setdefault("when", row.created_at.astimezone(ZONE).strftime(office.texts.template("outbox.when")))
    if row.broadcast_id is not None:
        title = broadcast_words.heading(office.texts, row.broadcast_title, row.broadcast_year, row.broadcast_number)
        known |= {"code": str(row.broadcast_id), "title": title, "what": title}
        known.setdefault("body", row.broadcast_body + broadcast_words.held(office.texts, row.broadcast_details, ZONE))
    elif row.order_code is not None:
        known.setdefault("code", row.order_code)
    for name in ALWAYS:  # what was written before an update lacks the newer ones
        known.setdefault(name, "")
    said_as, text = _event(row, known), _text(office, row, known)
    brief, words = _brief(office, row, said_as, known), known["body"]
    known["body"] = "：".join(filter(None, [brief, words]))  # a card's one line
    return Letter(
        row.id,
        row.openid,
        _kind(row),
        known,
        text,
        row,
        assumed,
        attempts=attempts,
        earlier=earlier,
        trace=trace,
        said_as=said_as,
        words=words,
        brief=brief,
        named=_named(office, row, said_as),
    )


def _brief(office: Speaks, row: Row[Any], said_as: str, known: Mapping[str, str]) -> str:
    """One short line: what to answer; empty where there is none."""
    if row.broadcast_kind in NO_DUTY:  # it asks for nothing
        return ""
    meeting = row.broadcast_kind == MEETING and row.round < CORRECTION
    key = "outbox.meeting_brief" if meeting else f"brief.{said_as}"
    return office.texts.say(key, **known) if office.texts.has(key) else ""


OF_LIMIT = ("warn_", "escalate_")
"""Events that tell how a limit stands."""


def _event(row: Row[Any], facts: Mapping[str, str]) -> str:
    """Under which name its sentences stand: of a restricted matter staff are told only that something waits, or how its limit stands."""
    sealed = facts.get("sealed", "")
    if not sealed:
        return str(row.event)
    name = SEALED_DUTY if sealed == "duty" else SEALED
    return f"{name}_limit" if row.event.startswith(OF_LIMIT) and facts.get("left") else name


def _named(office: Speaks, row: Row[Any], said_as: str) -> str:
    """What a short message calls it: a broadcast by its kind, else by whom it is for."""
    of = row.broadcast_kind if row.broadcast_id is not None else said_as.rsplit("_", 1)[-1]
    return office.texts.say(f"named.{of}" if office.texts.has(f"named.{of}") else "named.other")


def _kind(row: Row[Any]) -> str:
    if row.order_id is not None:
        return "order"
    return "reminder" if row.broadcast_kind == "reminder" else "other"


def _text(office: Speaks, row: Row[Any], facts: Mapping[str, str]) -> str:
    """The whole sentence; of a broadcast with what its kind asks for, and whether it is said again."""
    key = f"notice.{_event(row, facts)}"
    if row.broadcast_kind in NO_DUTY and row.round < CORRECTION:
        key = "outbox.no_duty"
    elif row.broadcast_kind == MEETING and row.round < CORRECTION:
        key = "outbox.meeting_asked"
    text = office.texts.say(key, **facts)
    return office.texts.say("outbox.again", text=text) if FIRST < row.round < CORRECTION else text
