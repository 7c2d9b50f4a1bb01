"""Template messages: typed values, client_msg_id, and the finish event pushed back (§3.3)."""

from typing import Any

from tests.sandbox.api.call import OK, Call, Route
from tests.sandbox.cards import TITLES, card
from tests.sandbox.errors import PlatformError
from tests.sandbox.values import checked

DEDUPE_SECONDS = 600


def send(call: Call) -> dict[str, Any]:
    platform, body = call.platform, call.body
    user = platform.recipient(body.get("touser"))
    template = platform.template(str(body.get("template_id")), "template")
    values = checked(template.fields, body.get("data"))
    if not user.subscribed:
        raise PlatformError(43004)
    client_id, now = str(body.get("client_msg_id") or ""), platform.clock.now()
    at, earlier = user.client_ids.get(client_id, (float("-inf"), 0))
    if client_id and now - at < DEDUPE_SECONDS:
        platform.record_sent(call.api, user.openid, body, earlier, duplicate=True)
        return OK | {"msgid": earlier}
    msgid = platform.new_id()
    if client_id:
        user.client_ids[client_id] = (now, msgid)
    platform.record_sent(call.api, user.openid, body, msgid)
    status = "failed:user block" if platform.refuses(user) else platform.receipt_status("success")
    if status == "success":
        text, content = card(template, values, str(body.get("url") or ""))
        platform.show(user, "template", "card", text, content, str(msgid))
    platform.notify(user.openid, "TEMPLATESENDJOBFINISH", {"MsgID": msgid, "Status": status})
    return OK | {"msgid": msgid}


def all_private(call: Call) -> dict[str, Any]:
    return {
        "template_list": [
            {
                "template_id": template.id, "title": TITLES.get(template.name, template.name), "primary_industry": "",
                "deputy_industry": "", "example": "",
                "content": "".join(f"{fact}:{{{{{key}.DATA}}}}\n" for key, fact in template.fields.items()),
            }
            for template in call.platform.options.templates if template.kind == "template"
        ]
    }  # fmt: skip


def industry(call: Call) -> dict[str, Any]:
    return {
        "primary_industry": {"first_class": "政府与公共事业", "second_class": "公共事业"},
        "secondary_industry": {"first_class": "其它", "second_class": "其它"},
    }


ROUTES = (
    Route("POST", "/cgi-bin/message/template/send", send),
    Route("GET", "/cgi-bin/template/get_all_private_template", all_private),
    Route("GET", "/cgi-bin/template/get_industry", industry),
)
