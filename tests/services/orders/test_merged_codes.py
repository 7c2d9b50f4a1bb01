"""The code of an order that left the sealed box is told to nobody whom the matter may be about, nor to another resident."""

from sqlalchemy import select

from bot.store.tables import notices
from tests.services.cast import CODE
from tests.talk import Talk


def code_of(said: str) -> str:
    found = CODE.search(said)
    assert found, said
    return found[1]


def test_a_merge_into_an_order_that_left_the_box_does_not_tell_its_code(talk: Talk) -> None:
    left = code_of(talk.says("李大爷", "投诉陈桥社区工作人员陈桥甲态度差"))
    talk.says("纪检甲", f"归类 {left} 0603")
    assert "已归到" in talk.says("纪检甲", f"确认归类 {left}")
    other = code_of(talk.says("王阿姨", "陈桥社区金色春天路灯不亮"))
    before = len(talk.replies)
    said = talk.says("办事处甲", f"合并 {other} {left}")
    assert "已并入" in said, said
    talk.says("王阿姨", f"进度 {other}")
    talk.says("陈桥甲", f"记录 {other}")
    assert not [reply for reply in talk.replies[before + 1 :] if left in reply]
    with talk.office.db.reading() as tx:
        rows = tx.all(select(notices.c.facts_sealed, notices.c.event).where(notices.c.event.like("merge%")))
        facts = [tx.open_facts(row.facts_sealed) for row in rows]
    assert facts
    assert not [fact for fact in facts if left in str(fact)]
