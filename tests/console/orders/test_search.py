"""The search of the board and Ctrl-K: what staff may read without a look finds orders, the sealed place only whole and on record."""

import pytest
from sqlalchemy import select

from bot.store.tables import audit
from tests.console.conftest import World
from tests.console.intake.test_intake import entered

FINDS = ("/console/find?q={}", "/console/?view=all&q={}")


def looks(world: World) -> int:
    with world.office.db.reading() as tx:
        return len(tx.all(select(audit.c.id).where(audit.c.act == "view.contact")))


def finds(world: World, code: str, words: str, address: str, name: str = "陈桥甲") -> bool:
    page = world.at(name).client.get(address.format(words)).text.replace(f"q={words}", "")
    return f"/console/orders/{code}" in page


@pytest.mark.parametrize("address", FINDS)
@pytest.mark.parametrize("part", ["501", "502", "501室", "2单元501室", "2单元50"])
def test_a_part_of_the_sealed_place_finds_nothing(world: World, address: str, part: str) -> None:
    code = world.placed()
    assert not finds(world, code, part, address)
    assert looks(world) == 0


@pytest.mark.parametrize("address", FINDS)
def test_codes_and_names_in_the_place_find_nothing(world: World, address: str) -> None:
    code = entered(
        world.at("陈桥甲"), text="灯泡坏了，想请人帮忙换一下", community="陈桥社区",
        place="金色春天5号楼1单元402，门禁密码8899，找李秀英", phone="13900004321",
    )  # fmt: skip
    for part in ("8899", "李秀英", "402", "密码", "门禁密码8899", "找李秀英"):
        assert not finds(world, code, part, address), part
    for part in ("5号楼", "五号楼", "金色春天5号楼", "金色春天", "灯泡"):
        assert finds(world, code, part, address), part
    assert looks(world) == 0


@pytest.mark.parametrize("words", ["3号楼2单元501", "金色春天3号楼2单元501室", "三号楼二单元501"])
def test_a_whole_address_finds_its_orders_on_record(world: World, words: str) -> None:
    code = world.placed()
    assert finds(world, code, words, FINDS[0])
    assert looks(world) == 1


@pytest.mark.parametrize(
    "words", ["3号楼2单元502", "4号楼2单元501", "3号楼1单元501", "兰天3号楼2单元501", "龙山小区3号楼2单元501"]
)
def test_another_address_finds_nothing_and_is_no_look(world: World, words: str) -> None:
    code = world.placed()
    assert not finds(world, code, words, FINDS[0])
    assert looks(world) == 0


def test_a_whole_address_finds_nothing_of_another_community(world: World) -> None:
    code = world.placed()
    assert not finds(world, code, "3号楼2单元501", FINDS[0], "兰天甲")
    assert looks(world) == 0
