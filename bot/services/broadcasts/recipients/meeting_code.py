"""The code with which one signs in at a meeting: it changes all the time."""

from dataclasses import dataclass
from datetime import datetime

from bot.broadcasts import sign_in as codes
from bot.services.broadcasts.recipients.meetings import meeting_of
from bot.services.office import Office


@dataclass(frozen=True, slots=True)
class Code:
    """What the host's page shows as a QR code until `changes_at`; who scanned it may sign in until `until`."""

    address: str
    code: str
    changes_at: datetime
    until: datetime


def code(office: Office, broadcast_id: int, now: datetime) -> Code:
    """The code to sign in with, which changes every minute. It is for the host's page: `answers`, which that page shows too,
    refuses everybody else. NotFound where it is no meeting; NotAllowed where it was recalled."""
    with office.db.reading() as tx:
        meeting_of(tx, broadcast_id)
    made = codes.code(office.settings.secret_key, broadcast_id, now)
    until = codes.ends_at(now)
    address = f"{office.settings.public}/h5/broadcasts/{broadcast_id}/sign-in?code={made}"
    return Code(address, made, until - codes.MINUTE, until)
