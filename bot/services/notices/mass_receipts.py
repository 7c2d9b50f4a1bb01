"""The platform's word on a mass send: how many got it, but not who."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.store.database import Tx
from bot.store.sending import mass_sends, receipts

KEPT = "mass:"  # begins the key of an event until a worker or the clock has counted it
SUCCESS = "send success"
NUMBERS = ("total", "admitted", "arrived", "failed")
LONGEST_STATUS, LARGEST = 24, 10**9


def finished(tx: Tx, facts: Mapping[str, Any], now: datetime) -> None:
    """Keep a MASSSENDJOBFINISH event. It may overtake the answer to the call, and there may be thousands of people to settle,
    for whom the platform must not wait."""
    number = str(facts.get("message_id", ""))
    if number.strip("0"):
        told = [
            str(facts.get("status", "")).replace("|", " ")[:LONGEST_STATUS],
            *(str(_number(facts, name)) for name in NUMBERS),
        ]
        receipts.keep(tx, f"{KEPT}{number}", "|".join(told), now)


def match(tx: Tx, now: datetime) -> None:
    """Count the events that were kept. Where everybody got it, or nobody did, that is said of each; else nobody knows of whom
    it is true, and the numbers stand in the evidence alone."""
    done = []
    for kept in receipts.beginning(tx, KEPT):
        row = mass_sends.by_message_id(tx, kept.message_id.removeprefix(KEPT))
        if row is None or not mass_sends.is_settled(tx, row.id):
            continue
        done.append(kept.message_id)
        if row.status is not None:  # counted before
            continue
        status, *told = kept.status.split("|")
        total, admitted, arrived, failed = map(int, told)
        mass_sends.note_event(tx, row.id, status, admitted, arrived, failed)
        if arrived >= row.people:
            mass_sends.mark_delivered(tx, row.id, now)
        elif not arrived and (total or status != SUCCESS):
            mass_sends.try_others(tx, row, status, now)
    receipts.drop(tx, done)


def _number(facts: Mapping[str, Any], name: str) -> int:
    given = str(facts.get(name, ""))
    return min(int(given), LARGEST) if given.isascii() and given.isdigit() and len(given) < 18 else 0
