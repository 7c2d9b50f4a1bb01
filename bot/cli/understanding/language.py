"""What the commands need that only read messages: sentences and the reader; no setting, database or other process."""

from dataclasses import dataclass
from typing import Protocol

from bot import texts as languages
from bot import understanding
from bot.texts import Texts
from bot.understanding import Reader
from config.settings import CONFIG_DIR


class Language(Protocol):
    """The part of an office that these commands use."""

    @property
    def texts(self) -> Texts: ...

    @property
    def reader(self) -> Reader: ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """Sentences and reader, loaded from config/ without an office."""

    texts: Texts
    reader: Reader


def load() -> Loaded:
    """Read the office's data from config/. SettingsError where a file is wrong."""
    return Loaded(languages.load(CONFIG_DIR), understanding.load(CONFIG_DIR))
