"""API of subscription notices: sent to users who consented, also to those who do not follow."""

from typing import Any

from tests.sandbox.account.cards import card
from tests.sandbox.account.errors import PlatformError
from tests.sandbox.account.values import checked
from tests.sandbox.api.call import OK, Call, Route
from tests.sandbox.users.users import User


def send(call: Call) -> dict[str, Any]:
    platform, body = call.platform, call.body
    user = platform.recipient(body.get("touser"))
    template = platform.templates.get(str(body.get("template_id")), "subscribe")
    values = checked(template.fields, body.get("data"))
    if platform.faults.is_too_often(user.openid):
        raise PlatformError(43117)
    _use_consent(user, template.id, refuses=platform.refuses(user))
    msgid = platform.new_id()
    platform.record_sent(call.api, user.openid, body, msgid)
    text, content = card(template, values, str(body.get("page") or ""))
    platform.show(user, "subscription", "card", text, content, str(msgid))
    entry = {
        "TemplateId": template.id,
        "MsgID": msgid,
        "ErrorCode": 0,
        "ErrorStatus": platform.receipt_status("success"),
    }
    platform.notify(user.openid, "subscribe_msg_sent_event", {"SubscribeMsgSentEvent": {"List": entry}})
    return OK


def _use_consent(user: User, template_id: str, *, refuses: bool) -> None:
    """Use one consent. PlatformError 43101 where the user never agreed, took it back, or has used up single sends."""
    consent = user.consents.get(template_id)
    if consent is None or refuses or not (consent.always or consent.once):
        raise PlatformError(43101)
    if not consent.always:
        consent.once -= 1


ROUTES = (Route("POST", "/cgi-bin/message/subscribe/bizsend", send),)
