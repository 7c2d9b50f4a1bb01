"""人员: who is listed for whom, codes, rights, devices, the export, and an import that is shown before it is written."""

import html
import io
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
import segno
from sqlalchemy import insert, select, update

from bot.services import roster
from bot.services.clock.retention import purge
from bot.services.roster import bind_codes
from bot.store.console import drafts
from bot.store.persons import people
from bot.store.schema.accounts import console_drafts
from bot.store.schema.records import audit
from bot.store.tables import persons, roles
from tests.console.conftest import Browser, World

HEAD = "角色,姓名,手机号,社区,网格,支部,技能\n"
ADMIN_ROW = "街道管理员,办事处甲,13800000105,,,,\n"
ADMIN_PAGES = ("/console/people/import", "/console/audit", "/console/health")


def acts(world: World, *names: str) -> list[tuple[str, str, str | None]]:
    """(act, name of who did it, detail) of what the console recorded."""
    query = select(audit.c.act, persons.c.name, audit.c.detail).join(persons, persons.c.id == audit.c.who_id)
    with world.office.db.reading() as tx:
        found = tx.all(query.where(audit.c.source == "console", audit.c.act.in_(names)).order_by(audit.c.id))
    return [(row.act, row.name, row.detail) for row in found]


def uploaded(browser: Browser, text: str | bytes, name: str = "r.csv", **more: str) -> str:
    """Upload a file and follow to its preview; the address of the preview."""
    browser.open("/console/people/import")
    content = text.encode() if isinstance(text, str) else text
    answer = browser.send("/console/people/import", file=(io.BytesIO(content), name), **more)
    if answer.status_code != 303:
        return ""
    browser.open(answer.headers["Location"])
    return str(answer.headers["Location"])


def test_the_preview_says_until_when_it_can_be_confirmed(world: World) -> None:
    browser = world.at("办事处甲")
    before = datetime.now(UTC)
    uploaded(browser, HEAD + "党员,党员九,13800000199,陈桥社区,,,\n")
    times = {
        f"请在 {(at + drafts.LASTS).astimezone(world.office.calendar.zone):%H:%M} 以前确认"
        for at in (before, datetime.now(UTC))
    }
    assert any(each in browser.page for each in times)


def test_the_roster_shows_who_is_who_and_the_last_digits_of_a_telephone_alone(world: World) -> None:
    browser = world.at("办事处甲")
    assert browser.open("/console/people").status_code == 200
    assert "<title>人员" in browser.page
    assert "<h1>人员</h1>" in browser.page
    for shown in ("党员一", "兰天甲", "第一支部", "水电", "0111", "已绑定"):
        assert shown in browser.page
    assert "13800000111" not in browser.page
    browser.open("/console/people?name=党员&branch=第一支部&role=member&community=陈桥社区")
    assert "党员二" in browser.page
    assert "兰天甲" not in browser.page
    browser.open("/console/people?bound=no")
    assert "没有符合条件的人" in browser.page


def test_the_next_page_goes_on_where_one_ends(world: World) -> None:
    rows = "".join(f"党员,志愿{n:03},139{n:08},兰天社区,,,\n" for n in range(120))
    browser = world.at("办事处甲")
    address = uploaded(browser, HEAD + rows)
    browser.send(address)
    browser.open("/console/people?community=兰天社区&role=member")
    assert "志愿001" in browser.page
    assert "志愿119" not in browser.page
    assert len(browser.page.encode()) < 200_000
    following = re.search(r'href="(/console/people\?[^"]*after=\d+)"', browser.page)
    assert following
    browser.open(following[1].replace("&amp;", "&"))
    assert "志愿119" in browser.page
    assert "志愿001" not in browser.page


def test_staff_see_their_own_community_and_change_nothing(world: World) -> None:
    browser = world.at("陈桥甲")
    browser.open("/console/people")
    assert "党员一" in browser.page
    for hidden in ("兰天甲", "办事处甲", "发绑定码", "收回权限", "导入名册", "导出"):
        assert hidden not in browser.page
    browser.open("/console/people?community=兰天社区")
    assert "没有符合条件的人" in browser.page
    member = world.person("党员一")
    browser.open("/console/people")
    for address in (f"/console/people/{member}/leave", "/console/people/codes", "/console/people/export"):
        assert browser.send(address, person=str(member)).status_code == 404
    assert browser.open(f"/console/people/{member}/leave").status_code == 404
    for address in ADMIN_PAGES:
        assert browser.open(address).status_code == 404
    assert acts(world, "roster.code", "roster.leave", "export") == []


@pytest.mark.parametrize("name", ["党员一", "纪检甲"])
def test_others_have_no_roster(world: World, name: str) -> None:
    assert world.at(name).open("/console/people").status_code == 404


def test_a_form_without_its_token_does_nothing(world: World) -> None:
    browser, member = world.at("办事处甲"), world.person("党员一")
    for address in ("codes", "export", "import", "import/drop", "import/1", f"{member}/leave"):
        assert browser.client.post(f"/console/people/{address}", data={"person": member}).status_code == 400
    for address in ("/console/audit/verify", "/console/audit/export", "/console/health/retry"):
        assert browser.client.post(address).status_code == 400
    assert acts(world, "roster.code", "roster.leave", "export") == []


def test_bind_codes_are_printed_with_a_picture_and_bind(world: World) -> None:
    browser, member = world.at("办事处甲"), world.person("党员一")
    browser.open("/console/people")
    browser.send("/console/people/codes", person=[str(member), "999999"])
    code = re.search(r'class="code">([2-9A-Z]{8})<', browser.page)
    assert code
    assert browser.page.count("data:image/svg+xml") == 1
    assert segno.make_qr(f"bind_{code[1]}", error="m").svg_data_uri(scale=4, border=2) in html.unescape(browser.page)
    assert "党员一" in browser.page
    assert acts(world, "roster.code") == [("roster.code", "办事处甲", None)]
    assert "绑定成功" in world.talk.says("党员一的新手机", f"绑定 {code[1]}")


def test_codes_for_all_who_are_not_bound_are_at_most_a_sheet(world: World) -> None:
    rows = "".join(f"党员,志愿{n:03},139{n:08},兰天社区,,,\n" for n in range(100))
    browser = world.at("办事处甲")
    browser.send(uploaded(browser, HEAD + rows))
    browser.open("/console/people?bound=no")
    chosen = re.findall(r'name="unbound" value="(\d+)"', browser.page)
    assert len(chosen) == 100
    back = "/console/people?bound=no"
    assert browser.send("/console/people/codes", unbound=chosen, all="1").status_code == 200
    assert browser.page.count("data:image/svg+xml") == 100
    assert len(re.sub(r'src="data:[^"]*"', "", browser.page).encode()) < 200_000
    browser.open(back)
    assert browser.send("/console/people/codes", person=[*chosen, "1"], back=back).headers["Location"] == back
    browser.open(back)
    assert "一次最多给 100 个人" in browser.page
    browser.send("/console/people/codes")
    browser.open(back)
    assert "请先选中" in browser.page


def test_a_setup_code_is_shown_once_and_sets_a_password(world: World) -> None:
    browser, staff = world.at("办事处甲"), world.person("陈桥甲")
    browser.open(f"/console/people/{staff}/setup")
    assert "陈桥甲" in browser.page
    browser.send(f"/console/people/{staff}/setup")
    code = re.search(r'class="code">([2-9A-Z]{12})<', browser.page)
    assert code
    assert acts(world, "console.code") == [("console.code", "办事处甲", None)]
    nobody = world.nobody()
    nobody.open("/console/password")
    given = {"code": code[1], "password": "long enough 1", "again": "long enough 1"}
    assert nobody.send("/console/password", **given).status_code == 303
    browser.open("/console/people")
    assert code[1] not in browser.page


def test_nobody_does_these_things_to_oneself(world: World) -> None:
    browser, own = world.at("办事处甲"), world.person("办事处甲")
    for act in ("setup", "leave"):
        browser.open(f"/console/people/{own}/{act}")
        assert "message refused" in browser.send(f"/console/people/{own}/{act}").get_data(as_text=True)
        assert "不能对自己这样做" in browser.page
    with world.office.db.reading() as tx:
        assert people.rights_of(tx, own).holds("admin")


def test_rights_are_taken_away_after_a_confirmation(world: World) -> None:
    browser, staff = world.at("办事处甲"), world.person("陈桥乙")
    other = world.at("陈桥乙")
    assert "收回 陈桥乙 的全部权限" in browser.open(f"/console/people/{staff}/leave").get_data(as_text=True)
    with world.office.db.reading() as tx:
        assert people.rights_of(tx, staff).held
    assert browser.send(f"/console/people/{staff}/leave").status_code == 303
    with world.office.db.reading() as tx:
        assert not people.rights_of(tx, staff).held
    assert acts(world, "roster.leave") == [("roster.leave", "办事处甲", None)]
    assert other.open("/console/").status_code == 303  # the session has ended
    assert browser.open(f"/console/people/{staff}/leave").status_code == 404


def test_a_new_device_is_confirmed(world: World) -> None:
    member = world.person("党员一")
    code = bind_codes.issue_code(world.office, "13800000111", world.talk.now)
    assert "绑定成功" in world.talk.says("党员一的新手机", f"绑定 {code}")
    browser = world.at("办事处甲")
    browser.open("/console/people")
    assert "换了设备，待确认" in browser.page
    browser.open(f"/console/people/{member}/device")
    assert browser.send(f"/console/people/{member}/device").status_code == 303
    assert acts(world, "bind.confirmed") == [("bind.confirmed", "办事处甲", None)]
    with world.office.db.reading() as tx:
        assert people.by_id(tx, member).moved_at is None
    assert browser.open(f"/console/people/{member}/device").status_code == 404
    assert browser.open(f"/console/people/{member}/anything").status_code == 404


def test_the_export_holds_no_telephone_numbers_and_no_formula(world: World) -> None:
    with world.office.db.transaction() as tx:
        tx.run(update(roles).where(roles.c.person_id == world.person("党员一")).values(branch="=HYPERLINK(1)"))
    browser = world.at("办事处甲")
    browser.open("/console/people")
    answer = browser.send("/console/people/export")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    said = [str(cell.value) for cell in cells]
    assert "党员一" in said
    assert "'=HYPERLINK(1)" in said
    assert not any("13800000111" in cell for cell in said)
    assert acts(world, "export") == [("export", "办事处甲", "roster 7")]


def test_an_import_is_shown_before_it_is_written(world: World) -> None:
    browser = world.at("办事处甲")
    text = HEAD + "党员,党员一,13800000111,陈桥社区,网格09,第一支部,水电\n党员,新来的,13800000199,兰天社区,,,\n"
    address = uploaded(browser, text)
    for shown in ("新来", "有变动", "网格09", "0199", "新来的"):
        assert shown in browser.page
    assert "13800000199" not in browser.page
    assert 'id="goes"' not in browser.page
    with world.office.db.reading() as tx:
        assert not tx.all(select(persons.c.id).where(persons.c.name == "新来的"))
        assert b"13800000199" not in tx.value(select(console_drafts.c.data_sealed))
    assert browser.send(address).headers["Location"] == "/console/people?bound=no"
    browser.open("/console/people?bound=no")
    assert "新来的" in browser.page
    assert ("roster.enter", "办事处甲", None) in acts(world, "roster.enter")
    with world.office.db.reading() as tx:
        assert tx.all(select(roles.c.id).where(roles.c.grid == "网格09"))
        assert not tx.all(select(console_drafts.c.key))
    assert browser.send(address).headers["Location"] == "/console/people/import"  # once


def test_a_grid_that_nobody_knows_is_named_with_its_row_and_taken_in(world: World) -> None:
    browser = world.at("办事处甲")
    address = uploaded(browser, HEAD + "党员,党员一,13800000111,陈桥社区,网格09、网格999、长安网格,,\n")
    assert re.findall(r"第 2 行：地名表里没有“([^”]+)”这个网格", html.unescape(browser.page)) == ["网格999", "长安网格"]
    browser.send(address)
    with world.office.db.reading() as tx:
        assert tx.all(select(roles.c.id).where(roles.c.grid == "长安网格"))


def test_the_whole_roster_is_replaced_only_where_that_was_chosen(world: World) -> None:
    browser = world.at("办事处甲")
    address = uploaded(
        browser, HEAD + ADMIN_ROW + "党员,党员一,13800000111,陈桥社区,网格01,第一支部,水电\n", replace="1"
    )
    assert 'id="goes"' in browser.page
    assert "兰天甲" in browser.page
    assert "会替换整个名册" in browser.page
    browser.send(address)
    with world.office.db.reading() as tx:
        assert not people.rights_of(tx, world.person("兰天甲")).held
        assert people.rights_of(tx, world.person("党员一")).held


def test_nobody_imports_oneself_out_of_the_roster(world: World) -> None:
    browser = world.at("办事处甲")
    address = uploaded(browser, HEAD + "党员,新来的,13800000199,兰天社区,,,\n", replace="1")
    browser.send(address)
    browser.open(address)
    assert "您自己就不再是街道管理员" in browser.page
    with world.office.db.reading() as tx:
        assert people.rights_of(tx, world.person("兰天甲")).held
        assert not tx.all(select(persons.c.id).where(persons.c.name == "新来的"))


def test_bad_rows_are_named_and_nothing_is_kept(world: World) -> None:
    browser = world.at("办事处甲")
    text = HEAD + "党员,<b>坏</b>,138,没有的社区,,=1+1,\n"
    assert uploaded(browser, text, replace="1") == ""
    assert "没有“没有的社区”这个社区" in browser.page
    assert "像是公式" in browser.page
    assert "<b>坏" not in browser.page
    assert 'name="replace" value="1" checked' in browser.page
    with world.office.db.reading() as tx:
        assert not tx.all(select(console_drafts.c.key))


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n" + bytes(200), b"PK\x03\x04no zip", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_a_file_that_is_no_roster_is_refused_in_words(world: World, content: bytes) -> None:
    browser = world.at("办事处甲")
    assert uploaded(browser, content, "r.xlsx") == ""
    assert "文件里有这些问题" in browser.page


def test_no_file_is_asked_for(world: World) -> None:
    browser = world.at("办事处甲")
    browser.open("/console/people/import")
    assert browser.send("/console/people/import").status_code == 422
    assert "请先选一个名册文件" in browser.page


def test_a_draft_is_ones_own_and_ends_after_half_an_hour(world: World) -> None:
    row = HEAD + "党员,新来的,13800000199,兰天社区,,,\n"
    browser = world.at("办事处甲")
    address = uploaded(browser, row)
    with world.office.db.transaction() as tx:
        other = people.add(tx, datetime.now(UTC), name="办事处乙")
        tx.run(insert(roles).values(person_id=other.id, role="admin", skills=[]))
    rival = world.at("办事处乙")
    assert rival.open(address).headers["Location"] == "/console/people/import"
    rival.open("/console/people/import")
    rival.send(address)
    with world.office.db.transaction() as tx:
        assert not tx.all(select(persons.c.id).where(persons.c.name == "新来的"))
        key = tx.value(select(console_drafts.c.key))
        late = datetime.now(UTC) + drafts.LASTS + timedelta(seconds=1)
        assert drafts.find(tx, key, world.person("办事处甲"), "roster", late) is None
    purge(world.office, late)
    with world.office.db.reading() as tx:
        assert not tx.all(select(console_drafts.c.key))


def test_the_form_names_the_limit_by_which_a_file_is_refused(world: World) -> None:
    browser = world.at("办事处甲")
    browser.open("/console/people/import")
    assert "文件不超过 1 MB" in browser.page
    roster.read(world.office, (HEAD + "党员,张三,13800001112,陈桥社区,,,\n" + "\n" * 15_000).encode())
    with pytest.raises(roster.BadRoster) as raised:
        roster.read(world.office, b" " * 1_000_001)
    assert "文件太大（最多 1 MB、" in raised.value.rows[0][1]


def test_an_import_is_given_up(world: World) -> None:
    browser = world.at("办事处甲")
    address = uploaded(browser, HEAD + "党员,新来的,13800000199,兰天社区,,,\n")
    browser.send("/console/people/import/drop")
    assert browser.open(address).status_code == 303
