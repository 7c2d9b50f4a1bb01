"""The answer book that this process answers from: the files of config/answers with what the console wrote over them.

It follows the database within a minute. Which row is the newest is asked in the statement that looks for the learned
model, so that no message asks more; another book is made beside what the process does meanwhile.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError

from bot.services.loading import Loading
from bot.store.console import answers as store
from bot.store.database import Database
from bot.understanding.categories import UNKNOWN
from bot.understanding.faq.retrieval import Answers, Entry
from bot.understanding.result import Category

log = logging.getLogger(__name__)


class AnswerCache:
    """One object a process; safe for its threads. `present` is None while the files stand alone."""

    def __init__(self, db: Database, files: Answers, categories: Mapping[str, Category]) -> None:
        self._db, self._files, self._categories = db, files, categories
        self._known: int | None = None
        self._loading = Loading("answers")
        self.present: Answers | None = None

    def follow(self, newest: int | None) -> None:
        """The newest row of the table has this id; None where it has none."""
        if newest != self._known:
            self._loading.begin(partial(self._load, newest))

    def wait(self, seconds: float) -> bool:
        """Until nothing is being loaded; whether that came about in time."""
        return self._loading.wait(seconds)

    def _load(self, newest: int | None) -> None:
        """What cannot be loaded now is tried again a minute later."""
        try:
            with self._db.reading() as tx:
                rows = store.present(tx)
            self.present = written_over(self._files, rows, self._categories)
            self._known = newest
        except (SQLAlchemyError, OSError) as error:
            log.warning("the answer book cannot be loaded now: %s", error)


def written_over(files: Answers, rows: Sequence[Row[Any]], categories: Mapping[str, Category]) -> Answers:
    """The book with these rows in place of the entries of the same names; entries that are off are left out."""
    entries = {known.entry.id: known.entry for known in files.known}
    for row in rows:
        entries.pop(row.entry, None)
        if row.is_on:
            entries[row.entry] = entry_of(row, categories)
    return Answers(files.answer_first, files.finding, list(entries.values()))


def entry_of(row: Row[Any], categories: Mapping[str, Category]) -> Entry:
    """The row as an entry of the book; a category that the catalogue has no longer is the unknown one."""
    category = row.category if row.category in categories else UNKNOWN
    return Entry(
        id=row.entry, category=category, lane=categories[category].lane, questions=tuple(row.questions), answer=row.answer,
        source=row.source, valid_until=row.valid_until, to_confirm=False, phone=row.phone, alone=row.alone,
    )  # fmt: skip
