"""How much one person may send in a minute and guess in an hour, on both databases."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.messages import Inbound
from bot.orders import codes
from bot.services.messages import replay, spool
from bot.services.office import Office
from bot.services.receive import receive
from bot.store.tables import inbound, notices, orders
from tests.databases import SQLITE
from tests.services.cast import CODE, enter
from tests.talk import NOON, Talk, openid

STOPPED = "发得太多"
MEMBERS = "党员,党员甲,13800000201,陈桥社区,网格01,,\n党员,党员乙,13800000202,陈桥社区,网格01,,\n"


def count(office: Office, table: Any) -> int:
    with office.db.reading() as tx:
        return int(tx.value(select(func.count()).select_from(table)))


def burst(talk: Talk, who: str, number: int, kind: str = "text", words: str = "陈桥社区{}栋路灯不亮") -> list[str]:
    """So many messages within a second."""
    said = []
    for n in range(number):
        key = f"m:{who}:{kind}:{talk.now.timestamp()}:{n}"
        message = Inbound(key=key, openid=openid(who), account="gh", kind=kind, text=words.format(n), media_id="m")
        said.append(receive(talk.office, message, talk.now + timedelta(milliseconds=10 * n)) or "")
    talk.wait(seconds=1)
    return said


def test_a_hundred_messages_at_once_are_twenty_orders_and_one_sentence(office: Office) -> None:
    talk = Talk(office)
    said = burst(talk, "王阿姨", 100)
    assert all("单号" in reply for reply in said[:20])
    assert STOPPED in said[20]
    assert said[21:] == [""] * 79
    assert count(office, orders) == 20
    assert count(office, inbound) == 21
    assert "单号" in talk.says("李叔叔", "金色春天3号楼楼道灯不亮")
    talk.wait(minutes=1)
    again = burst(talk, "王阿姨", 25, words="陈桥社区{}栋下水道堵了")
    assert (sum("单号" in reply for reply in again), sum(STOPPED in reply for reply in again)) == (20, 1)


def test_what_was_not_taken_is_not_kept(office: Office) -> None:
    burst(Talk(office), "王阿姨", 21)
    with office.db.reading() as tx:
        bodies = [row.body_sealed for row in tx.all(select(inbound.c.body_sealed).order_by(inbound.c.received_at))]
    assert [body is None for body in bodies] == [False] * 20 + [True]


@pytest.mark.parametrize("words", ["我不想活了", "家里着火了快来人", "有人掉河里了救命"])
def test_danger_is_taken_however_much_was_said_before(office: Office, words: str) -> None:
    talk = Talk(office)
    burst(talk, "王阿姨", 30)
    before = count(office, orders)
    for _ in range(2):
        reply = talk.says("王阿姨", words)
        assert STOPPED not in reply
        assert any(number in reply for number in ("110", "119", "120", "12356"))
    assert count(office, orders) > before
    assert talk.says("王阿姨", "陈桥社区99栋路灯不亮") == ""


def test_repeats_are_answered_and_neither_they_nor_pictures_nor_events_are_counted(office: Office) -> None:
    talk = Talk(office)
    for n in range(15):
        first = talk.says("王阿姨", f"陈桥社区{n}栋路灯不亮", msg_id=f"same{n}")
        talk.now -= timedelta(seconds=1)
        assert [talk.says("王阿姨", f"陈桥社区{n}栋路灯不亮", msg_id=f"same{n}") for _ in range(2)] == [first] * 2
        talk.now -= timedelta(seconds=2)
    burst(talk, "王阿姨", 10, "image", "")
    burst(talk, "王阿姨", 10, "location", "陈桥社区")
    for n in range(10):
        click = Inbound(key=f"e:{n}", openid=openid("王阿姨"), account="gh", kind="event", event="click", text="进度")
        assert STOPPED not in (receive(office, click, talk.now) or "")
    assert not any(STOPPED in reply or not reply for reply in burst(talk, "王阿姨", 5))
    assert STOPPED in burst(talk, "王阿姨", 1)[0]


def test_the_repeat_of_the_message_that_was_told_so_is_told_so_again(office: Office) -> None:
    talk = Talk(office)
    burst(talk, "王阿姨", 20)
    first = talk.says("王阿姨", "进度", msg_id="over")
    assert STOPPED in first
    assert talk.says("王阿姨", "进度", msg_id="over") == first


def test_people_of_the_roster_may_send_three_times_as_many(office: Office, tmp_path: Path) -> None:
    talk = enter(office, tmp_path, MEMBERS)
    talk.wait(minutes=5)
    said = burst(talk, "陈桥甲", 70, words="待派")
    assert [STOPPED in reply for reply in said[:61]] == [False] * 60 + [True]
    assert said[61:] == [""] * 9


def test_what_waited_for_the_database_is_taken_however_much_it_is(office: Office) -> None:
    for n in range(30):
        message = Inbound(
            key=f"m:{n}", openid=openid("王阿姨"), account="gh", kind="text", text=f"陈桥社区{n}栋路灯不亮"
        )
        spool.keep(office, message.key, message.as_json(), NOON)
    assert replay.replay(office, NOON) == 30
    assert count(office, orders) == 30


def unknown(taken: str, number: int) -> list[str]:
    """Codes with the right check digit that are no order's."""
    known = (f"{n:07d}" for n in range(1_000_000, 9_999_999))
    return [
        code for code, _ in zip((c for c in known if codes.is_valid(c) and c != taken), range(number), strict=False)
    ]


@SQLITE
def test_ten_unknown_codes_within_an_hour_stop_a_members_claims_for_an_hour(office: Office, tmp_path: Path) -> None:
    talk = enter(office, tmp_path, MEMBERS)
    found = CODE.search(talk.says("王阿姨", "金色春天3号楼，想请人帮忙换灯泡"))
    assert found
    code = found[1]
    assert "已公开" in talk.says("陈桥甲", f"公开 {code}")
    wrong = [*unknown(code, 9), "123456"]
    for guess in wrong:
        assert "没有找到单号" in talk.says("党员甲", f"接单 {guess}")
    for said in (f"接单 {code}", "接单", f"接单 {wrong[0]}"):
        assert "先停一小时" in talk.says("党员甲", said)
    assert "接单成功" not in talk.says("党员甲", f"接单 {code}")
    talk.wait(minutes=61)
    assert "接单成功" in talk.says("党员甲", f"接单 {code}")


@SQLITE
def test_unknown_codes_over_more_than_an_hour_and_claims_lost_to_a_faster_one_stop_nobody(
    office: Office, tmp_path: Path
) -> None:
    talk = enter(office, tmp_path, MEMBERS)
    found = CODE.search(talk.says("王阿姨", "金色春天3号楼，想请人帮忙换灯泡"))
    assert found
    talk.says("陈桥甲", f"公开 {found[1]}")
    assert "接单成功" in talk.says("党员乙", f"接单 {found[1]}")
    for _ in range(15):
        assert "已经有人接单" in talk.says("党员甲", f"接单 {found[1]}")
    for guess in unknown(found[1], 9):
        talk.says("党员甲", f"接单 {guess}")
    talk.wait(minutes=70)
    for guess in unknown(found[1], 9):
        assert "没有找到单号" in talk.says("党员甲", f"接单 {guess}")
    assert "已经有人接单" in talk.says("党员甲", f"接单 {found[1]}")


@pytest.mark.parametrize("kind", ["voice", "link"])
def test_what_carries_words_is_counted_whatever_brings_it(office: Office, kind: str) -> None:
    talk = Talk(office)
    said = burst(talk, "王阿姨", 30, kind)
    assert STOPPED in said[20]
    assert said[21:] == [""] * 9


def test_a_voice_without_words_is_not_counted(office: Office) -> None:
    talk = Talk(office)
    assert not any(STOPPED in reply or not reply for reply in burst(talk, "王阿姨", 30, "voice", ""))


def test_a_danger_that_was_spoken_is_taken_over_the_limit(office: Office) -> None:
    talk = Talk(office)
    burst(talk, "王阿姨", 25, "voice")
    assert "119" in burst(talk, "王阿姨", 1, "voice", "陈桥社区3栋着火了")[0]


def test_pictures_for_one_order_are_told_once_until_that_was_sent(office: Office, tmp_path: Path) -> None:
    talk = enter(office, tmp_path, MEMBERS)
    talk.wait(minutes=5)
    code = CODE.findall(talk.says("王阿姨", "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下"))[0]
    talk.says("陈桥甲", f"派单 {code} 我")

    def told() -> list[str]:
        with office.db.reading() as tx:
            return [row.state for row in tx.all(select(notices).where(notices.c.event == "attach_handler"))]

    for _ in range(10):
        talk.says("王阿姨", "", kind="image", media_id="M")
    assert told() == ["pending"]
    with office.db.transaction() as tx:
        tx.run(notices.update().values(state="sent"))
    for _ in range(3):
        talk.says("王阿姨", "", kind="image", media_id="M")
    assert sorted(told()) == ["pending", "sent"]
