"""What every use case needs, opened once per process and handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from bot import texts as languages
from bot import understanding
from bot.broadcasts import occasion_files, template_files
from bot.broadcasts.calendar import Occasions
from bot.broadcasts.templates import Templates
from bot.orders.time_limits import calendar, limits
from bot.services.learning.model_cache import ModelCache
from bot.services.learning.settings import TrainingSettings, read_training_settings
from bot.services.notices.reach.ways import Ways, ways_of
from bot.services.notices.reach.wecom import api_of
from bot.services.notices.resting import Resting
from bot.services.notices.rules import known_channels, rules, usual_order
from bot.services.reading.readings import Readings
from bot.services.reading.roster_cache import RosterCache
from bot.services.settings.adjustable import Adjustable
from bot.services.settings.answer_cache import AnswerCache
from bot.services.settings.settings_cache import SettingsCache
from bot.store.database import Database, open_database
from bot.texts import Texts
from bot.understanding import Speaker, Understanding
from bot.understanding.extract.places.place_list import read_rows
from bot.understanding.faq import answer_book
from bot.understanding.faq.retrieval import Answers
from config.settings import CONFIG_DIR, Settings


class Nudges(Protocol):
    """Tells the workers that notices are due, the urgent ones at once; never raises."""

    def __call__(self, urgent: bool = False) -> None: ...


def no_nudge(urgent: bool = False) -> None:
    """Of a process that leaves telling the workers to the clock."""


NOBODY = Speaker()  # of whom nothing is known, in answer to nothing


@dataclass(frozen=True, slots=True)
class Office:
    """The service as its use cases see it."""

    settings: Settings
    db: Database
    plain_reader: understanding.Reader  # of the files
    readings: Readings
    training_settings: TrainingSettings
    learned: ModelCache
    answers: Answers  # of the files
    written_answers: AnswerCache
    adjustable: SettingsCache
    roster: RosterCache
    nudge: Nudges
    templates: Templates  # of broadcasts
    resting: Resting
    occasions: Occasions

    def understand(self, text: str, who: Speaker | None = None) -> Understanding:
        """What these words mean, read by the rules and by what the office's own history taught."""
        return self.readings.understand(text, who or NOBODY, self.learned.present)

    @property
    def reader(self) -> understanding.Reader:
        """The reader, with the office's places and the names of its roster as they are now."""
        return self.roster.reader(self.adjustable.present.reader or self.plain_reader)

    @property
    def duty(self) -> Sequence[int]:
        """Who hears of every danger besides its community's staff."""
        return self.adjustable.present.duty

    @property
    def limits(self) -> limits.Limits:
        """The office's time limits and numbers as they are now."""
        return self.adjustable.present.limits

    @property
    def calendar(self) -> calendar.Calendar:
        """The office's working days as they are now."""
        return self.adjustable.present.calendar

    @property
    def phones(self) -> Mapping[str, str]:
        """The office's telephone numbers by name as they are now; any sentence may hold them."""
        return self.adjustable.present.phones

    @property
    def ways(self) -> Ways:
        """By which channels people are reached, as it is now."""
        return ways_of(self.settings, lambda: self.adjustable.present.channels)

    @property
    def texts(self) -> Texts:
        """The sentences as they are now."""
        return self.adjustable.present.texts

    @property
    def answer_book(self) -> Answers:
        """The answer book as it is now: the files, with what the console wrote over them."""
        return self.written_answers.present or self.answers

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the locale with the office's numbers and these facts filled in."""
        now = self.adjustable.present
        return now.texts.say(key, **{**now.phones, **facts})

    def say_on_page(self, key: str, **facts: object) -> str:
        """As `say`, in the form that a page has for a sentence that tells how to go on (`on_page` of the locale)."""
        form = f"on_page.{key}"
        return self.say(form if self.texts.has(form) else key, **facts)

    def first_aid(self, danger: str | None, role: str | None) -> str:
        """Whom to call first, and what to do, in this kind of danger: by who speaks, where that makes a difference."""
        danger = danger or "other"
        key = f"danger_{role}.{danger}"
        return self.say(key if self.texts.has(key) else f"danger.{danger}")


def open_office(settings: Settings, nudge: Nudges) -> Office:
    """Read the office's data and open its database."""
    reader = understanding.load(CONFIG_DIR)
    taught = read_training_settings(CONFIG_DIR)
    db = open_database(settings)
    answers = _answers(CONFIG_DIR)
    written = AnswerCache(db, answers, reader.categories)
    files = Adjustable(
        limits.load(CONFIG_DIR), calendar.load(CONFIG_DIR), _phones(settings), languages.load(CONFIG_DIR),
        channels=usual_order(), known_channels=known_channels(), reader=reader, place_rows=read_rows(CONFIG_DIR / "gazetteer.toml"),
    )  # fmt: skip
    adjustable, roster = SettingsCache(db, files), RosterCache(db)
    return Office(
        settings=settings,
        db=db,
        plain_reader=reader,
        readings=Readings(lambda: roster.reader(adjustable.present.reader or reader)),
        training_settings=taught,
        learned=ModelCache(db, reader, taught, written, adjustable),
        answers=answers,
        written_answers=written,
        adjustable=adjustable,
        roster=roster,
        nudge=nudge,
        templates=template_files.load(CONFIG_DIR),
        occasions=occasion_files.load(CONFIG_DIR),
        resting=Resting(settings.redis, (*rules()["quota"], *map(api_of, settings.wecom_robots))),
    )


@cache
def _answers(config_dir: Path) -> Answers:
    """The answer book of the files, read once a process as all that the office's files say."""
    return answer_book.load(config_dir / "answers", understanding.load(config_dir).categories)


def _phones(settings: Settings) -> dict[str, str]:
    return {
        "duty": "、".join(settings.duty_phones), "gas": settings.gas_phone, "water": settings.water_phone,
        "power": settings.power_phone,
    }  # fmt: skip
