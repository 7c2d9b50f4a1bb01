"""An open wish is shown to its grid first, then to its community, then to everybody: listed and told by one rule."""

import itertools
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.orders.lifecycle import Told
from bot.orders.rights import MEMBER
from bot.services.office import Office
from bot.services.orders.recipients import recipients
from bot.store import exclusions, orders
from bot.store.persons import people
from bot.store.reads import order_lists
from bot.store.tables import orders as table
from tests.services import cast
from tests.services.cast import CODE
from tests.talk import Talk

MEMBERS = {
    "党员甲": ("陈桥社区", "网格01"), "党员乙": ("陈桥社区", "网格02"), "党员丙": ("陈桥社区", ""), "党员丁": ("兰天社区", "网格14"), "党员戊": ("兰天社区", "网格01"),
}  # fmt: skip
WISH = "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下，电话13900001234"


@pytest.fixture
def talk(office: Office, tmp_path: Path) -> Talk:
    rows = [
        f"党员,{name},1380000030{n},{where[0]},{where[1]},第一支部,\n"
        for n, (name, where) in enumerate(MEMBERS.items())
    ]
    return cast.enter(office, tmp_path, "".join(rows))


def published(talk: Talk, **columns: object) -> str:
    code: str = CODE.findall(talk.says("王阿姨", WISH))[0]
    talk.says("陈桥甲", f"公开 {code}")
    with talk.office.db.transaction() as tx:
        tx.run(update(table).where(table.c.code == code).values(**columns))
    return code


@pytest.mark.parametrize("grid", [None, "网格01"])
@pytest.mark.parametrize(("ring", "community"), [*itertools.product((0, 1, 2), ("陈桥社区",)), (2, None)])
def test_who_sees_it_is_who_is_told(talk: Talk, ring: int, community: str | None, grid: str | None) -> None:
    code = published(talk, ring=ring, community=community, grid=grid)
    with talk.office.db.reading() as tx:
        order = orders.by_code(tx, code)
        assert order is not None
        within, sees, told = set[str](), set[str](), set(recipients(tx, order, Told.MEMBERS, []))
        for name in MEMBERS:
            (person,) = {row.id for row in people.named(tx, name)}
            rights = people.rights_of(tx, person)
            if rights.within_ring(order):
                within.add(name)
            if order_lists.open_within(tx, rights.areas(MEMBER), exclusions.reader(tx, person, rights)):
                sees.add(name)
            assert (person in told) == (name in within), name
    assert within == sees
    near = {name for name, where in MEMBERS.items() if where[0] == community and (grid is None or where[1] == grid)}
    assert within == ([near, {"党员甲", "党员乙", "党员丙"}][ring] if ring < 2 else set(MEMBERS))


def test_whoever_knows_the_number_may_claim_what_is_shown_to_others_first(talk: Talk) -> None:
    code = published(talk, ring=0, grid="网格01")
    assert code not in talk.says("党员丁", "待接")
    assert "501" in talk.says("党员丁", f"接单 {code}")


def test_an_invitation_that_went_elsewhere_is_said_to_have_done_so(talk: Talk) -> None:
    code = CODE.findall(talk.says("王阿姨", WISH))[0]
    talk.says("陈桥甲", f"派单 {code} 党员甲")
    talk.says("陈桥甲", f"派单 {code} 党员乙")
    assert "已经邀请了别人" in talk.says("党员甲", f"接单 {code}")
    assert "501" in talk.says("党员乙", f"接单 {code}")
