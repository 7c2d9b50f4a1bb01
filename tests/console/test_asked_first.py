"""Of every act at the console it is known how one gets out of it again."""

from sqlalchemy import select

from bot.console.asked_first import ASKED_FIRST
from bot.console.orders.board import BULK
from bot.orders.lifecycle import UNDOABLE
from bot.services.console.acts import ACTIONS
from bot.store.tables import orders
from tests.console.conftest import World
from tests.databases import SQLITE

SAYS_SOMETHING = frozenset(
    {"tell", "ask", "note", "urge", "recategorise", "undo", "accept", "decline", "return", "finish"}
)
"""Commands that add words, or that the other side may answer in another way; those with words stand behind a form."""


def test_of_every_command_it_is_known_whether_it_is_undone_asked_first_or_only_says_something() -> None:
    undone = {command for command, action in ACTIONS.items() if action in UNDOABLE}
    assert undone | (ASKED_FIRST & set(ACTIONS)) | SAYS_SOMETHING == set(ACTIONS)
    assert not undone & ASKED_FIRST
    assert not (undone | ASKED_FIRST) & SAYS_SOMETHING
    assert not ASKED_FIRST & set(BULK)


@SQLITE
def test_what_was_not_asked_is_not_done(world: World) -> None:
    """The form behind the question says so; one that lacks it changes nothing, and the page tells why."""
    code, staff = world.placed(), world.at("陈桥甲")
    addresses = {
        "register": f"/console/orders/{code}/register", "give_notice": f"/console/orders/{code}/give_notice",
        "separate": f"/console/orders/{code}/separate", "transfer": f"/console/orders/{code}/correct", "end": f"/console/inbox/{code}/end", "settle": "/console/inbox/kept",
        "drop_reply": "/console/replies/1/drop", "close": "/console/broadcasts/1/close", "recall": "/console/broadcasts/1/recall",
    }  # fmt: skip
    assert set(addresses) == ASKED_FIRST
    staff.open(f"/console/orders/{code}")
    assert staff.page.count('name="sure" value="register"') == 1
    admin = world.at("办事处甲")
    admin.open("/console/")
    for name, browser in {"register": staff, "end": staff, "settle": admin, "drop_reply": staff}.items():
        for sure in ({}, {"sure": "publish"}):
            browser.send(addresses[name], **sure)
            assert "还没有办。" in browser.page, name
    with world.office.db.reading() as tx:
        assert tx.value(select(orders.c.petition_at)) is None
    staff.open(f"/console/orders/{code}")
    staff.send(addresses["register"], sure="register")
    with world.office.db.reading() as tx:
        assert tx.value(select(orders.c.petition_at)) is not None
