"""No address of the console fails, whatever its filters hold."""

from dataclasses import fields

import pytest
from werkzeug.datastructures import MultiDict

from bot.cursors import opaque
from bot.services.console.audit_log.filters import Filters as LogFilters
from bot.services.console.orders.board import Filters
from bot.services.console.people.listed import Filters as PeopleFilters
from tests.console.conftest import World

BOARD = [each.name for each in fields(Filters)]
PAGES = {
    "/console/": BOARD,
    "/console/find": ["q"],
    "/console/people": [each.name for each in fields(PeopleFilters)],
    "/console/audit": [each.name for each in fields(LogFilters)],
    "/console/figures": ["period", "from", "to", "community", "compare"],
    "/console/answers": ["q", "order", "after"],
    "/console/answers/new": ["q", "order"],
    "/console/broadcasts": ["section", "kind", "q", "after"],
    "/console/broadcasts/new": ["template", "occasion", "copy"],
    "/console/inbox": ["after", "q"],
    "/console/health": ["reason", "after"],
    "/console/settings": ["part", "section"],
    "/console/login": ["next", "new"],
}
FINE = (200, 302, 303, 404)
REFUSED = {"/console/figures": (*FINE, 400)}  # what was typed there is said to be no period
ODD = (
    "received", "x" * 5000, "9" * 40, "-1", "\x00", "％", "' OR 1=1 --", "../..", "[]", "½", "٣", "🙂",
    opaque("U9", "0001-01-01T00:00:00+14:00", 1), opaque("U0", "9999-12-31T23:59:59-14:00", 2**63), opaque(None, None, None),
    opaque("U0", "2026-01-01T00:00:00+00:00", 1),
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_filter_that_means_nothing_breaks_no_page(world: World, page: str) -> None:
    code = world.placed()
    browser = world.at("办事处甲")
    for name in PAGES[page]:
        for odd in ODD:
            answer = browser.client.get(page, query_string={name: odd})
            assert answer.status_code in REFUSED.get(page, FINE), (name, odd[:20])
        twice = MultiDict([(name, "received"), (name, "mine"), (name, "U0")])
        assert browser.client.get(page, query_string=twice).status_code in REFUSED.get(page, FINE), name
    assert code in browser.open("/console/").get_data(as_text=True)


@pytest.mark.parametrize("name", ["state", "urgency", "lane", "category", "community", "handler", "overdue", "view"])
def test_an_unknown_value_of_the_board_counts_for_nothing(world: World, name: str) -> None:
    code = world.placed()
    browser = world.at("办事处甲")
    assert browser.open(f"/console/?{name}=received").status_code == 200
    assert code in browser.page


@pytest.mark.parametrize(
    "query",
    [
        "state=nope",
        "community=无",
        "handler=没有的人",
        "lane=restricted",
        "urgency=U9",
        "q=%25",
        "q=_",
        "state=nope&q=%25",
    ],
)
def test_a_filter_that_means_nothing_is_named(world: World, query: str) -> None:
    browser = world.at("办事处甲")
    browser.open(f"/console/?{query}")
    assert "没有这样的筛选，没有用上" in browser.page


@pytest.mark.parametrize(
    "query", ["", "state=submitted", "q=灯", "handler=党员一", "overdue=1", "view=all&grid=网格01", "urgency=U1"]
)
def test_a_filter_that_means_something_is_not(world: World, query: str) -> None:
    browser = world.at("办事处甲")
    browser.open(f"/console/?{query}")
    assert "没有这样的筛选" not in browser.page


def test_a_page_that_is_found_is_not_followed_by_nothing_found(world: World) -> None:
    found = world.at("办事处甲").open("/console/find?q=统计").get_data(as_text=True)
    assert "/console/figures" in found
    assert "没有找到" not in found
    assert "没有找到" in world.at("办事处甲").open("/console/find?q=没有这个东西").get_data(as_text=True)


def test_marks_alone_find_nobody(world: World) -> None:
    world.placed()
    for words in ("%25", "_", "？"):
        assert "/console/" not in world.at("办事处甲").open(f"/console/find?q={words}").get_data(as_text=True)
