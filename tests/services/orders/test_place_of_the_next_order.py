"""Where an order is by now: the estate stays with a corrected building, and the next order is in it too."""

import pytest
from sqlalchemy import select

from bot.orders.order import Order
from bot.services.office import Office
from bot.services.orders import shown
from bot.store import orders
from bot.store.tables import orders as table
from tests.services.cast import CODE
from tests.talk import Talk


def last(talk: Talk) -> Order:
    with talk.office.db.reading() as tx:
        newest = tx.all(select(table.c.id).order_by(table.c.id.desc()).limit(1))[0].id
        return orders.by_id(tx, newest)


def where(office: Office, order: Order) -> tuple[str | None, str | None]:
    return order.estate, shown.house(office, order)


@pytest.mark.parametrize("correction", ["", "不对，是6号楼"])
@pytest.mark.parametrize("later", ["楼下井盖也松了", "6号楼的电梯坏了"])
def test_the_next_order_is_in_the_same_estate(talk: Talk, correction: str, later: str) -> None:
    talk.says("王阿姨", f"金色春天{9 if correction else 6}号楼楼道灯不亮，电话13900001234")
    if correction:
        talk.says("王阿姨", correction)
    said = talk.says("王阿姨", later)
    assert CODE.search(said)
    assert "金色春天6号楼" in said
    assert where(talk.office, last(talk)) == ("金色春天", "陈桥社区金色春天6号楼")


def test_in_danger_nobody_is_sent_to_an_estate_that_was_not_said(talk: Talk) -> None:
    talk.says("王阿姨", "金色春天9号楼楼道灯不亮，电话13900001234")
    talk.says("王阿姨", "7号楼着火了")
    assert where(talk.office, last(talk))[0] is None
