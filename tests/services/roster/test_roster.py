"""The roster: all rows or none, updated by telephone number, bound once."""

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from bot.errors import NotFound
from bot.services import roster
from bot.services.office import Office
from bot.services.roster import bind_codes
from bot.store.tables import orders, persons, roles
from tests.rosters import import_roster
from tests.talk import NOON, Talk

HEAD = "角色,姓名,手机号,社区,网格,支部,技能\n"


def take(office: Office, tmp_path: Path, rows: str, **options: bool) -> list[dict[str, object]]:
    (tmp_path / "r.csv").write_text("\ufeff" + HEAD + rows, "utf-8")
    return import_roster(office, tmp_path / "r.csv", NOON, **options)


def held(office: Office) -> set[tuple[str, str, str | None]]:
    with office.db.reading() as tx:
        return {tuple(row) for row in tx.all(select(persons.c.name, roles.c.role, roles.c.community).join(roles))}


def test_a_row_may_hold_several_roles_and_communities(office: Office, tmp_path: Path) -> None:
    (row,) = take(office, tmp_path, "党员、网格员,张三,１３８００００１１１１,陈桥社区、兰天社区,网格01,,水电、家政\n")
    assert (row["name"], row["role"], row["community"]) == ("张三", "党员、网格员", "陈桥社区、兰天社区")
    assert held(office) == {("张三", r, c) for r in ("member", "grid") for c in ("陈桥社区", "兰天社区")}


def test_an_excel_file_is_read_too_with_numbers_as_numbers(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD.strip().split(","))
    sheet.append(["党员", "张三", 13800001111, "陈桥社区", None, None, None])
    book.save(tmp_path / "r.xlsx")
    assert import_roster(office, tmp_path / "r.xlsx", NOON)[0]["name"] == "张三"


def test_one_bad_row_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    bad = "党员,好人,13800001111,陈桥社区,,,\n干部,,138,,,,\n社区工作者,赵六,13800001112,,,,\n党员,别人,13800001111,陈桥社区,,,\n"
    with pytest.raises(roster.BadRoster) as raised:
        take(office, tmp_path, bad)
    assert {row for row, _ in raised.value.rows} == {3, 4, 5}
    assert held(office) == set()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "姓名,手机号\n".encode(), HEAD.encode()])
def test_a_file_that_is_no_roster_says_so(office: Office, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r.csv").write_bytes(content)
    with pytest.raises(roster.BadRoster):
        import_roster(office, tmp_path / "r.csv", NOON)


def test_importing_again_updates_by_number_and_rights_go_at_once(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path, "社区工作者,张三,13800001111,陈桥社区,,,\n党员,李四,13800001112,陈桥社区,,,\n")
    talk = Talk(office)
    talk.bind("张三", "13800001111")
    assert "待派" in talk.says("张三", "待派")
    (row,) = take(office, tmp_path, "党员,张三丰,13800001111,陈桥社区,,,\n")
    assert row["bind_code"] is None
    assert "要有相应身份" in talk.says("张三", "待派")
    assert held(office) == {("张三丰", "member", "陈桥社区"), ("李四", "member", "陈桥社区")}
    take(office, tmp_path, "党员,张三丰,13800001111,陈桥社区,,,\n", replace=True)
    assert held(office) == {("张三丰", "member", "陈桥社区")}


def test_a_code_binds_once_expires_and_goes_with_the_person(office: Office, tmp_path: Path) -> None:
    (row,) = take(office, tmp_path, "党员,张三,13800001111,陈桥社区,,,\n")
    talk = Talk(office)
    assert "绑定成功" in talk.says("甲", f"绑定{row['bind_code']}".lower())
    assert "已经用过" in talk.says("乙", f"绑定 {row['bind_code']}")
    code = bind_codes.issue_code(office, "13800001111", NOON - timedelta(days=30))
    assert "已过期" in talk.says("乙", f"绑定 {code}")
    code = bind_codes.issue_code(office, "13800001111", NOON)
    bind_codes.leave(office, "13800001111", NOON)
    assert "不对" in talk.says("乙", f"绑定 {code}")
    with pytest.raises(NotFound):
        bind_codes.issue_code(office, "13800009999", NOON)


def test_five_wrong_codes_and_the_sender_has_to_wait(office: Office, tmp_path: Path) -> None:
    (row,) = take(office, tmp_path, "党员,张三,13800001111,陈桥社区,,,\n")
    talk = Talk(office)
    for _ in range(5):
        assert "不对" in talk.says("甲", "绑定 WRONGCODE")
    assert "一小时后" in talk.says("甲", f"绑定 {row['bind_code']}")
    talk.wait(hours=1)
    assert "绑定成功" in talk.says("甲", f"绑定 {row['bind_code']}")


def test_what_somebody_said_before_binding_stays_theirs(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path, "党员,张三,13800001111,陈桥社区,,,\n")
    talk = Talk(office)
    assert "单号" in talk.says("甲", "金色春天3号楼楼道灯不亮")
    talk.bind("甲", "13800001111")
    with office.db.reading() as tx:
        owner = tx.value(select(persons.c.name).join(orders, orders.c.person_id == persons.c.id))
        assert tx.value(select(func.count()).select_from(persons)) == 1
    assert owner == "张三"


@pytest.mark.parametrize("wish", ["订阅", "每天一条"])
def test_who_said_what_they_wish_to_get_can_still_bind(office: Office, tmp_path: Path, wish: str) -> None:
    take(office, tmp_path, "党员,张三,13800001111,陈桥社区,,,\n")
    talk = Talk(office)
    talk.says("甲", wish)
    assert "绑定成功" in talk.bind("甲", "13800001111")
    with office.db.reading() as tx:
        assert tx.value(select(func.count()).select_from(persons)) == 1
