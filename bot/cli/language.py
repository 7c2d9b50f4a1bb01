"""What the commands that only read messages need: sentences and the reader, no setting, database or other process."""

from dataclasses import dataclass
from typing import Protocol

from bot import texts as languages
from bot import understanding
from bot.texts import Texts
from bot.understanding import Reader
from config.settings import CONFIG_DIR


class Language(Protocol):
    """An office as these commands see it."""

    @property
    def texts(self) -> Texts: ...

    @property
    def reader(self) -> Reader: ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """The language alone, without an office around it."""

    texts: Texts
    reader: Reader


def load() -> Loaded:
    """Read the office's data. SettingsError where a file is wrong."""
    return Loaded(languages.load(CONFIG_DIR), understanding.load(CONFIG_DIR))
