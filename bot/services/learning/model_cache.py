"""The learned model that this process reads with: it follows the database within a minute, and no message waits for it."""

import logging
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot.services.learning.settings import TrainingSettings
from bot.services.loading import Loading
from bot.services.settings.answer_cache import AnswerCache
from bot.services.settings.settings_cache import SettingsCache
from bot.store import models
from bot.store.database import Database, Tx
from bot.understanding import Reader
from bot.understanding.decide.arbitration import Learned, learned
from bot.understanding.models.label_model import read_model

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
UNREADABLE = (ValueError, KeyError, TypeError, IndexError)


class ModelCache:
    """One object a process; safe for its threads. `present` is None while the rules read alone."""

    def __init__(
        self,
        db: Database,
        reader: Reader,
        training_settings: TrainingSettings,
        answers: AnswerCache,
        settings: SettingsCache,
    ) -> None:
        self._answers, self._settings = answers, settings
        self._db, self._reader, self._training_settings = db, reader, training_settings
        self._known: int | None = None
        self._looked_at: datetime | None = None
        self._loading = Loading("model")
        self.present: Learned | None = None

    def look(self, tx: Tx, now: datetime) -> None:
        """Once a minute: which model is in use, and were the answer book or the office's settings changed? What is new is
        loaded beside what the process does meanwhile."""
        if self._looked_at and timedelta(0) <= now - self._looked_at < EVERY:
            return
        self._looked_at = now
        wanted, newest_answer, newest_setting = models.newest_in_use(tx)
        self._answers.follow(newest_answer)
        self._settings.follow(newest_setting)
        if not self._training_settings.use:
            return
        if wanted is None:
            self.present = self._known = None
        elif wanted != self._known:
            self._loading.begin(partial(self._load, wanted))

    def wait(self, seconds: float) -> bool:
        """Until nothing is being loaded; whether that came about in time."""
        return self._loading.wait(seconds)

    def _load(self, wanted: int) -> None:
        """What cannot be loaded now is tried again a minute later; what cannot be read never will be."""
        try:
            with self._db.reading() as tx:
                found = models.content(tx, wanted)
            if found is not None:
                self.present = opened(self._reader, self._training_settings, found.body, found.trust or {})
                self._known = wanted
                log.info("reading with model %s", wanted)
        except (SQLAlchemyError, OSError) as error:
            log.warning("model %s cannot be loaded now: %s", wanted, error)
        except UNREADABLE as error:
            self.present, self._known = None, wanted
            log.error("model %s is none that this version reads, so the rules read alone: %s", wanted, error)


def opened(reader: Reader, training_settings: TrainingSettings, body: bytes, trust: dict[str, float]) -> Learned:
    """A model as it lies in the database, tried once so that it breaks here and not on a resident's message.
    ValueError, KeyError, TypeError or IndexError where it is none."""
    model = read_model(body, reader.vectorizer)
    model.label("".join(category.level2 for category in reader.categories.values()))
    return learned(model.label, model.labels, reader.categories, trust, training_settings.bounds)
