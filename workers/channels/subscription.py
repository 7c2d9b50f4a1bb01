"""Subscription notices: for who agreed to this template, also without following."""

from datetime import datetime

from bot.services.notices.outbox import Letter
from workers.channels import fields
from workers.channels.channel import Channel, Means, Sent, Share, page_of, template_for, template_share

PATH = "/cgi-bin/message/subscribe/bizsend"


def _fits(means: Means, letter: Letter, now: datetime) -> bool:
    template = template_for(means, letter, "subscribe")
    return template is not None and template.id not in (letter.row.refused_templates or [])


def _send(means: Means, letter: Letter, now: datetime) -> Sent:
    template = template_for(means, letter, "subscribe")
    assert template is not None
    data = fields.filled(template, letter, means.nothing)
    body = {"touser": letter.openid, "template_id": template.id, "data": data}
    page = page_of(means, letter)
    if page is not None:
        body["page"] = page
    fields.repaired_once(lambda: means.platform.send("subscription", PATH, body), data, means.nothing)
    return Sent(whole=_says(means, letter) is Share.WHOLE)


def _says(means: Means, letter: Letter) -> Share:
    return template_share(means, letter, "subscribe")


CHANNEL = Channel(_fits, _says, _send, needs_window=False)
