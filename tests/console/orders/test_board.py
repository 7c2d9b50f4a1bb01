"""The board: what is before a person, several at once, and no order of another community."""

from tests.console.conftest import World


def test_the_board_shows_what_waits(world: World) -> None:
    code = world.placed()
    browser = world.at("陈桥甲")
    assert browser.open("/console/").status_code == 200
    assert code in browser.page
    assert "13900001234" not in browser.page
    assert "看板" in browser.page
    assert code not in (world.at("兰天甲").open("/console/").get_data(as_text=True))


def test_an_order_is_dispatched_from_its_matches(world: World) -> None:
    code = world.placed()
    browser = world.at("陈桥甲")
    browser.open("/console/")
    browser.open(f"/console/matches/{code}")
    assert "邀请 党员一" in browser.page
    member = world.person("党员一")
    browser.open(f"/console/orders/{code}")
    browser.send(f"/console/orders/{code}/dispatch", person=member)
    browser.open(f"/console/orders/{code}")
    assert "待接单" in browser.page


def test_a_search_finds_what_stands_in_the_orders_and_not_all_of_their_category(world: World) -> None:
    lamp = world.placed()
    screen = world.placed("冯奶奶", "金色春天8号楼1单元301纱窗破了，请人来修，电话13900004321")
    browser = world.at("陈桥甲")
    browser.open("/console/?view=all&q=纱窗")
    assert screen in browser.page
    assert lamp not in browser.page
    browser.open("/console/?view=all&q=小修小补")
    assert screen in browser.page
    assert lamp in browser.page
