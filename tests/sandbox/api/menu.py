"""APIs of the account's menu."""

from typing import Any

from tests.sandbox.account.errors import PlatformError
from tests.sandbox.api.call import OK, Call, Route


def create(call: Call) -> dict[str, Any]:
    call.platform.menus.create(call.body.get("button"))
    return OK


def get(call: Call) -> dict[str, Any]:
    menus = call.platform.menus
    if menus.default is None:
        raise PlatformError(46003)
    conditional = {"conditionalmenu": list(menus.conditional.values())} if menus.conditional else {}
    return {"menu": {"button": menus.default}, **conditional}


def current(call: Call) -> dict[str, Any]:
    buttons = call.platform.menus.default
    if buttons is None:
        return {"is_menu_open": 0}
    rows = [
        {**button, "sub_button": {"list": button["sub_button"]}} if button.get("sub_button") else button
        for button in buttons
    ]
    return {"is_menu_open": 1, "selfmenu_info": {"button": rows}}


def delete(call: Call) -> dict[str, Any]:
    call.platform.menus.delete()
    return OK


def add_conditional(call: Call) -> dict[str, Any]:
    return {"menuid": str(call.platform.menus.add_conditional(call.body.get("button"), call.body.get("matchrule")))}


def delete_conditional(call: Call) -> dict[str, Any]:
    call.platform.menus.delete_conditional(int(call.body.get("menuid", 0)))
    return OK


def try_match(call: Call) -> dict[str, Any]:
    user = call.platform.recipient(call.body.get("user_id"))
    return {"button": call.platform.menus.for_tags(user.tags) or []}


ROUTES = (
    Route("POST", "/cgi-bin/menu/create", create),
    Route("GET", "/cgi-bin/menu/get", get),
    Route("GET", "/cgi-bin/get_current_selfmenu_info", current),
    Route("GET", "/cgi-bin/menu/delete", delete),
    Route("POST", "/cgi-bin/menu/addconditional", add_conditional),
    Route("POST", "/cgi-bin/menu/delconditional", delete_conditional),
    Route("POST", "/cgi-bin/menu/trymatch", try_match),
)
