"""Template messages: sent once per client_msg_id within ten minutes, so trying again is safe."""

from datetime import datetime

from bot.services.notices.outbox import Letter
from workers.channels import fields
from workers.channels.channel import Channel, Means, Sent, Share, page_of, template_for, template_share
from workers.error_codes import BACKOFF, Repeatable, Unknown

PATH = "/cgi-bin/message/template/send"


def _fits(means: Means, letter: Letter, now: datetime) -> bool:
    return template_for(means, letter, "template") is not None


def _send(means: Means, letter: Letter, now: datetime) -> Sent:
    template = template_for(means, letter, "template")
    assert template is not None
    data = fields.filled(template, letter, means.nothing)
    body = {
        "touser": letter.openid, "template_id": template.id, "client_msg_id": letter.key, "data": data,
    }  # fmt: skip
    page = page_of(means, letter)
    if page is not None:
        body["url"] = page
    try:
        answer = fields.repaired_once(lambda: means.platform.send("template", PATH, body), data, means.nothing)
    except Unknown as error:
        raise Repeatable(error.reason, BACKOFF) from error
    message_id = str(answer.get("msgid") or answer.get("msg_id") or "")
    whole = _says(means, letter) is Share.WHOLE
    return Sent(message_id if message_id.strip("0") else None, whole=whole)


def _says(means: Means, letter: Letter) -> Share:
    return template_share(means, letter, "template")


CHANNEL = Channel(_fits, _says, _send, needs_window=False)
