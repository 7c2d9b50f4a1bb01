"""Messages that were kept while the database was down are answered once it is back."""

import json
from datetime import datetime

from bot.services import receive, spool
from bot.services.office import Office
from bot.store import notices, people


def replay(office: Office, now: datetime) -> int:
    """How many were taken in. The reply goes out as a notice, since the platform no longer waits for it."""
    done = 0
    for path in spool.waiting(office):
        _, body = spool.read(office, path)
        inbound = receive.Inbound(**json.loads(body))
        said = receive.receive(office, inbound, now)
        if said is not None and inbound.openid:
            with office.db.transaction() as tx:
                person = people.locked_by_openid(tx, inbound.openid, now)
                notices.write(tx, [person.id], "late", now=now, facts={"body": said}, once=f"late:{inbound.key}"[:100])
        path.unlink(missing_ok=True)
        done += 1
    return done
