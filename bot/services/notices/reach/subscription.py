"""Subscription notices: for who agreed to this template, also without following."""

from datetime import datetime

from bot.services.notices.reach.ways import Reach, Share, Ways, template_for, template_share
from bot.services.notices.words.letter import Letter


def _fits(ways: Ways, letter: Letter, now: datetime) -> bool:
    template = template_for(ways, letter, "subscribe")
    return template is not None and template.id not in (letter.row.refused_templates or [])


def _says(ways: Ways, letter: Letter) -> Share:
    return template_share(ways, letter, "subscribe")


REACH = Reach(_fits, _says)
