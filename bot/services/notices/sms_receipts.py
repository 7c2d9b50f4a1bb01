"""What a provider says of short messages that it took, by receipt or when asked: delivered, or not and why."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Row

from bot.services.notices import receipts
from bot.services.notices.numbers import number_of
from bot.store.database import Database, Tx
from bot.store.sending import attempts, notice_queue
from bot.store.sending import receipts as store

CHANNEL = "sms"
EARLY = "m:"  # how the keys of receipts begin that came before their send was written down
LONGEST_SERIAL = store.LONGEST - len(EARLY)
"""What is longer could not be kept whole, nor found again."""
DIGEST = 24  # characters of the number's keyed digest that such a one is kept with
ASKED_AFTER = tuple(timedelta(minutes=each) for each in (60, 6 * 60, 24 * 60, 72 * 60))
"""After these, and after the office's own first time, a message without a receipt is asked about."""


class Wakes(Protocol):
    """An office that can wake its workers."""

    @property
    def db(self) -> Database: ...
    def nudge(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Report:
    """One message: the provider's serial number, or our id of it; to which number it went; whether it arrived."""

    serials: tuple[str, ...]
    number: str
    arrived: bool
    words: str


def take(office: Wakes, told: Iterable[Report], now: datetime) -> int:
    """Write down what was told of messages that are known; how many that changed. What did not arrive goes to the next
    channel at once. A receipt that overtook the answer is kept while something is being sent; any other unknown one is not."""
    changed, failed = 0, False
    with office.db.transaction() as tx:
        # Looked at before the attempts: an answer may be written down in between, and its receipt must then be kept.
        sending = notice_queue.any_in_hand(tx)
        for one in told:
            attempt = next(filter(None, (_known(tx, serial) for serial in one.serials)), None)
            if attempt is None:
                if sending:
                    _keep(tx, one, now)
            elif _is_open(tx, attempt, tx.vault.index(one.number)):
                if receipts.settle(tx, attempt, _said(one), now):
                    changed += 1
                    failed |= not one.arrived
                else:
                    _keep(tx, one, now)
    if failed:
        office.nudge()
    return changed


def match(tx: Tx, now: datetime) -> None:
    """Settle with receipts that overtook the answer they belong to; done after answers were written down."""
    done = []
    for row in store.beginning(tx, EARLY):
        attempt, (said, _, digest) = _known(tx, row.message_id.removeprefix(EARLY)), row.status.partition("|")
        if attempt is not None and (not _is_open(tx, attempt, digest) or receipts.settle(tx, attempt, said, now)):
            done.append(row.message_id)
    store.drop(tx, done)


def _known(tx: Tx, serial: str) -> Row[Any] | None:
    """The short message of this number of the provider's, or of ours."""
    found = attempts.by_message_id(tx, serial) if serial else None
    return found if found is not None and found.channel == CHANNEL else None


def _keep(tx: Tx, one: Report, now: datetime) -> None:
    if one.serials[0]:
        store.keep(tx, EARLY + one.serials[0], f"{_said(one)[:36]}|{tx.vault.index(one.number)[:DIGEST]}", now)


def _is_open(tx: Tx, attempt: Row[Any], digest: str) -> bool:
    """Whether nothing was said of the message yet and it went to the number of this keyed digest."""
    if attempt.outcome not in attempts.OPEN:
        return False
    (row,) = notice_queue.in_hand(tx, [attempt.notice_id])
    number = number_of(tx, row)
    return number is not None and hmac.compare_digest(tx.vault.index(number)[:DIGEST], digest[:DIGEST])


def _said(one: Report) -> str:
    return receipts.SUCCESS if one.arrived else f"failed:{one.words[:28]}"
