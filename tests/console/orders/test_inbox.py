"""The inbox: who waits for a person, the conversation on record, the answer; restricted words stay out."""

from datetime import timedelta

from sqlalchemy import select, update

from bot.store.schema.console_work import handovers
from bot.store.schema.records import audit
from bot.store.tables import inbound, notices, orders, persons
from tests.console.conftest import World


def asked(world: World, who: str = "王阿姨") -> str:
    code = world.placed(who)
    world.talk.says(who, "人工")
    return code


def test_who_asks_for_a_person_waits_with_the_conversation_and_is_answered(world: World) -> None:
    code = asked(world)
    browser = world.at("陈桥甲")
    assert code in browser.open("/console/inbox").get_data(as_text=True)
    assert "还有 5 条" in browser.page
    browser.open(f"/console/inbox/{code}")
    assert "想请人帮忙换一下" in browser.page
    assert "13900001234" not in browser.page
    assert browser.send(f"/console/inbox/{code}", words="您好，明天上午师傅来").status_code == 303
    assert "没有等着的对话" in browser.open("/console/inbox").get_data(as_text=True)
    with world.office.db.reading() as tx:
        told = tx.run(select(notices).where(notices.c.event == "tell_resident")).one()
        assert "明天上午师傅来" in tx.open_facts(told.facts_sealed)["body"]
        assert tx.value(select(audit.c.who_id).where(audit.c.act == "view.talk")) == world.person("陈桥甲")
        assert tx.value(select(handovers.c.done_by)) == world.person("陈桥甲")


def test_a_second_answer_to_the_same_conversation_sends_nothing(world: World) -> None:
    code = asked(world)
    browser = world.at("陈桥甲")
    browser.open(f"/console/inbox/{code}")
    assert browser.send(f"/console/inbox/{code}", words="明天上午师傅来").status_code == 303
    assert browser.send(f"/console/inbox/{code}", words="明天上午师傅来").status_code == 404
    with world.office.db.reading() as tx:
        assert len(tx.all(select(notices.c.id).where(notices.c.event == "tell_resident"))) == 1


def test_whom_the_bot_did_not_understand_twice_waits_too_and_once(world: World) -> None:
    world.talk.says("李大爷", "asdf")
    world.talk.says("李大爷", "qwer zxcv")
    world.talk.says("李大爷", "人工")
    with world.office.db.reading() as tx:
        assert [row.reason for row in tx.all(select(handovers.c.reason))] == ["lost"]


def test_another_community_neither_sees_nor_answers(world: World) -> None:
    code = asked(world)
    browser = world.at("兰天甲")
    assert code not in browser.open("/console/inbox").get_data(as_text=True)
    assert browser.open(f"/console/inbox/{code}").status_code == 404
    assert browser.send(f"/console/inbox/{code}", words="不归我管").status_code == 404
    with world.office.db.reading() as tx:
        assert tx.value(select(handovers.c.done_at)) is None


def test_what_is_older_or_of_the_box_is_not_shown(world: World) -> None:
    world.talk.says("王阿姨", "金色春天3号楼水管爆了")
    with world.office.db.transaction() as tx:
        tx.run(update(inbound).values(received_at=world.talk.now - timedelta(days=3)))
    world.talk.says("王阿姨", "我要举报陈桥社区的王书记收红包")
    world.talk.wait(hours=2)
    code = asked(world)
    page = world.at("陈桥甲").open(f"/console/inbox/{code}").get_data(as_text=True)
    assert "想请人帮忙换一下" in page
    assert "水管爆了" not in page
    assert "红包" not in page
    assert "受限" not in page
    assert page.count('class="them"') == 2  # the order and what asked for a person; nothing shows that more was said


def test_an_answer_without_words_is_refused_and_a_report_typed_there_is_set_aside(world: World) -> None:
    code = asked(world)
    browser = world.at("陈桥甲")
    browser.open(f"/console/inbox/{code}")
    browser.send(f"/console/inbox/{code}", words="  ")
    assert "请写上内容" in browser.page
    browser.send(f"/console/inbox/{code}", words="王书记收了物业的红包，你别说出去")
    with world.office.db.reading() as tx:
        assert sorted(row.lane for row in tx.all(select(orders.c.lane))) == ["restricted", "wish"]
        told = tx.all(select(notices).where(notices.c.event == "tell_resident"))
        assert not [row for row in told if "红包" in str(tx.open_facts(row.facts_sealed))]


def test_a_message_that_broke_is_before_administrators_until_it_is_settled(world: World) -> None:
    world.placed()
    with world.office.db.transaction() as tx:
        tx.run(
            update(inbound)
            .where(inbound.c.person_id == select(persons.c.id).where(persons.c.name.is_(None)).scalar_subquery())
            .values(failure="broken")
        )
    assert "系统没能处理" not in world.at("陈桥甲").open("/console/inbox").get_data(as_text=True)
    lead = world.at("办事处甲")
    lead.open("/console/inbox")
    assert "系统没能处理" in lead.page
    with world.office.db.reading() as tx:
        key = tx.value(select(inbound.c.key).where(inbound.c.failure.is_not(None)))
    lead.send("/console/inbox/kept", key=key, sure="settle")
    assert "系统没能处理" not in lead.open("/console/inbox").get_data(as_text=True)
