"""Mass messages: one call brings a broadcast to many followers at once, also without a window. A person gets four a month."""

from datetime import datetime

from bot.broadcasts.life import CORRECTION, FIRST
from bot.services.notices.reach.ways import Reach, Share, Ways
from bot.services.notices.rules import rules
from bot.services.notices.words.letter import Letter
from bot.services.notices.words.opening import ZONE

NAME = "mass"
LONGEST = 2000  # bytes of UTF-8
ROUNDS = (FIRST, CORRECTION)  # reminding by it would use up the month for one broadcast


def month_of(now: datetime) -> int:
    """The natural month in which the platform counts, such as 202611."""
    local = now.astimezone(ZONE)
    return local.year * 100 + local.month


def used(letter: Letter, now: datetime) -> int:
    """How many the person got in this month, as far as they came from here."""
    return int(letter.row.mass_count or 0) if letter.row.mass_month == month_of(now) else 0


def _fits(ways: Ways, letter: Letter, now: datetime) -> bool:
    """Only broadcasts, only whole, and only where the office switched it on, whatever order a person has."""
    row = letter.row
    if row.broadcast_id is None or row.order_id is not None or row.round not in ROUNDS or NAME not in ways.order():
        return False
    return used(letter, now) < rules()["mass"]["month"] and len(letter.text.encode()) <= LONGEST


def _says(ways: Ways, letter: Letter) -> Share:
    return Share.WHOLE


REACH = Reach(_fits, _says, is_scarce=True)
