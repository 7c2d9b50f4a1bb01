"""The hours of broadcasts, as the settings have them."""

from bot.broadcasts.hours import Hours
from bot.services.notices.words.opening import ZONE
from config.settings import Settings


def hours(settings: Settings) -> Hours:
    """SEND_HOURS in the office's time."""
    return Hours(*settings.send_hours, ZONE)
