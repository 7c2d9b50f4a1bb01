"""Many at the same instant, and thousands in a row: exactly one winner, and each told once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from redis import Redis

from tests.end_to_end.stack import Stack

CLAIMANTS = 60
RECIPIENTS = 1200


def test_of_sixty_members_who_claim_at_once_exactly_one_wins_and_the_others_are_told(stack: Stack) -> None:
    people = stack.people
    members = stack.bound_members(CLAIMANTS)
    code = stack.places(stack.sandbox.new_user(), "金色春天3号楼，想请人教我用手机，电话13900001234")
    assert "已公开" in stack.says(people["陈桥甲"], f"公开 {code}")
    with ThreadPoolExecutor(CLAIMANTS) as pool:
        replies = list(pool.map(lambda member: stack.says(member, f"接单 {code}"), members))
    won = [reply for reply in replies if "接单成功" in reply]
    assert len(won) == 1
    assert all("已经有人接单" in reply or "被别人接走" in reply for reply in replies if reply not in won)
    assert sum("13900001234" in reply for reply in replies) == 1


def test_eight_copies_of_one_message_are_one_order_and_one_reply(stack: Stack) -> None:
    resident = stack.sandbox.new_user()
    answer = stack.sandbox.say(resident, "陈桥社区路灯不亮", copies=8)
    assert len(answer.deliveries) == 8
    assert len({delivery["reply"]["Content"] for delivery in answer.deliveries}) == 1
    assert stack.says(resident, "进度").count("路灯坏了") == 1


def test_a_reminder_goes_to_each_once_though_everything_is_killed_in_the_middle(stack: Stack) -> None:
    members, before = stack.bound_members(RECIPIENTS, after=CLAIMANTS), stack.sandbox.counters()["sent"]
    author, chief = stack.tokens_for_broadcasts("陈桥甲", "办事处甲")
    stack.sandbox.set_faults(latency_ms=50)
    where = stack.reminder_of(author)
    stack.api("POST", f"{where}/approve", chief)
    recipients = stack.api("GET", where, author).json()["counts"]["recipients"]
    assert recipients >= RECIPIENTS
    stack.eventually(lambda: stack.sandbox.counters()["sent"] - before > RECIPIENTS // 4)
    stack.kill_all()
    Redis.from_url(stack.settings.redis).flushall()
    assert stack.sandbox.counters()["sent"] - before < RECIPIENTS
    stack.start_all()
    stack.eventually(lambda: stack.api("GET", where, author).json()["counts"]["sent"] == recipients)
    sends = Counter(row["openid"] for row in stack.sandbox.sent() if not row["duplicate"])
    assert {sends[member] for member in members} == {1}
