"""What this process holds of what administrators may change: the files with what the console wrote over them.

It follows the database within a minute. Where messages are read, the statement that looks for the learned model says
which row is the newest, so that no message asks more; other processes `look` by themselves. What cannot be used leaves
the files in force, and is logged.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.services.loading import Loading
from bot.services.settings.adjustable import Adjustable, all_adjusted
from bot.store.console import settings as store
from bot.store.database import Database

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=30)


class SettingsCache:
    """One object a process; safe for its threads. `files`: what stands without the console. `parts`: how those begin
    that this process has a use for; the others are not read."""

    def __init__(self, db: Database, files: Adjustable, parts: tuple[str, ...] = ("",)) -> None:
        self._db, self._parts = db, parts
        self._known: int | None = None
        self._looked_at: datetime | None = None
        self._loading = Loading("settings")
        self.files = files
        self.present = files

    def follow(self, newest: int | None) -> None:
        """The newest row of the table has this id; None where it has none. Loaded beside what the process does."""
        if newest != self._known:
            self._loading.begin(self._load)

    def look(self, now: datetime) -> None:
        """Every half minute: load what is new, before this returns."""
        if self._looked_at is None or not timedelta(0) <= now - self._looked_at < EVERY:
            self._looked_at = now
            self.load()

    def load(self) -> None:
        """Load what is new, before this returns."""
        self._loading.finish(self._load)

    def wait(self, seconds: float) -> bool:
        """Until nothing is being loaded; whether that came about in time."""
        return self._loading.wait(seconds)

    def _load(self) -> None:
        """What cannot be loaded now is tried again later; until then all stays as it is."""
        try:
            with self._db.reading() as tx:
                rows = store.newest(tx)
            newest = rows[-1].id if rows else None
            if newest != self._known:
                self._take({row.part: row.value for row in rows if row.part.startswith(self._parts)})
                self._known = newest
        except (SQLAlchemyError, OSError) as error:
            log.warning("the office's settings cannot be loaded now: %s", type(error).__name__)

    def _take(self, values: dict[str, str | None]) -> None:
        self.present, broken = all_adjusted(self.files, values)
        for part, why in broken.items():
            log.error("the office's setting %s cannot be used, the files stand there: %s", part, why)
