"""Template messages: for followers, whatever they said and when."""

from datetime import datetime

from bot.services.notices.reach.ways import Reach, Share, Ways, template_for, template_share
from bot.services.notices.words.letter import Letter


def _fits(ways: Ways, letter: Letter, now: datetime) -> bool:
    return template_for(ways, letter, "template") is not None


def _says(ways: Ways, letter: Letter) -> Share:
    return template_share(ways, letter, "template")


REACH = Reach(_fits, _says)
