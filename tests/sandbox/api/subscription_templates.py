"""APIs that manage subscription templates: the public library, and the account's own templates."""

from typing import Any

from tests.sandbox.account.cards import pattern, title_of
from tests.sandbox.account.errors import PlatformError
from tests.sandbox.account.templates import CATEGORY, LIBRARY, Keyword, Public
from tests.sandbox.api.call import OK, Call, Route

LONG_TERM = 3  # template type: one consent serves all sends
PAGE_MOST, SCENE_LONGEST = 30, 15
KEYWORDS_LEAST, KEYWORDS_MOST = 2, 5


def categories(call: Call) -> dict[str, Any]:
    return OK | {"data": [CATEGORY]}


def titles(call: Call) -> dict[str, Any]:
    start, limit = call.query.get("start", ""), call.query.get("limit", "")
    if not call.query.get("ids"):
        raise PlatformError(200018)
    if not start.isdecimal():
        raise PlatformError(200016)
    if not limit.isdecimal() or int(limit) > PAGE_MOST:
        raise PlatformError(200017)
    found = list(LIBRARY.values()) if str(CATEGORY["id"]) in call.query["ids"].split(",") else []
    page = [_title(public) for public in found[int(start) : int(start) + int(limit)]]
    return OK | {"count": len(found), "data": page}


def _title(public: Public) -> dict[str, Any]:
    return {"tid": int(public.number), "title": public.title, "type": LONG_TERM, "categoryId": str(CATEGORY["id"])}


def keywords(call: Call) -> dict[str, Any]:
    rows = [
        {"kid": keyword.kid, "name": keyword.name, "example": keyword.example, "rule": keyword.rule}
        for keyword in _public(call.query.get("tid")).keywords
    ]
    return OK | {"count": len(rows), "data": rows}


def _public(tid: Any) -> Public:
    """The library's template. PlatformError 200014 for an unknown one."""
    public = LIBRARY.get(str(tid))
    if public is None:
        raise PlatformError(200014)
    return public


def add(call: Call) -> dict[str, Any]:
    """Add a library template to the account. PlatformError 200014 for an unknown one, 200020 for wrong fields or other than two to five, 200021 for a long description, 200012 when there are 25."""
    public = _public(call.body.get("tid"))
    chosen = _chosen(public, call.body.get("kidList"))
    if len(str(call.body.get("sceneDesc") or "")) > SCENE_LONGEST:
        raise PlatformError(200021)
    return OK | {"priTmplId": call.platform.templates.add("subscribe", public, chosen, 200012).id}


def _chosen(public: Public, numbers: Any) -> list[Keyword]:
    by_number = {keyword.kid: keyword for keyword in public.keywords}
    if not isinstance(numbers, list) or not KEYWORDS_LEAST <= len(numbers) <= KEYWORDS_MOST:
        raise PlatformError(200020)
    if not all(number in by_number for number in numbers):
        raise PlatformError(200020)
    return [by_number[number] for number in numbers]


def own(call: Call) -> dict[str, Any]:
    return OK | {
        "data": [
            {"priTmplId": t.id, "title": title_of(t), "content": pattern(t), "example": "", "type": LONG_TERM}
            for t in call.platform.templates.of("subscribe")
        ]
    }


def delete(call: Call) -> dict[str, Any]:
    call.platform.templates.delete(str(call.body.get("priTmplId")), "subscribe")
    return OK


ROUTES = (
    Route("GET", "/wxaapi/newtmpl/getcategory", categories),
    Route("GET", "/wxaapi/newtmpl/getpubtemplatetitles", titles),
    Route("GET", "/wxaapi/newtmpl/getpubtemplatekeywords", keywords),
    Route("POST", "/wxaapi/newtmpl/addtemplate", add),
    Route("GET", "/wxaapi/newtmpl/gettemplate", own),
    Route("POST", "/wxaapi/newtmpl/deltemplate", delete),
)
