"""The evidence of a broadcast: what was said, who decided, what became of everybody; for those alone who may read it."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import func, insert, select, update

from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written
from bot.errors import NotAllowed, NotFound
from bot.services.broadcasts import evidence, releasing, reminding
from bot.services.broadcasts.drafts import approving, writing
from bot.services.broadcasts.evidence import worded
from bot.services.broadcasts.evidence.collected import collect
from bot.services.broadcasts.recipients import acknowledging
from bot.services.clock import retention
from bot.services.office import Office
from bot.services.orders.actors import Doer
from bot.store import retention as stored
from bot.store.broadcasts import evidence as store
from bot.store.broadcasts import written as stored_broadcasts
from bot.store.database import Tx
from bot.store.persons import people
from bot.store.records.acts import Act
from bot.store.schema.sending import attempts as tried
from bot.store.schema.sending import mass_sends
from bot.store.sending import attempts, group_posts
from bot.store.sending.attempts import Attempt, Outcome
from bot.store.tables import audit, broadcast_approvals, broadcast_people, broadcasts, metadata, notices, persons, roles
from tests.databases import SQLITE
from tests.services import alone
from tests.services.cast import enter

NOW = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
BODY = '=HYPERLINK("http://x")各位同志：清明将至，值班电话0550-1234。<b>文明</b>祭扫&'
MEMBERS = "".join(f"党员,党员{number},1380000012{number},陈桥社区,,第一支部,\n" for number in range(5))
PHONE = re.compile(r"1[38]\d{9}")


@pytest.fixture
def cast(office: Office, tmp_path: Path) -> Office:
    enter(office, tmp_path, MEMBERS)
    return office


MASS_SEND = {
    "round": 0, "state": "sent", "begun": 1, "message": "廉洁过节。", "people": 30, "created_at": NOW, "until": NOW, "sent_at": NOW,
    "status": "send success", "admitted": 30, "arrived": 28, "failed": 2,
}  # fmt: skip


def doer(office: Office, name: str) -> Doer:
    with office.db.reading() as tx:
        row = tx.run(select(persons).where(persons.c.name == name)).one()
        return Doer(row.id, name, people.rights_of(tx, row.id), "console")


def number_of(office: Office, name: str) -> int:
    found = doer(office, name).person_id
    assert found is not None
    return found


def sent(office: Office) -> int:
    """A reminder to five: by chat, delivered by SMS, failed, reached by the first reminder alone, told by hand."""
    author, chief = number_of(office, "陈桥甲"), number_of(office, "办事处甲")
    new = Written(
        "reminder", "清明廉政提醒", "旧的正文", Audience(role=("member",), community=("陈桥社区",), exclude=("兰天社区",)),
        template="qingming", template_version=1,
    )  # fmt: skip
    number = writing.create(office, author, new, NOW)
    alone.reject(office, number, chief, "电话不对", NOW + timedelta(minutes=1))
    alone.change(office, number, author, replace(new, body=BODY), NOW + timedelta(minutes=2))
    alone.submit(office, number, author, NOW + timedelta(minutes=2))
    approving.approve(office, number, chief, NOW + timedelta(minutes=3))
    went(office, number, 0, ["chat", "sms", None, None, "chat"])
    with office.db.transaction() as tx:
        acknowledging.acknowledge(tx, number_of(office, "党员0"), number, NOW + timedelta(hours=1))
    releasing.release(office, number, NOW + timedelta(hours=2))
    for round_ in (1, 2):
        assert reminding.remind(office, number, NOW + timedelta(hours=2 + 24 * round_)) == 3
        went(office, number, round_, [None, "sms", None, "template", "sms"])
        releasing.release(office, number, NOW + timedelta(hours=3 + 24 * round_))
    alone.tell(office, number, number_of(office, "党员4"), author, "call", NOW + timedelta(hours=60))
    return number


def went(office: Office, number: int, round_: int, channels: list[str | None]) -> None:
    """What the workers did of this round, for the members in turn."""
    at = NOW + timedelta(hours=24 * round_, minutes=5)
    with office.db.transaction() as tx:
        mine = (notices.c.broadcast_id == number, notices.c.round == round_)
        rows = tx.all(select(notices.c.id, persons.c.name).join(persons).where(*mine))
        for row in rows:
            channel = channels[int(row.name[-1])]
            state: dict[str, object]
            if channel is None:
                state = (
                    {"state": "waiting"}
                    if round_ == 0 and row.name == "党员3"
                    else {"state": "failed", "reason": "not_bound"}
                )
            else:
                attempts.add(
                    tx,
                    [(row.id, Attempt(at, "template", Outcome.REFUSED)), (row.id, Attempt(at, channel, Outcome.TAKEN))],
                )
                arrived = {"delivered_at": at + timedelta(minutes=1)} if channel == "sms" else {}
                state = {"state": "delivered" if arrived else "sent", "sent_at": at, **arrived}
            tx.run(update(notices).where(notices.c.id == row.id).values(**state))


def cells(content: bytes) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"] == []
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}


def test_the_workbook_says_what_was_said_who_decided_and_what_became_of_everybody(cast: Office) -> None:
    number = sent(cast)
    file = evidence.as_workbook(cast, doer(cast, "陈桥甲"), number, NOW + timedelta(hours=61))
    assert file.name == f"提醒留痕 第{number}号"
    sheets = cells(file.content)
    facts = {row[0]: row[1] for row in sheets["基本情况"]}
    with cast.db.reading() as tx:
        row = tx.run(select(broadcasts)).one()
    assert facts["正文"] == f"'{BODY}"
    assert facts["内容摘要"] == f"{row.digest}（SHA-256，与批准时一致）"
    assert str(facts["模板"]).startswith("清明，第 1 版（模板摘要 ")
    assert (facts["起草人"], facts["发给谁"]) == ("陈桥甲", "党员；陈桥社区；不含兰天社区")
    assert facts["应收人数"] == "5 人，名单在 2027-03-01 10:03 批准时固定"
    assert [[*line[:3], *line[4:]] for line in sheets["审批"][1:]] == [
        ["办事处甲", "退回", "第 1 版", "2027-03-01 10:01", "电话不对"],
        ["办事处甲", "批准", "第 2 版", "2027-03-01 10:03", None],
    ]
    assert sheets["审批"][1][3] != sheets["审批"][2][3] == row.digest[:16]
    sums = {line[0]: line[1] for line in sheets["汇总"]}
    assert sums == {
        "项目": "人数", "应收": 5, "已发": 4, "其中已送达": 2, "还没收到": 0, "失败": 1, "已回复收到": 1,
        "首次收到的渠道：客服消息": 2, "首次收到的渠道：短信": 1, "首次收到的渠道：模板消息": 1,
        "第1次再提醒": 3, "第2次再提醒": 3, "线下告知": 1,
    }  # fmt: skip


def test_the_list_shows_of_each_person_channel_times_reason_reminders_and_what_was_told_by_hand(cast: Office) -> None:
    file = evidence.as_workbook(cast, doer(cast, "纪检甲"), sent(cast), NOW + timedelta(hours=61))
    head, *rows = cells(file.content)["名单"]
    assert head == ["序号", "姓名", "结果", "渠道", "发出", "送达", "回复收到", "说明"]
    people = {row[1]: row for row in rows}
    assert [row[0] for row in rows] == [1, 2, 3, 4, 5]
    assert people["党员0"][2:] == ["已回复", "客服消息", "2027-03-01 10:05", None, "2027-03-01 11:00", None]
    assert people["党员1"][2:7] == ["已送达", "短信", "2027-03-01 10:05", "2027-03-01 10:06", None]
    assert people["党员1"][7] == "第1次再提醒 2027-03-02 10:05 短信；第2次再提醒 2027-03-03 10:05 短信"
    assert people["党员2"][2:] == ["失败", None, None, None, None, "还没有绑定公众号"]
    assert people["党员3"][2:4] == ["已发出", "模板消息"]  # by the reminder alone
    assert people["党员4"][2] == "线下告知"
    assert str(people["党员4"][7]).endswith("；陈桥甲电话告知 2027-03-03 22:00")


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def test_the_document_shows_the_same_in_an_embedded_font_without_telephone_numbers(cast: Office) -> None:
    number = sent(cast)
    file = evidence.as_document(cast, doer(cast, "办事处甲"), number, NOW + timedelta(hours=61))
    shown = "\n".join(pages(file.content))
    flat = shown.replace("\n", "")
    for said in (
        f"提醒留痕 第{number}号",
        "导出人：办事处甲",
        "清明将至",
        "<b>文明</b>祭扫&",
        "与批准时一致",
        "第 2 版",
        "电话不对",
        "首次收到的渠道：短信",
        "第1次再提醒 2027-03-02 10:05 短信",
        "第 1 页",
    ):
        assert said in flat, said
    assert re.search(r"1\s+党员0\s+已回复\s+客服消息\s+2027-03-01 10:05\s+2027-03-01 11:00", shown)
    assert b"FontFile2" in file.content
    assert b"STSong" not in file.content
    workbook = evidence.as_workbook(cast, doer(cast, "办事处甲"), number, NOW + timedelta(hours=61))
    assert PHONE.findall(flat) == []
    assert PHONE.findall(str(cells(workbook.content))) == []


def test_only_author_administrator_and_discipline_read_it_and_each_file_is_on_record(cast: Office) -> None:
    number = sent(cast)
    for name in ("陈桥乙", "兰天甲", "党员0"):
        for make in (evidence.as_workbook, evidence.as_document):
            with pytest.raises(NotFound):
                make(cast, doer(cast, name), number, NOW)
    evidence.as_workbook(cast, doer(cast, "陈桥甲"), number, NOW)
    evidence.as_document(cast, doer(cast, "纪检甲"), number, NOW)
    with cast.db.reading() as tx:
        rows = tx.all(select(audit.c.who_id, audit.c.source, audit.c.detail).where(audit.c.act == Act.EXPORT.value))
    assert [tuple(row) for row in rows] == [
        (number_of(cast, "陈桥甲"), "console", f"broadcast {number} xlsx 5"),
        (number_of(cast, "纪检甲"), "console", f"broadcast {number} pdf 5"),
    ]


def test_there_is_none_before_the_approval(cast: Office) -> None:
    number = writing.create(
        cast, number_of(cast, "陈桥甲"), Written("reminder", "题", "文", Audience(role=("member",))), NOW
    )
    with pytest.raises(NotAllowed) as refused:
        evidence.as_workbook(cast, doer(cast, "陈桥甲"), number, NOW)
    assert refused.value.key == "evidence.too_early"
    with pytest.raises(NotFound):
        evidence.as_workbook(cast, doer(cast, "陈桥甲"), number + 1, NOW)


def test_a_text_that_was_changed_in_the_database_is_told(cast: Office) -> None:
    number = sent(cast)
    with cast.db.transaction() as tx:
        tx.run(update(broadcasts).values(body="别的话"))
    facts = cells(evidence.as_workbook(cast, doer(cast, "陈桥甲"), number, NOW).content)["基本情况"]
    assert [row[1] for row in facts if "不一致，请查" in str(row[1])] != []


@SQLITE
def test_a_document_names_as_many_as_the_broadcast_was_for(cast: Office) -> None:
    number, names = sent(cast), [f"党员{n:04}" for n in range(700)]
    with cast.db.transaction() as tx:
        tx.run(update(broadcasts).values(audience={"role": ["member"], "names": names}))
    shown = "".join(pages(evidence.as_document(cast, doer(cast, "陈桥甲"), number, NOW).content))
    said = re.sub(r"第 \d+ 页.*?内容|\s", "", shown, flags=re.DOTALL)
    assert [name for name in names if name not in said] == []


def test_who_asked_for_deletion_stays_as_a_number(cast: Office) -> None:
    number, gone = sent(cast), number_of(cast, "党员0")
    with cast.db.transaction() as tx:
        tx.run(update(persons).where(persons.c.id == gone).values(name=None))
    names = [row[1] for row in cells(evidence.as_workbook(cast, doer(cast, "陈桥甲"), number, NOW).content)["名单"]]
    assert f"（个人信息已删除，编号{gone}）" in names


def test_a_broadcast_is_kept_for_three_years_from_its_end_and_then_gone_with_all_that_is_known_of_it(
    cast: Office,
) -> None:
    number, other = sent(cast), number_of(cast, "陈桥甲")
    writing.create(cast, other, Written("reminder", "题", "文", Audience(role=("member",))), NOW + timedelta(days=400))
    ended = NOW + timedelta(hours=2)
    with cast.db.reading() as tx:
        others = tx.value(select(func.count()).where(notices.c.broadcast_id.is_(None)))
    retention.purge(cast, ended + timedelta(days=1095))
    with cast.db.reading() as tx:
        assert [tx.value(select(func.count()).select_from(table)) for table in (broadcasts, tried)] == [2, 18]
    retention.purge(cast, ended + timedelta(days=1097))
    with cast.db.reading() as tx:
        left = [
            tx.value(select(func.count()).select_from(table))
            for table in (broadcasts, broadcast_approvals, broadcast_people, tried)
        ]
        assert left == [1, 0, 0, 0]
        assert tx.value(select(func.count()).select_from(notices)) == others
        assert tx.value(select(broadcasts.c.id)) != number


def test_whatever_refers_to_a_broadcast_goes_with_it(cast: Office) -> None:
    number = sent(cast)
    referring = [
        column
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table is broadcasts for key in column.foreign_keys)
    ]

    def counted(tx: Tx) -> dict[str, int]:
        return {
            column.table.name: tx.value(select(func.count()).select_from(column.table).where(column == number))
            for column in referring
        }

    with cast.db.transaction() as tx:
        group_posts.begin(tx, number, "第一支部", 0, BODY, NOW, timedelta(minutes=1))
        tx.run(insert(mass_sends).values(**MASS_SEND, broadcast_id=number))
        before = counted(tx)
        assert [name for name, count in before.items() if not count] == []  # this test writes a row of each kind
    retention.purge(cast, NOW + timedelta(days=1200))
    with cast.db.reading() as tx:
        assert counted(tx) == dict.fromkeys(before, 0)
        assert tx.value(select(func.count()).select_from(broadcasts)) == 0


@SQLITE
def test_it_holds_what_the_platform_says_of_mass_sends(cast: Office) -> None:
    number = sent(cast)
    with cast.db.transaction() as tx:
        row = stored_broadcasts.by_id(tx, number)
        assert row is not None
        assert collect(tx, row).mass == {}
        tx.run(insert(mass_sends).values(**MASS_SEND, broadcast_id=number))
        tx.run(insert(mass_sends).values(**MASS_SEND | {"state": "failed"}, broadcast_id=number))
        known = collect(tx, row)
    assert known.mass == {"people": 30, "arrived": 28, "failed": 2}
    assert ("群发中平台说已送到的", 28) in worded.sums(cast, known)


@SQLITE
def test_a_large_broadcast_goes_in_several_rounds_of_the_clock(cast: Office) -> None:
    number = sent(cast)
    with cast.db.transaction() as tx:
        for left in (7, 3, 0):
            stored.drop_broadcasts(tx, NOW + timedelta(days=30), 4)
            assert tx.value(select(func.count()).where(notices.c.broadcast_id == number)) == left
        assert tx.value(select(func.count()).select_from(broadcasts)) == 0


@SQLITE
def test_a_list_of_several_pages_of_the_database_holds_everybody_once(cast: Office) -> None:
    many = 2 * store.PAGE + 100
    with cast.db.transaction() as tx:
        new = {**people.NEW_PERSON, "created_at": NOW}
        tx.run(insert(persons), [{**new, "name": f"居民{n:04}", "openid": f"many{n}"} for n in range(many)])
        ids = tx.run(select(persons.c.id).where(persons.c.openid.startswith("many"))).scalars().all()
        tx.run(insert(roles), [{"person_id": n, "role": "member", "community": "兰天社区", "skills": []} for n in ids])
    new_one = Written("reminder", "题", "文", Audience(role=("member",), community=("兰天社区",)))
    number = writing.create(cast, number_of(cast, "陈桥甲"), new_one, NOW)
    approving.approve(cast, number, number_of(cast, "办事处甲"), NOW)
    by = doer(cast, "办事处甲")
    listed = [row[1] for row in cells(evidence.as_workbook(cast, by, number, NOW).content)["名单"][1:]]
    assert listed == [f"居民{n:04}" for n in range(many)]
    shown = pages(evidence.as_document(cast, by, number, NOW).content)
    assert re.findall(r"居民\d{4}", "".join(shown)) == listed
    assert all("序号" in page for page in shown)
