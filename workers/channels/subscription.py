"""Subscription notices: for who agreed to this template, also without following."""

from datetime import datetime

from bot.services.notices.reach.fields import filled
from bot.services.notices.reach.subscription import REACH
from bot.services.notices.reach.ways import Share, template_for
from bot.services.notices.words.letter import Letter
from workers.channels.channel import Means, Sent, page_of
from workers.channels.repairing import repaired_once

PATH = "/cgi-bin/message/subscribe/bizsend"


def send(means: Means, letter: Letter, now: datetime) -> Sent:
    template = template_for(means.ways, letter, "subscribe")
    assert template is not None
    data = filled(template, letter, means.nothing)
    body = {"touser": letter.openid, "template_id": template.id, "data": data}
    page = page_of(means, letter)
    if page is not None:
        body["page"] = page
    repaired_once(lambda: means.platform.send("subscription", PATH, body), data, means.nothing)
    return Sent(whole=REACH.says(means.ways, letter) is Share.WHOLE)
