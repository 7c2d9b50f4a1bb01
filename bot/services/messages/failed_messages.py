"""What is done with a message on which the service broke: nothing that was said may be lost."""

import logging
from datetime import datetime

from bot.messages import LONGEST, PARTS, Inbound
from bot.services.messages import events, spool
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.services.restricted import accused, reading
from bot.store import inbound as store
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.sending import notices

log = logging.getLogger(__name__)


def keep(office: Office, inbound: Inbound, now: datetime, *, seconds: float) -> str | None:
    """Something broke: the words are kept for staff in the database or, where `seconds` leave no time for it, in the
    spool. The honest sentence for who said them, None for an event that nobody waits on. SignatureUsed."""
    said = office.say("chat.failed")
    try:
        said = _with_danger(office, inbound.text, said)
        if seconds <= 0:
            raise TimeoutError("no time left to ask the database again")
        with office.db.transaction(within=seconds) as tx:
            boxed = reading.concerns(office, tx, inbound)
            fresh = store.keep(
                tx, inbound.key, inbound.kind, inbound.as_json(), said, "broken", now,
                signature=inbound.signature, boxed=boxed,
            )  # fmt: skip
            if fresh and inbound.speaks:
                tell_kept(office, tx, inbound, now)
    except store.SignatureUsed:
        raise
    except Exception:
        log.exception("message %s goes to the spool", inbound.key)
        said = _spool(office, inbound, now) or said
    return said if inbound.speaks or inbound.event in events.ANSWERED else None


def _spool(office: Office, inbound: Inbound, now: datetime) -> str | None:
    """What to say where not even the disk takes the words; None when it did."""
    try:
        spool.keep(office, inbound.key, inbound.as_json(), now)
    except OSError:
        log.exception("message %s is lost", inbound.key)
        return office.say("chat.lost")
    return None


def _with_danger(office: Office, words: str, said: str) -> str:
    """Whoever is in danger hears whom to call also from a service that is broken."""
    meant = typed_text.danger_in(office, office.understand(words[:LONGEST]))
    return said if meant is None else office.first_aid(meant.danger, meant.danger_role) + "\n" + said


def tell_kept(office: Office, tx: Tx, inbound: Inbound, now: datetime) -> None:
    """Put before staff what the service could not read or deal with; of a restricted matter no word, to nobody else."""
    meant = office.understand(inbound.text[:LONGEST])
    sealed = reading.concerns(office, tx, inbound)
    told = people.with_role(tx, ("discipline",)) if sealed else []
    told = told or people.with_role(tx, ("admin",)) or people.with_role(tx, ("staff",))
    if sealed:
        about = accused.find(office, tx, inbound.text[:LONGEST], meant.category, meant.place.community)
        told = [person for person in told if not accused.is_excluded(tx, person, about)]
    kind = inbound.kind if inbound.kind in PARTS else "other"
    shown = office.say("lane.restricted_matter") if sealed else meant.masked or office.say(f"part.{kind}", label="")
    facts = {"body": shown, "code": "", "title": ""}
    notices.write(tx, told, "kept", now=now, facts=facts, once=f"kept:{inbound.key}"[:100])
