"""API of template messages: typed values, `client_msg_id`, and the event that reports the result."""

from typing import Any

from tests.sandbox.account.cards import card, pattern, title_of
from tests.sandbox.account.errors import PlatformError
from tests.sandbox.account.templates import INDUSTRIES, LIBRARY, Keyword, Public
from tests.sandbox.account.values import checked
from tests.sandbox.api.call import OK, Call, Route

DEDUPE_SECONDS = 600


def send(call: Call) -> dict[str, Any]:
    platform, body = call.platform, call.body
    user = platform.recipient(body.get("touser"))
    template = platform.templates.get(str(body.get("template_id")), "template")
    values = checked(template.fields, body.get("data"))
    if not user.subscribed:
        raise PlatformError(43004)
    if platform.faults.is_too_often(user.openid):
        raise PlatformError(43117)
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


def add(call: Call) -> dict[str, Any]:
    """Add a library template to the account. PlatformError 40037 for an unknown one, 40246 for fields that it does not have, 45026 when there are 25."""
    public = LIBRARY.get(str(call.body.get("template_id_short")))
    if public is None:
        raise PlatformError(40037)
    return OK | {"template_id": call.platform.templates.add("template", public, _chosen(public, call.body), 45026).id}


def _chosen(public: Public, body: dict[str, Any]) -> list[Keyword]:
    names, by_name = body.get("keyword_name_list"), {keyword.name: keyword for keyword in public.keywords}
    if not isinstance(names, list) or not names or not all(name in by_name for name in names):
        raise PlatformError(40246)
    return [by_name[name] for name in names]


def all_private(call: Call) -> dict[str, Any]:
    return {
        "template_list": [
            {
                "template_id": template.id, "title": title_of(template), "primary_industry": "", "deputy_industry": "",
                "example": "", "content": pattern(template),
            }
            for template in call.platform.templates.of("template")
        ]
    }  # fmt: skip


def delete(call: Call) -> dict[str, Any]:
    call.platform.templates.delete(str(call.body.get("template_id")), "template")
    return OK


def industry(call: Call) -> dict[str, Any]:
    first, second = (INDUSTRIES[number] for number in call.platform.templates.industries)
    return {
        "primary_industry": {"first_class": first[0], "second_class": first[1]},
        "secondary_industry": {"first_class": second[0], "second_class": second[1]},
    }


def set_industry(call: Call) -> dict[str, Any]:
    call.platform.templates.set_industries(str(call.body.get("industry_id1")), str(call.body.get("industry_id2")))
    return OK


ROUTES = (
    Route("POST", "/cgi-bin/message/template/send", send),
    Route("POST", "/cgi-bin/template/api_add_template", add),
    Route("GET", "/cgi-bin/template/get_all_private_template", all_private),
    Route("POST", "/cgi-bin/template/del_private_template", delete),
    Route("GET", "/cgi-bin/template/get_industry", industry),
    Route("POST", "/cgi-bin/template/api_set_industry", set_industry),
)
