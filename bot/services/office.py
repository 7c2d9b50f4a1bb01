"""What every use case needs, opened once per process and handed in."""

from collections.abc import Callable
from dataclasses import dataclass

from bot import texts as languages
from bot import understanding
from bot.orders import calendar, limits
from bot.services.learning.model_cache import ModelCache
from bot.store.database import Database, open_database
from bot.texts import Texts
from bot.understanding import Speaker, Understanding
from bot.understanding.decide.duplicates import DuplicateDetector
from bot.understanding.faq import answer_book
from bot.understanding.faq.retrieval import Answers
from bot.understanding.models import training_settings
from bot.understanding.models.training_settings import TrainingSettings
from config.settings import CONFIG_DIR, Settings


@dataclass(frozen=True, slots=True)
class Office:
    """The service as its use cases see it. `nudge` tells the workers that notices are due; it never raises."""

    settings: Settings
    db: Database
    texts: Texts
    reader: understanding.Reader
    training_settings: TrainingSettings
    learned: ModelCache
    answers: Answers
    duplicate_detector: DuplicateDetector
    limits: limits.Limits
    calendar: calendar.Calendar
    nudge: Callable[[], None]

    @property
    def phones(self) -> dict[str, str]:
        """The office's numbers, which any sentence may name."""
        settings = self.settings
        return {
            "duty": "、".join(settings.duty_phones), "gas": settings.gas_phone,
            "water": settings.water_phone, "power": settings.power_phone,
        }  # fmt: skip

    def understand(self, text: str, who: Speaker | None = None) -> Understanding:
        """What these words mean, read by the rules and by what the office's own history taught."""
        return self.reader.understand(text, who or Speaker(), self.learned.present)

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the locale with the office's numbers and these facts filled in."""
        return self.texts.say(key, **{**self.phones, **facts})


def open_office(settings: Settings, nudge: Callable[[], None]) -> Office:
    """Read the office's data and open its database."""
    reader = understanding.load(CONFIG_DIR)
    taught = training_settings.load(CONFIG_DIR)
    db = open_database(settings)
    return Office(
        settings=settings,
        db=db,
        texts=languages.load(CONFIG_DIR),
        reader=reader,
        training_settings=taught,
        learned=ModelCache(db, reader, taught),
        answers=answer_book.load(CONFIG_DIR / "answers", reader.categories),
        duplicate_detector=reader.duplicates,
        limits=limits.load(CONFIG_DIR),
        calendar=calendar.load(CONFIG_DIR),
        nudge=nudge,
    )
