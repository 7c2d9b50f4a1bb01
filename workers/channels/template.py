"""Template messages: sent once per client_msg_id within ten minutes, so trying again is safe."""

from datetime import datetime

from bot.services.notices.outbox import Letter
from workers.channels import fields
from workers.channels.channel import Channel, Means, Sent, template_for, template_says_body
from workers.error_codes import BACKOFF, Repeatable, Unknown

PATH = "/cgi-bin/message/template/send"


def _fits(means: Means, letter: Letter, now: datetime) -> bool:
    return template_for(means, letter, "template") is not None


def _send(means: Means, letter: Letter, now: datetime) -> Sent:
    template = template_for(means, letter, "template")
    assert template is not None
    data = fields.filled(template, letter, means.nothing)
    body = {
        "touser": letter.openid, "template_id": template.id, "client_msg_id": client_message_id(letter), "data": data,
    }  # fmt: skip
    try:
        answer = fields.repaired_once(lambda: means.platform.send("template", PATH, body), data, means.nothing)
    except Unknown as error:
        raise Repeatable(error.reason, BACKOFF) from error
    message_id = str(answer.get("msgid") or answer.get("msg_id") or "")
    return Sent(message_id if message_id.strip("0") else None)


def client_message_id(letter: Letter) -> str:
    """At most 32 characters; also different where a database was made anew and counts from 1 again."""
    return f"n{letter.id}-{int(letter.row.created_at.timestamp() * 1000)}"[:32]


def _says_body(means: Means, letter: Letter) -> bool:
    return template_says_body(means, letter, "template")


CHANNEL = Channel(_fits, _says_body, _send, needs_window=False)
