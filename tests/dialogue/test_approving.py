"""Approving in the chat: a yes counts for the text that was shown, and not for ever."""

from dataclasses import replace

import pytest
from sqlalchemy import false, select, true, update

from bot.broadcasts.audience import Audience
from bot.broadcasts.written import Written, as_written
from bot.services.broadcasts.drafts import writing
from bot.store.tables import broadcast_approvals, broadcasts, notices, persons
from tests.databases import FEW_ON_POSTGRESQL
from tests.services import alone
from tests.talk import Talk
from tests.test_stories import talk as talk

pytestmark = FEW_ON_POSTGRESQL

WORDS = "元旦将至，请大家廉洁过节"


def written(talk: Talk, *, asked: bool = False, body: str = WORDS) -> int:
    """A reminder of 陈桥甲 that waits for review; 办事处甲 was asked, or nobody was reached by a request."""
    new = Written("reminder", "廉政提醒", body, Audience(role=("member",), community=("陈桥社区",)))
    asked_id = person(talk, "办事处甲") if asked else None
    number = writing.create(talk.office, person(talk, "陈桥甲"), new, talk.now, asked_id=asked_id)
    with talk.office.db.transaction() as tx:
        lost = (notices.c.event == "broadcast_review", notices.c.state == "pending")
        tx.run(update(notices).where(*lost, true() if not asked else false()).values(state="failed"))
    return number


def person(talk: Talk, name: str) -> int:
    with talk.office.db.reading() as tx:
        return int(tx.value(select(persons.c.id).where(persons.c.name == name)) or 0)


def state(talk: Talk) -> str:
    with talk.office.db.reading() as tx:
        return str(tx.value(select(broadcasts.c.state)))


def approved(talk: Talk) -> list[str]:
    """The digests that were approved."""
    with talk.office.db.reading() as tx:
        return [row.digest for row in tx.all(select(broadcast_approvals))]


@pytest.mark.parametrize("yes", ["批准 1", "同意 1", "同意"])
def test_who_was_not_asked_is_shown_the_whole_text_first(talk: Talk, yes: str) -> None:
    written(talk)
    reply = talk.says("办事处甲", yes)
    assert ("先看全文" in reply, WORDS in reply, state(talk)) == (True, True, "review")
    assert "已批准" in talk.says("办事处甲", "同意")
    with talk.office.db.reading() as tx:
        assert approved(talk) == [tx.value(select(broadcasts.c.digest))]


def test_who_asked_for_the_text_has_read_it(talk: Talk) -> None:
    written(talk)
    assert WORDS in talk.says("办事处甲", "什么内容")
    assert "已批准" in talk.says("办事处甲", "批准 1")


def test_four_hours_later_it_is_shown_again(talk: Talk) -> None:
    written(talk)
    talk.says("办事处甲", "批准 1")
    talk.wait(hours=3, minutes=59)
    assert "已批准" in talk.says("办事处甲", "同意")
    written(talk)
    talk.says("办事处甲", "批准 2")
    talk.wait(hours=4, minutes=1)
    assert "先看全文" in talk.says("办事处甲", "批准 2")
    assert "已批准" in talk.says("办事处甲", "批准 2")


def test_who_was_asked_days_ago_is_shown_it_again(talk: Talk) -> None:
    written(talk, asked=True)
    talk.wait(hours=5)
    assert "先看全文" in talk.says("办事处甲", "同意")
    assert "已批准" in talk.says("办事处甲", "同意")


def test_after_a_change_the_new_text_is_shown_to_who_saw_the_old_one(talk: Talk) -> None:
    number = written(talk)
    talk.says("办事处甲", "批准 1")
    with talk.office.db.reading() as tx:
        row = tx.first(select(broadcasts))
    new = replace(as_written(row), body="改过的正文")
    alone.change(talk.office, number, person(talk, "陈桥甲"), new, talk.now)
    reply = talk.says("办事处甲", "批准 1")
    assert ("改过的正文" in reply, state(talk)) == (True, "review")
    assert "已批准" in talk.says("办事处甲", "批准 1")


def test_the_rest_of_a_long_text_is_shown_before_a_yes_counts(talk: Talk) -> None:
    written(talk, body="".join(f"第{n}条规定，请大家认真遵守。" for n in range(60)))
    assert "第59条" not in talk.says("办事处甲", "批准 1")
    reply = talk.says("办事处甲", "同意")
    assert ("第59条" in reply, state(talk)) == (True, "review")
    assert "已批准" in talk.says("办事处甲", "同意")


def test_a_card_with_its_beginning_does_not_count_as_shown(talk: Talk) -> None:
    written(talk, asked=True)
    with talk.office.db.transaction() as tx:
        mine = notices.c.event == "broadcast_review"
        tx.run(update(notices).where(mine).values(state="sent", sent_at=talk.now, taken=1, need=2))
    reply = talk.says("办事处甲", "同意")
    assert (reply.count(WORDS), state(talk)) == (1, "review")
    assert "已批准" in talk.says("办事处甲", "同意")


@pytest.mark.parametrize("yes", ["同意", "可以"])
def test_a_yes_goes_to_the_one_of_several_that_was_shown_last(talk: Talk, yes: str) -> None:
    written(talk)
    written(talk)
    assert "有几条" in talk.says("办事处甲", "同意")
    talk.says("办事处甲", "批准 2")
    assert "第 2 号已批准" in talk.says("办事处甲", yes)
    written(talk)
    talk.says("办事处甲", "批准 1")
    assert "第 1 号未批准" in talk.says("办事处甲", "退回 日期写错了")
    talk.says("办事处甲", "批准 3")
    talk.wait(minutes=1)
    written(talk)  # one more comes, so it is not the last any more
    assert "有几条" in talk.says("办事处甲", "同意")


def test_the_author_is_refused_and_shown_nothing(talk: Talk) -> None:
    with talk.office.db.transaction() as tx:
        new = Written("reminder", "廉政提醒", WORDS, Audience(role=("member",), community=("陈桥社区",)))
        writing.create_within(talk.office, tx, person(talk, "办事处甲"), new, talk.now)
    reply = talk.says("办事处甲", "批准 1")
    assert ("要由别人审批" in reply, WORDS in reply) == (True, False)
