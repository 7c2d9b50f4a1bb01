"""设置: places and grids, duty and channels, changed while the service runs: in force everywhere, on record, undone."""

import html
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import roster
from bot.services.roster import bind_codes
from bot.services.settings.adjustable import Adjustable
from bot.store.tables import notices, orders, persons
from tests.console.conftest import World
from tests.console.pages.test_settings import a_minute_later, elsewhere, rows, save, undo
from tests.databases import SQLITE
from tests.services.roster.test_roster import HEAD
from tests.talk import openid
from workers import resources

SAID = "望江苑3号楼楼道灯坏了"
FIRE = "陈桥社区金色春天3号楼501着火了"


def place(world: World, text: str = SAID) -> Any:
    return world.office.understand(text).place


def test_a_new_estate_is_read_here_at_once_and_elsewhere_within_a_minute_and_undone(world: World) -> None:
    admin, other = world.at("办事处甲"), elsewhere(world)
    assert place(world).community is None
    answer = save(admin, world, "places", kind="estate", name="望江苑", community="陈桥社区", also="望江、望江小苑")
    assert answer.status_code == 303
    assert (place(world).community, place(world).estate) == ("陈桥社区", "望江苑")
    assert place(world, "望江小苑5号楼水管漏了").estate == "望江苑"
    assert other.office.understand(SAID).place.community is None
    a_minute_later(other)
    assert other.office.understand(SAID).place.community == "陈桥社区"
    assert other.office.readings.find_place(SAID).estate == "望江苑"
    admin.open("/console/settings")
    assert "望江小苑" in admin.page
    undo(admin, world, "places")
    assert place(world).community is None
    other.office.db.close()


NEW = "望江社区"
ROW = "党员,新来的,13800000199,望江社区,,,\n"


def test_a_community_is_added_and_is_one_like_all_others_without_a_restart(world: World) -> None:
    admin, other = world.at("办事处甲"), elsewhere(world)
    with pytest.raises(roster.BadRoster):
        roster.read(world.office, (HEAD + ROW).encode())
    assert (
        save(admin, world, "places", kind="community", name=NEW, also="望江", community="陈桥社区").status_code == 303
    )
    assert roster.read(world.office, (HEAD + ROW).encode())[0].communities == (NEW,)
    assert world.office.understand("望江社区路灯坏了").place.community == NEW
    admin.open("/console/intake")
    assert f'<option value="{NEW}"' in admin.page
    assert NEW not in other.office.reader.communities()
    a_minute_later(other)
    assert NEW in other.office.reader.communities()
    admin.open("/console/settings")
    assert "社区 望江社区" in admin.page  # in the log of changes
    undo(admin, world, "places")
    assert NEW not in world.office.reader.communities()
    other.office.db.close()


def test_a_community_is_closed_once_nothing_hangs_on_it(world: World) -> None:
    admin = world.at("办事处甲")
    save(admin, world, "places", kind="community", name=NEW)
    code = world.placed("江边人", "望江社区路灯坏了，晚上看不见")
    now = datetime.now(UTC)
    with world.office.db.transaction() as tx:
        roster.enter(world.office, tx, roster.read(world.office, (HEAD + ROW).encode()), now, replace=False)
    save(admin, world, "places", kind="estate", name="望江苑", community=NEW)

    def close() -> str:
        save(admin, world, "places", kind="community", name=NEW, do="remove")
        return html.unescape(admin.page)

    assert "有 1 个小区、道路、地标、网格在里面" in close()
    save(admin, world, "places", kind="estate", name="望江苑", do="remove")
    assert "名册里有 1 人，没办完的事 1 件，有效的接口令牌 0 个" in close()
    assert NEW in world.office.reader.communities()
    bind_codes.leave(world.office, "13800000199", now)
    world.talk.says("江边人", f"撤回 {code}")
    with world.office.db.reading() as tx:
        assert tx.value(select(persons.c.community).where(persons.c.openid == openid("江边人"))) == NEW
    close()
    assert NEW not in world.office.reader.communities()
    with world.office.db.reading() as tx:  # who lives there is asked again
        assert tx.value(select(persons.c.community).where(persons.c.openid == openid("江边人"))) is None
        assert tx.value(select(orders.c.community).where(orders.c.code == code)) == NEW
    undo(admin, world, "places")
    assert NEW in world.office.reader.communities()


def test_a_grid_covers_what_it_is_given_and_other_changes_stay(world: World) -> None:
    admin = world.at("办事处甲")
    save(admin, world, "places", kind="estate", name="望江苑", community="陈桥社区")
    save(admin, world, "places", kind="grid", name="网格88", community="陈桥社区", covers="望江苑 1-6")
    assert place(world).grid == "网格88"
    assert place(world, "望江苑9号楼楼道灯坏了").grid is None
    refused = save(admin, world, "places", kind="estate", name="望江苑", community="陈桥社区", do="remove")
    assert refused.status_code == 200
    assert "这一条放不进去" in admin.page
    assert place(world).grid == "网格88"


@SQLITE
@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "estate", "name": "望江苑", "community": "没有社区"}, "这一条放不进去"),
        ({"kind": "estate", "name": "望江苑", "also": "龙山小区"}, "这一条放不进去"),
        ({"kind": "town", "name": "望江镇"}, "请选社区、小区"),
        ({"kind": "community", "name": "望"}, "2 到 30 个字"),
        ({"kind": "community", "name": "望江社区", "also": "蓝天社区"}, "这一条放不进去"),
        ({"kind": "estate", "name": "望"}, "2 到 30 个字"),
        (
            {"kind": "grid", "name": "网格88", "community": "陈桥社区", "covers": "没有的小区 1-3"},
            "不在小区、道路、地标的名单里",
        ),
        ({"kind": "grid", "name": "网格88", "community": "陈桥社区", "covers": "金色春天 九到一"}, "这一条放不进去"),
    ],
)
def test_an_entry_that_cannot_be_right_is_refused_with_its_reason(
    world: World, fields: dict[str, str], why: str
) -> None:
    admin = world.at("办事处甲")
    assert save(admin, world, "places", **fields).status_code == 200
    assert why in admin.page
    assert fields["name"] in admin.page
    assert rows(world) == []


def told_of_danger(world: World) -> list[int]:
    with world.office.db.reading() as tx:
        return [row.person_id for row in tx.all(select(notices.c.person_id).where(notices.c.event == "place_duty"))]


def test_who_is_on_duty_hears_of_a_danger_of_another_community(world: World) -> None:
    admin, duty = world.at("办事处甲"), world.person("兰天甲")
    save(admin, world, "duty", person=str(duty))
    world.talk.says("王阿姨", FIRE)
    assert duty in told_of_danger(world)
    admin.open("/console/settings")
    assert "兰天甲" in admin.page
    save(admin, world, "duty", person=str(duty), do="remove")
    assert world.office.duty == ()


@SQLITE
@pytest.mark.parametrize("name", ["党员一", "纪检甲"])
def test_only_staff_are_put_on_duty(world: World, name: str) -> None:
    admin = world.at("办事处甲")
    save(admin, world, "duty", person=str(world.person(name)))
    assert "请从名单里选" in admin.page
    assert rows(world) == []


def test_channels_are_tried_in_another_order_by_a_worker_too(world: World) -> None:
    admin, desk = world.at("办事处甲"), resources.open_desk(world.office.settings)
    assert tuple(desk.means.ways.order()) == world.office.adjustable.files.channels
    save(
        admin,
        world,
        "channels",
        **{"place-chat": "1", "place-template": "2", "place-subscription": "", "place-sms": "", "place-wecom": ""},
    )
    desk.adjustable.load()
    assert list(desk.means.ways.order()) == ["chat", "template"]
    present: Adjustable = desk.adjustable.present
    assert present.reader is None  # a worker reads no messages
    desk.db.close()
    desk.close()
    undo(admin, world, "channels")
    assert world.office.adjustable.present.channels == world.office.adjustable.files.channels


@SQLITE
def test_channels_in_one_place_or_none_are_refused(world: World) -> None:
    admin = world.at("办事处甲")
    for given in ({"place-chat": "1", "place-template": "1"}, {"place-chat": ""}):
        fields = {f"place-{name}": "" for name in world.office.adjustable.files.channels} | given
        save(admin, world, "channels", **fields)
        assert "每个通道要排在不同的位置" in admin.page
    assert rows(world) == []


def test_the_grid_of_an_order_follows_a_correction_and_goes_with_the_next_order(world: World) -> None:
    admin = world.at("办事处甲")
    save(admin, world, "places", kind="grid", name="网格88", community="陈桥社区", covers="金色春天 1-9")
    save(admin, world, "places", kind="grid", name="网格89", community="陈桥社区", covers="金色春天 10-20")

    def grid() -> str | None:
        with world.office.db.reading() as tx:
            found: str | None = tx.all(select(orders.c.grid).order_by(orders.c.id.desc()).limit(1))[0].grid
        return found

    talk = world.talk
    talk.says("王阿姨", "金色春天9号楼楼道灯不亮，电话13900001234")
    assert grid() == "网格88"
    talk.says("王阿姨", "不对，是12号楼")
    assert grid() == "网格89"
    talk.says("王阿姨", "楼下井盖也松了")
    assert grid() == "网格89"
    talk.says("王阿姨", "5号楼的电梯坏了")
    assert grid() == "网格88"
    talk.says("王阿姨", "不对，是新锐巷")
    assert grid() is None
