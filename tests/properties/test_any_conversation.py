"""No sequence of messages from any people leads to an illegal state, an exception, an illegal reply or a leak.

`PROPERTY_EXAMPLES=500` looks longer than `make test` does.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.services.clock import clockwork
from bot.services.notices import outbox
from tests.chaos.people import CODE, COMMON, OF_MEMBERS, OF_RESIDENTS, OF_STAFF
from tests.properties import invariants
from tests.properties.office import Fresh, fresh
from tests.talk import Talk

EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "30"))
STEPS = 30
LONGEST_REPLY = 2048
SECRET = "红枣树下七七四九"
RESIDENTS = ("王阿姨", "李叔叔")
INSIDE = ("陈桥甲", "陈桥乙", "办事处甲", "纪检甲")
MEMBERS = ("党员一", "党员二")
REQUESTS = (
    "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下", "楼道的灯不亮了，金色春天5号楼", "下水道堵了，臭得很", "想请人陪我去医院",
    "厨房煤气味很大，金色春天5号楼", "请问居住证怎么办", "楼上天天吵，想请人评评理", "你们的志愿者真好，谢谢", "13号楼垃圾没人收，电话13900001234",
)  # fmt: skip
RESTRICTED = (
    f"我老公昨天晚上又打我了，暗号{SECRET}",
    f"我不想活了，{SECRET}",
    f"我要举报陈桥社区的陈桥甲收礼，{SECRET}",
)
LEADING = (
    "受限", "受限 {code}", "归类 {code} 物业", "反复问题", "情况", "今天", "超期", "更多", "代录 张奶奶家水管漏了", "合并 {code} {code}",
    "信访登记 {code}", "书面告知 {code}", "未能办成 {code} 没有材料", "提醒", "同意", "退回 不妥", "人工", "隐私", "删除我的信息", "取消", "帮助",
    "休息", "上岗", "撤销",
)  # fmt: skip
ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
WORDS = st.one_of(
    st.sampled_from((*REQUESTS, *COMMON, *OF_RESIDENTS, *OF_STAFF, *OF_MEMBERS, *LEADING)),
    st.sampled_from(REQUESTS), st.sampled_from(("1", "2", "好", "不行", "没空", "可以", "3", "①")), ANY,
)  # fmt: skip


OFTEN = {"place", "invite", "accept"}
"""Actions that conversations of this kind come to; without them the examples would show nothing."""
MANY = 10
"""Different actions in all examples together."""


class AnyConversation(RuleBasedStateMachine):
    """People of every role talk in any order, time passes, notices go out or do not."""

    fresh: Fresh
    reached: ClassVar[set[str]] = set()

    @initialize()
    def begin(self) -> None:
        self.talk: Talk = self.fresh.talk()
        self.codes: list[str] = []
        self.heard: list[tuple[str, str]] = []

    @rule(who=st.sampled_from((*RESIDENTS, *INSIDE, *MEMBERS)), words=WORDS, which=st.integers(0, 3))
    def somebody_says(self, who: str, words: str, which: int) -> None:
        code = self.codes[-1 - which % len(self.codes)] if self.codes else "1000008"
        self._say(who, words.replace("{code}", code))

    @precondition(lambda self: self.codes)
    @rule(who=st.sampled_from(INSIDE[:3]), words=st.sampled_from(OF_STAFF), which=st.integers(0, 1))
    def staff_act(self, who: str, words: str, which: int) -> None:
        self.somebody_says(who, words, which)

    @rule(
        who=st.sampled_from(RESIDENTS),
        member=st.sampled_from(MEMBERS),
        answer=st.sampled_from(("接单", "好", "婉拒", "")),
    )
    def a_wish_is_dispatched(self, who: str, member: str, answer: str) -> None:
        """The usual course, so that what follows meets orders in hand."""
        self._say(who, REQUESTS[0])
        self.somebody_says("陈桥甲", f"派单 {{code}} {member}", 0)
        if answer:
            self._say(member, answer)

    @precondition(lambda self: self.codes)
    @rule(who=st.sampled_from(MEMBERS), words=st.sampled_from(OF_MEMBERS), which=st.integers(0, 1))
    def a_member_acts(self, who: str, words: str, which: int) -> None:
        self.somebody_says(who, words, which)

    @precondition(lambda self: self.codes)
    @rule(who=st.sampled_from(RESIDENTS), words=st.sampled_from(OF_RESIDENTS), which=st.integers(0, 1))
    def a_resident_goes_on(self, who: str, words: str, which: int) -> None:
        self.somebody_says(who, words, which)

    @rule(who=st.sampled_from(RESIDENTS), words=st.sampled_from(REQUESTS))
    def a_resident_asks(self, who: str, words: str) -> None:
        self._say(who, words)

    @rule(words=st.sampled_from(RESTRICTED))
    def a_resident_tells_something_restricted(self, words: str) -> None:
        self._say("王阿姨", words)

    @rule(hours=st.sampled_from((0.1, 1, 5, 30, 100)))
    def time_passes(self, hours: float) -> None:
        self.talk.now += timedelta(hours=hours)
        for work in clockwork.sweep(self.talk.office, self.talk.now):
            if not work.about.startswith("learning"):
                work.do()

    @rule()
    def notices_go_out(self) -> None:
        for letter in outbox.exchange(self.talk.office, [], 20, self.talk.now):
            assert letter.broken is None, letter.broken
            assert letter.row.openid is None or letter.text
            if SECRET in letter.text:
                self.heard.append((str(letter.row.openid), letter.text))

    @invariant()
    def everything_holds(self) -> None:
        if not hasattr(self, "talk"):
            return
        invariants.hold(self.talk.office)
        self.reached.update(invariants.actions(self.talk.office))
        assert invariants.in_the_clear(self.talk.office, SECRET) == []
        assert self.heard == []

    def _say(self, who: str, words: str) -> None:
        reply = self.talk.says(who, words)
        assert reply.strip(), (who, words)
        assert len(reply.encode()) <= LONGEST_REPLY, (who, words)
        assert reply != self.talk.office.say("chat.failed"), (who, words)
        if (found := CODE.search(reply)) and found[1] not in self.codes:
            self.codes.append(found[1])
        if SECRET in reply and who in (*MEMBERS, "李叔叔"):
            self.heard.append((who, reply))


@pytest.fixture(scope="module")
def office_of_examples(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    with fresh(sqlite_template, tmp_path_factory.mktemp("properties")) as found:
        yield found


def test_no_conversation_leads_to_an_illegal_state_an_exception_or_a_leak(office_of_examples: Fresh) -> None:
    AnyConversation.fresh = office_of_examples
    run_state_machine_as_test(
        AnyConversation,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize="PROPERTY_EXAMPLES" not in os.environ,
            suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate, Phase.shrink], print_blob=True,
        ),
    )  # fmt: skip
    assert OFTEN - AnyConversation.reached == set()
    assert len(AnyConversation.reached) >= MANY
