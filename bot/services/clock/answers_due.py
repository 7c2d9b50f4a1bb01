"""Owners of entries of the answer book are told a month before an answer holds no longer. The clock asks."""

from datetime import datetime, timedelta

from bot.services.office import Office
from bot.store.console import answers as store
from bot.store.sending import notices

BEFORE = timedelta(days=30)


def tell(office: Office, now: datetime) -> None:
    """Each owner once for each version of an entry; nobody of an entry that is off or holds no longer."""
    today = now.astimezone(office.calendar.zone).date()
    with office.db.reading() as tx:
        due = store.ending(tx, today, today + BEFORE)
    if not due:
        return
    with office.db.transaction() as tx:
        for row in due:
            facts = {"title": row.questions[0], "until": office.say("console_answers.until", day=row.valid_until)}
            notices.write(tx, [row.owner_id], "answer_due", now=now, facts=facts, once=f"answer:{row.id}")
