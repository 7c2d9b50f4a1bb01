"""知识: the answer book at the console, its changes in what residents are told, and questions that nobody has answered."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.services.clock import answers_due
from bot.services.learning.model_cache import EVERY
from bot.services.notices import outbox
from bot.store.schema.answers import console_answers
from bot.store.schema.records import audit
from bot.store.tables import notices
from tests.console.conftest import Browser, World

PERMIT = "residence_permit"
ASKED = "居住证怎么办"
NEW = {
    "questions": "凤凰书屋几点开门\n凤凰书屋开放时间是什么", "answer": "每天九点到十七点，周一闭馆。", "source": "书屋公告",
    "category": "1608", "valid_until": "2099-12-31", "is_on": "1",
}  # fmt: skip


def written(world: World) -> list[Any]:
    with world.office.db.reading() as tx:
        return list(tx.all(select(console_answers).order_by(console_answers.c.id)))


def fields(page: str) -> dict[str, str]:
    """What the form of an entry holds."""
    held = dict(re.findall(r'<input name="(\w+)"(?: type="\w+")? value="([^"]*)"', page))
    held |= dict(re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>', page))
    row = re.search(r'name="row" value="(\d+)"', page)
    chosen = re.search(r'<select name="category">.*?value="(\d*)" selected', page, re.DOTALL)
    return {**held, "row": row[1] if row else "", "category": chosen[1] if chosen else "", "is_on": "1"}


def change(browser: Browser, entry: str, **changed: str) -> Any:
    browser.open(f"/console/answers/{entry}")
    return browser.send(f"/console/answers/{entry}", **{**fields(browser.page), **changed})


def settle(world: World) -> None:
    """The process has looked for a new book."""
    world.talk.now += EVERY
    world.talk.says("赵叔叔", "你好")
    assert world.office.written_answers.wait(10)


def test_the_list_shows_the_book_and_finds_words(world: World) -> None:
    browser = world.at("陈桥甲")
    assert browser.open("/console/answers").status_code == 200
    assert "<h1>知识</h1>" in browser.page
    assert ASKED in browser.page
    assert "无人负责" in browser.page
    assert len(browser.page.encode()) < 200_000
    browser.open("/console/answers?q=居住证")
    assert ASKED in browser.page
    assert "高龄津贴" not in browser.page
    for name in ("党员一", "纪检甲"):
        for address in ("answers", "answers/unknown", "answers/new", f"answers/{PERMIT}"):
            assert world.at(name).open(f"/console/{address}").status_code == 404


def test_a_change_is_what_residents_are_told_and_an_older_version_comes_back(world: World) -> None:
    assert "离开户籍地" in world.talk.says("王阿姨", ASKED)
    admin = world.at("办事处甲")
    assert change(admin, PERMIT, answer="请到一楼三号窗口。").status_code == 303
    settle(world)
    assert "请到一楼三号窗口" in world.talk.says("李叔叔", ASKED)
    row = written(world)[-1]
    assert (row.entry, row.by_id, row.answer) == (PERMIT, world.person("办事处甲"), "请到一楼三号窗口。")
    admin.open(f"/console/answers/{PERMIT}")
    assert "随系统安装的" in admin.page
    assert admin.send(f"/console/answers/{PERMIT}/restore", row=0).status_code == 303
    settle(world)
    assert "离开户籍地" in world.talk.says("孙阿姨", ASKED)
    assert len(written(world)) == 2
    with world.office.db.reading() as tx:
        acts = tx.all(select(audit).where(audit.c.act == "answer.change"))
    assert [(each.who_id, each.source, each.detail) for each in acts] == [
        (world.person("办事处甲"), "console", PERMIT)
    ] * 2


def test_an_entry_that_is_off_or_past_its_day_is_not_answered(world: World) -> None:
    admin = world.at("办事处甲")
    change(admin, PERMIT, is_on="")
    settle(world)
    assert "离开户籍地" not in world.talk.says("王阿姨", ASKED)
    admin.open("/console/answers")
    assert "有效期已经过了" not in admin.page
    change(admin, PERMIT, is_on="1", valid_until="2020-01-01")
    admin.open("/console/answers")
    assert "已经保存，可是有效期已经过了" in admin.page
    settle(world)
    assert "离开户籍地" not in world.talk.says("李叔叔", ASKED)
    admin.open("/console/answers")
    assert "已过期，不再回答" in admin.page


def test_staff_change_what_they_own_and_nothing_else(world: World) -> None:
    staff = world.at("陈桥甲")
    staff.open(f"/console/answers/{PERMIT}")
    assert 'name="answer"' not in staff.page
    staff.open("/console/answers/new")
    assert "message refused" in staff.send(f"/console/answers/{PERMIT}", **NEW, row="0").get_data(as_text=True)
    assert written(world) == []
    assert staff.send("/console/answers/new", **NEW, owner=str(world.person("陈桥乙"))).status_code == 303
    (row,) = written(world)
    assert row.owner_id == world.person("陈桥甲")  # an owner is named by an administrator alone
    assert change(staff, row.entry, answer="每天八点开门。").status_code == 303
    assert "message refused" in change(world.at("陈桥乙"), row.entry, answer="错的").get_data(as_text=True)
    settle(world)
    assert "每天八点开门" in world.talk.says("王阿姨", "请问凤凰书屋几点开门")
    assert change(world.at("办事处甲"), row.entry, owner=str(world.person("陈桥乙"))).status_code == 303
    assert written(world)[-1].owner_id == world.person("陈桥乙")
    assert "message refused" in change(world.at("办事处甲"), row.entry, owner=str(world.person("党员一"))).get_data(
        as_text=True
    )


def test_what_cannot_be_said_is_refused_and_stays_in_the_form(world: World) -> None:
    admin = world.at("办事处甲")
    admin.open("/console/answers/new")
    for wrong, said in (
        ({"questions": " \n "}, "请至少写一种问法"), ({"answer": "长" * 301}, "请写答案"), ({"source": ""}, "请写明依据"),
        ({"valid_until": "明年"}, "请填有效期"), ({"category": "0000"}, "没有这个类别"), ({"answer": "打 {nobody}"}, "大括号"),
        ({"answer": "打 {water.x}"}, "大括号"), ({"answer": "打 {"}, "大括号"), ({"owner": "x"}, "负责人请从"),
        ({"answer": "举报陈桥乙收黑钱"}, "某人的问题"), ({"questions": "陈桥乙挪用党费怎么办"}, "某人的问题"), ({"source": "陈桥乙收了钱"}, "某人的问题"),
    ):  # fmt: skip
        answer = admin.send("/console/answers/new", **{**NEW, **wrong})
        assert (answer.status_code, said in admin.page) == (200, True), wrong
        assert "凤凰书屋" in admin.page or "questions" in wrong
    assert written(world) == []
    assert admin.send("/console/answers/new", **{**NEW, "answer": "停水打 {water}"}).status_code == 303


def test_who_saves_second_is_told_and_loses_nothing(world: World) -> None:
    first, second = world.at("办事处甲"), world.at("办事处甲")
    first.open(f"/console/answers/{PERMIT}")
    second.open(f"/console/answers/{PERMIT}")
    mine = {**fields(first.page), "answer": "先改的"}
    late = {**fields(second.page), "answer": "后改的"}
    assert first.send(f"/console/answers/{PERMIT}", **mine).status_code == 303
    assert "message refused" in second.send(f"/console/answers/{PERMIT}", **late).get_data(as_text=True)
    assert "后改的" in second.page
    assert "先改的" in second.page
    assert second.send(f"/console/answers/{PERMIT}", **{**fields(second.page), "answer": "后改的"}).status_code == 303


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    admin = world.at("办事处甲")
    assert admin.client.post("/console/answers/new", data=NEW).status_code == 400
    assert admin.client.post(f"/console/answers/{PERMIT}/restore", data={"row": "0"}).status_code == 400
    assert written(world) == []


def test_markup_stays_text(world: World) -> None:
    admin = world.at("办事处甲")
    admin.open("/console/answers/new")
    admin.send(
        "/console/answers/new", **{**NEW, "answer": "<script>alert(1)</script>", "questions": "<b>书屋</b>几点开门"}
    )
    entry = written(world)[0].entry
    for address in ("/console/answers", f"/console/answers/{entry}"):
        admin.open(address)
        assert "<script>alert" not in admin.page
        assert "<b>书屋" not in admin.page


def test_questions_without_an_answer_are_grouped_and_become_an_entry(world: World) -> None:
    for who in ("王阿姨", "李叔叔", "孙阿姨"):
        world.placed(who, "请问陈桥社区的梧桐书苑借书证怎么办理，电话13900001234")
        world.talk.now += timedelta(minutes=1)
    world.placed("钱大爷", "请问兰天社区乒乓球室周末开放吗")
    staff = world.at("陈桥甲")
    assert staff.open("/console/answers/unknown").status_code == 200
    assert re.search(r"借书证.*?<td>3</td>", staff.page, re.DOTALL)
    assert "13900001234" not in staff.page
    assert "乒乓球" not in staff.page
    link = re.search(r'href="(/console/answers/new\?order=\d+)"', staff.page)
    assert link
    staff.open(link[1])
    assert "借书证" in fields(staff.page)["questions"]
    assert world.at("兰天甲").open(link[1]).status_code == 404


def test_the_owner_is_told_once_a_month_before_an_answer_ends(world: World) -> None:
    staff = world.at("陈桥甲")
    today = world.talk.now.astimezone(world.office.calendar.zone).date()
    for days in (31, 30, -1):
        staff.open("/console/answers/new")
        until = (today + timedelta(days=days)).isoformat()
        staff.send("/console/answers/new", **{**NEW, "questions": f"书屋{days}天后开门吗", "valid_until": until})
    for _ in range(2):
        answers_due.tell(world.office, world.talk.now)
    with world.office.db.reading() as tx:
        rows = tx.all(select(notices).where(notices.c.event == "answer_due"))
    assert [row.person_id for row in rows] == [world.person("陈桥甲")]
    letters = outbox.exchange(world.office, [], 50, world.talk.now + timedelta(minutes=1))
    assert [letter.text for letter in letters if "您负责的知识“书屋30天后开门吗”有效期到" in letter.text]
