"""The names of the roster, which the reader must know: who is accused by name is no matter for whom it is about.

A process follows its own changes at once and those of others within half a minute.
"""

import logging
import threading
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.orders.rights import MEMBER
from bot.store.database import Database
from bot.store.persons import people
from bot.understanding import Reader
from bot.understanding.extract.people.roster_names import OnList, RosterNames
from bot.understanding.lexicon import Rules

log = logging.getLogger(__name__)

EVERY = 30.0  # seconds
_COMMON = Rules("naming")


class RosterCache:
    """One object a process; safe for its threads."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._loading = threading.Lock()
        self._people: frozenset[OnList] = frozenset()
        self._seen: int | None = None  # changes of this process that are loaded
        self._at = 0.0
        self._made: tuple[Reader, frozenset[OnList], Reader] | None = None

    def reader(self, plain: Reader) -> Reader:
        """This reader with the names as they are now; the same object as long as neither changes. Asked dozens of times a
        message."""
        made = self._made
        fresh = self._seen == self._db.roster_changes and time.monotonic() - self._at < EVERY
        if fresh and made is not None and made[0] is plain:
            return made[2]
        people_now = self._present()
        if made is None or made[0] is not plain or made[1] is not people_now:
            self._made = made = (plain, people_now, _with_names(plain, people_now))
        return made[2]

    def _present(self) -> frozenset[OnList]:
        changes = self._db.roster_changes
        if changes == self._seen and time.monotonic() - self._at < EVERY:
            return self._people
        wait = self._seen != changes  # what this process has written it must know; news of others can wait
        if self._loading.acquire(blocking=wait):
            try:
                if changes != self._seen or time.monotonic() - self._at >= EVERY:
                    self._load(changes)
            finally:
                self._loading.release()
        return self._people

    def _load(self, changes: int) -> None:
        """What cannot be loaded now stays as it is: tried again later, and with the next message where nothing, or not this
        process's own change, has been loaded: else a report could be read without the names. Before the first migration there
        are none, and looking for them would make an empty database."""
        try:
            file = self._db.url.database if self._db.url.get_backend_name() == "sqlite" else None
            if file and not Path(file).exists():
                return
            with self._db.reading() as tx:
                rows = people.with_names(tx)
            staff = {row.id for row in rows if row.role != MEMBER}
            found = frozenset(OnList(row.name, row.id in staff) for row in rows if row.name)
            self._people = self._people if found == self._people else found
        except (SQLAlchemyError, OSError) as error:
            log.warning("the names of the roster cannot be loaded now: %s", type(error).__name__)
            self._at = time.monotonic()
            return
        self._seen, self._at = changes, time.monotonic()


def _with_names(plain: Reader, on_roster: frozenset[OnList]) -> Reader:
    names = RosterNames(plain.naming, plain.names.ordinary, on_roster, _COMMON.words["common"])
    return replace(plain, accusations=plain.accusations.with_roster(names))
