"""Nothing is kept longer than it is needed: what the privacy notice promises, done by the clock."""

from datetime import datetime, timedelta

from bot.services.h5 import uploads
from bot.services.office import Office
from bot.store import retention
from bot.store.broadcasts import people as recipients
from bot.store.console import codes, drafts, handovers, kept, sessions
from bot.store.persons import h5

SPENT = timedelta(days=1)  # longer than any signature is fresh, and than most failures of the database
BATCH = 500  # of each kind in one round; the next round goes on


def purge(office: Office, now: datetime) -> None:
    """Remove what is older than the office's [keep_days]."""

    def before(kind: str) -> datetime:
        return now - timedelta(days=office.limits.keep_days[kind])

    _remove_files(office, before("files"))
    uploads.drop_old(office, now)
    with office.db.transaction() as tx:
        retention.drop_messages(tx, before("messages"), BATCH)
        retention.drop_spent(tx, now - SPENT - timedelta(seconds=2 * office.settings.webhook_fresh_seconds), BATCH)
        retention.drop_facts(tx, before("messages"), BATCH)
        recipients.drop_reasons(tx, before("messages"), BATCH)
        retention.drop_alarms(tx, before("alarms"), BATCH)
        sessions.drop_old(tx, before("sign_ins"), BATCH)
        codes.drop_old(tx, before("sign_ins"), BATCH)
        kept.drop_old(tx, now)
        handovers.drop_old(tx, before("orders"), BATCH)
        drafts.drop_old(tx, now)
        h5.drop_old(tx, now - h5.LONGEST, now - SPENT, BATCH)
        retention.drop_broadcasts(tx, before("broadcasts"), BATCH)
        retention.anonymise(tx, before("orders"), BATCH)
        retention.forget_matters(tx, before("orders"), BATCH)


def _remove_files(office: Office, closed_before: datetime) -> None:
    """From the disk first: a row without a file is harmless, a file without a row is never found again."""
    with office.db.reading() as tx:
        old = retention.files_of_closed(tx, closed_before, BATCH)
    if not old:
        return
    for row in old:
        (office.settings.var_dir / row.path).unlink(missing_ok=True)
    with office.db.transaction() as tx:
        retention.forget_files(tx, [row.id for row in old])
