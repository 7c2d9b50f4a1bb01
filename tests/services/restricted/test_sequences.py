"""No sequence of messages from any people lets a marked secret out of the sealed box."""

import random

import pytest
from sqlalchemy import select

from bot.store.tables import orders
from tests.services import everywhere
from tests.services.restricted.test_typed_text import BULB, MARK, WORDS, nobody_else_learns_it
from tests.talk import Talk

HARMLESS = ("没修好", "换好了", "明天下午", "谢谢", "麻烦快点", "电话13900001234", "金色春天3号楼2单元501")
SAID = (
    "{words}", f"{BULB}。{{words}}", "楼道灯不亮，{words}", "补充 {code} {words}", "撤回 {code} {words}", "满意 {words}", "不满意 {code} {words}",
    "评价 {code} 2 {words}", "进度 {code}", "人工 {words}", "取消", "一件事", "另一件", "帮助",
)  # fmt: skip
DONE = (
    "待派", "派单 {code} 我", "派单 {code} 陈桥乙", "公开 {code}", "追问 {code} {words}", "转介 {code} {words}", "解释办结 {code} {words}", "接单 {code}",
    "退单 {code} {words}", "完成 {code} {words}", "完成 {words}", "信访登记 {code}", "书面告知 {code} {words}", "归类 {code} 0603", "合并 {code} {code}", "催办 {code}",
    "{words}",
)  # fmt: skip
PEOPLE = (("王阿姨", SAID), ("李大爷", SAID), ("陈桥甲", DONE), ("陈桥乙", DONE), ("办事处甲", DONE))


@pytest.mark.parametrize("seed", range(6))
def test_nothing_that_anybody_says_in_any_order_lets_the_secret_out(talk: Talk, seed: int) -> None:
    chance = random.Random(seed)
    talk.says("王阿姨", f"{BULB}。{WORDS[seed % len(WORDS)]}")
    for _ in range(30):
        who, patterns = chance.choice(PEOPLE)
        with talk.office.db.reading() as tx:
            codes = [row.code for row in tx.all(select(orders.c.code))]
        words = chance.choice([chance.choice(WORDS), f"{chance.choice(HARMLESS)}，{chance.choice(WORDS)}", *HARMLESS])
        said = talk.says(who, chance.choice(patterns).format(code=chance.choice(codes), words=words))
        assert MARK not in said, said
        talk.wait(minutes=chance.choice((0, 5, 40)))
    nobody_else_learns_it(talk)
    assert all(MARK not in facts for name, facts in everywhere.told(talk.office) if name != "纪检甲")
