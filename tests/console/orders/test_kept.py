"""What staff keep for the work: views, replies, orders put aside, notes among colleagues, who else looks."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.store.tables import history, notices
from tests.console.conftest import World
from tests.services import everywhere


def test_a_view_is_saved_shared_and_deleted_by_its_owner_alone(world: World) -> None:
    owner, other = world.at("陈桥甲"), world.at("兰天甲")
    owner.open("/console/?view=all&urgency=U1")
    owner.send("/console/views?view=all&urgency=U1", name="较急的", shared="1")
    assert "?view=all&amp;urgency=U1" in owner.open("/console/").get_data(as_text=True)
    assert "较急的" in other.open("/console/").get_data(as_text=True)
    assert other.send("/console/views/1/drop").status_code == 404
    assert owner.send("/console/views/1/drop").status_code == 303
    assert "较急的" not in other.open("/console/").get_data(as_text=True)


def test_a_reply_is_kept_for_all_and_offered_where_it_fits(world: World) -> None:
    code = world.placed()
    browser = world.at("陈桥甲")
    browser.open("/console/replies")
    browser.send("/console/replies", name="报修", command="explain", words="已报物业，三天内来修。")
    assert "已报物业" in world.at("陈桥乙").open(f"/console/orders/{code}").get_data(as_text=True)
    browser.send("/console/replies", name="", command="explain", words="没有名字的")
    assert "请写上名称" in browser.page
    assert "没有名字的" in browser.page  # what was typed is not lost


def test_names_and_replies_that_say_who_does_wrong_are_refused(world: World) -> None:
    browser = world.at("陈桥甲")
    browser.open("/console/")
    for words in ("举报陈桥乙收黑钱", "陈桥乙把维修资金拿去炒股", "我老公昨天又打我"):
        browser.send("/console/views?view=all", name=words, shared="1")
        assert words not in world.at("陈桥乙").open("/console/").get_data(as_text=True)
        browser.send("/console/replies", name=words, command="explain", words="已报物业")
        browser.send("/console/replies", name="报修", command="explain", words=words)
        assert "像是受限的内容" in browser.page
        browser.send(f"/console/views?view=all&q={words}", name="较急的", shared="1")
        assert "像是受限的内容" in browser.page
        assert words not in world.at("陈桥乙").open("/console/replies").get_data(as_text=True)
    assert "较急的" not in world.at("陈桥乙").open("/console/").get_data(as_text=True)


def test_an_order_put_aside_leaves_the_work_until_it_changes_or_its_day_comes(world: World) -> None:
    code = world.placed()
    browser = world.at("陈桥甲")
    browser.open(f"/console/orders/{code}")
    browser.send(f"/console/orders/{code}/aside", until="")
    assert code not in browser.open("/console/").get_data(as_text=True).replace(f"单号 {code}", "").replace(
        f"/orders/{code}", ""
    )
    assert f'data-code="{code}"' in browser.open("/console/?view=all").get_data(as_text=True)
    world.talk.says("王阿姨", f"补充 {code} 门口有狗")
    assert f'data-code="{code}"' in browser.open("/console/").get_data(as_text=True)
    day = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
    browser.send(f"/console/orders/{code}/aside", until=day)
    assert f'data-code="{code}"' not in browser.open("/console/").get_data(as_text=True)
    browser.send(f"/console/orders/{code}/aside", until="2020-01-01")
    assert "请选今天以后" in browser.page
    assert world.at("兰天甲").send(f"/console/orders/{code}/aside", until="").status_code in (400, 404)


def test_a_note_is_read_by_colleagues_alone_and_tells_whom_it_names(world: World) -> None:
    code = world.placed()
    browser = world.at("陈桥甲")
    browser.open(f"/console/orders/{code}")
    browser.send(f"/console/orders/{code}/note", words="@陈桥乙请看一下，@兰天甲 不相干，老人耳背要大声", version="1")
    assert "老人耳背" in world.at("陈桥乙").open(f"/console/orders/{code}").get_data(as_text=True)
    with world.office.db.reading() as tx:
        told = [row.person_id for row in tx.all(select(notices.c.person_id).where(notices.c.event == "note_staff"))]
        assert tx.value(select(history.c.action).order_by(history.c.id.desc())) == "note"
    assert told == [world.person("陈桥乙")]
    world.talk.says("陈桥甲", f"派单 {code} 党员一")
    world.talk.says("党员一", "接单")
    for who in ("王阿姨", "党员一"):
        assert "备注" not in world.talk.says(who, f"进度 {code}")
    assert "老人耳背" not in everywhere.answered(world.office)
    assert "备注" not in world.at("党员一").open(f"/console/orders/{code}").get_data(as_text=True)


def test_who_else_looks_at_an_order_is_shown_and_nobody_is_locked_out(world: World) -> None:
    code = world.placed()
    first, second = world.at("陈桥甲"), world.at("陈桥乙")
    first.open(f"/console/orders/{code}/presence?types=1")
    assert "陈桥甲 正在写" in second.open(f"/console/orders/{code}/presence").get_data(as_text=True)
    assert world.at("兰天甲").open(f"/console/orders/{code}/presence").status_code == 404
