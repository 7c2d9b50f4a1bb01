"""Messages that were kept while the database was down are answered once it is back."""

import logging
from datetime import datetime

from cryptography.exceptions import InvalidTag

from bot.messages import from_json
from bot.services import receive
from bot.services.messages import spool
from bot.services.office import Office
from bot.store import inbound as store
from bot.store.persons import people
from bot.store.sending import notices
from config.logging import about, trace_of

log = logging.getLogger(__name__)


def replay(office: Office, now: datetime) -> int:
    """How many were taken in. The reply goes out as a notice, since the platform no longer waits for it."""
    done = 0
    for path in spool.waiting(office):
        try:
            _, body = spool.read(office, path)
        except FileNotFoundError:  # another clock was faster
            continue
        except (InvalidTag, ValueError, KeyError):
            log.error("%s cannot be read and is put aside: is a DATA_KEY missing?", path)
            path.rename(path.with_suffix(".unreadable"))
            continue
        inbound = from_json(body)
        try:
            with about(trace_of(inbound.key)):
                said = receive.receive(office, inbound, now, is_late=True)
        except store.SignatureUsed:
            log.warning("a spooled message came under a signature that was used already and is dropped")
            path.unlink(missing_ok=True)
            continue
        with office.db.transaction() as tx:
            if not (
                store.known(tx, inbound.key) or store.is_spent(tx, inbound.key, inbound.signature)
            ):  # it broke again and lies in the spool as before
                continue
            if said is not None and inbound.openid:
                person = people.locked_by_openid(tx, inbound.openid, now)
                notices.write(
                    tx, [person.id], "late", now=now, facts={"body": said}, boxed=True, once=f"late:{inbound.key}"[:100]
                )
        path.unlink(missing_ok=True)
        done += 1
    return done
