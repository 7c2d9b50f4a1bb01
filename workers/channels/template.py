"""Template messages: sent once per client_msg_id within ten minutes, so trying again is safe."""

from datetime import datetime

from bot.services.notices.reach.fields import filled
from bot.services.notices.reach.template import REACH
from bot.services.notices.reach.ways import Share, template_for
from bot.services.notices.words.letter import Letter
from workers.channels.channel import Means, Sent, page_of
from workers.channels.repairing import repaired_once
from workers.wechat.error_codes import BACKOFF, Repeatable, Unknown

PATH = "/cgi-bin/message/template/send"


def send(means: Means, letter: Letter, now: datetime) -> Sent:
    template = template_for(means.ways, letter, "template")
    assert template is not None
    data = filled(template, letter, means.nothing)
    body = {
        "touser": letter.openid, "template_id": template.id, "client_msg_id": letter.key, "data": data,
    }  # fmt: skip
    page = page_of(means, letter)
    if page is not None:
        body["url"] = page
    try:
        answer = repaired_once(lambda: means.platform.send("template", PATH, body), data, means.nothing)
    except Unknown as error:
        raise Repeatable(error.reason, BACKOFF) from error
    message_id = str(answer.get("msgid") or answer.get("msg_id") or "")
    whole = REACH.says(means.ways, letter) is Share.WHOLE
    return Sent(message_id if message_id.strip("0") else None, whole=whole)
