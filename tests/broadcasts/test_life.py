"""The pure rules of broadcasts: states, hours, digest, and an audience read from words."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import texts
from bot.broadcasts.audience import Audience
from bot.broadcasts.audience_words import parse
from bot.broadcasts.hours import Hours
from bot.broadcasts.life import LIFE, MAY, Actor, State, after
from bot.broadcasts.written import Written
from bot.errors import NotAllowed, NotUnderstood
from config.settings import CONFIG_DIR

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = Hours(8 * 60 + 30, 20 * 60 + 30, ZONE)
NIGHT, NOON = datetime(2026, 3, 2, 22, 15, tzinfo=ZONE), datetime(2026, 3, 2, 12, 0, tzinfo=ZONE)
WORDS = texts.load(CONFIG_DIR).sentences["broadcast"]
KNOWN = ("陈桥社区", "兰天社区")


def test_nothing_leads_out_of_what_was_recalled() -> None:
    assert not [action for state, action in LIFE if state == State.RECALLED]


def test_every_state_but_the_last_ones_can_be_left_and_every_refusal_has_its_sentence() -> None:
    assert {state for state, _ in LIFE} == set(State) - {State.RECALLED}
    said = texts.load(CONFIG_DIR)
    for action, actors in MAY.items():
        if set(actors) != {Actor.CLOCK}:
            assert said.has(f"broadcast.not_now.{action}"), action
    for state in State:
        assert said.has(f"broadcast.state.{state}"), state


def test_an_action_that_a_state_does_not_admit_is_refused() -> None:
    assert after("sending", "pause", 1) == State.PAUSED
    with pytest.raises(NotAllowed):
        after("sent", "pause", 1)


def test_no_author_approves() -> None:
    assert [Actor.AUTHOR in MAY[action] for action in ("approve", "reject", "schedule", "undo")] == [False] * 4


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        (NOON, NOON),
        (NOON.replace(hour=8, minute=30), NOON.replace(hour=8, minute=30)),
        (NOON.replace(hour=8, minute=29), NOON.replace(hour=8, minute=30)),
        (NOON.replace(hour=20, minute=29), NOON.replace(hour=20, minute=29)),
        (NOON.replace(hour=20, minute=30), NOON.replace(day=3, hour=8, minute=30)),
        (NIGHT, NOON.replace(day=3, hour=8, minute=30)),
    ],
)
def test_what_is_outside_the_hours_begins_at_the_next_opening(moment: datetime, first: datetime) -> None:
    assert HOURS.first_open(moment) == first
    assert HOURS.is_open(moment) == (moment == first)


def test_hours_may_be_the_whole_day() -> None:
    always = Hours(0, 24 * 60, ZONE)
    assert all(always.is_open(NIGHT + timedelta(minutes=37 * step)) for step in range(40))


def test_the_message_of_the_day_goes_out_within_the_hours() -> None:
    assert HOURS.next_digest(NOON) == NOON.replace(hour=18)
    assert HOURS.next_digest(NIGHT) == NOON.replace(day=3, hour=18)
    assert HOURS.is_open(Hours(8 * 60, 12 * 60, ZONE).next_digest(NIGHT))


def test_the_digest_is_of_what_is_read_alone() -> None:
    one = Written("reminder", "标题", "正文", Audience())
    assert one.digest == replace(one, audience=Audience(role=("member",)), send_at=NOON).digest
    others = [replace(one, **{name: "x"}) for name in ("kind", "title", "body")]  # type: ignore[arg-type]
    assert len({each.digest for each in [one, *others, replace(one, details={"at": "x"})]}) == 5


@pytest.mark.parametrize(
    ("said", "audience"),
    [
        ("全体党员", {"role": ["member"]}),
        ("陈桥社区的党员", {"community": ["陈桥社区"], "role": ["member"]}),
        ("陈桥社区第一支部党员", {"community": ["陈桥社区"], "role": ["member"], "branch": ["第一支部"]}),
        ("第二党支部", {"branch": ["第二党支部"]}),
        ("3网格党员", {"role": ["member"], "grid": ["网格03"]}),
        ("网格03", {"grid": ["网格03"]}),
        ("张三、李和平", {"names": ["张三", "李和平"]}),
        ("张三 李和平，王五/赵六＋孙七", {"names": ["张三", "李和平", "王五", "赵六", "孙七"]}),
        ("社区工作者", {"role": ["staff"]}),
        ("全体党员，除了张三、李四", {"role": ["member"], "exclude": ["张三", "李四"]}),
        ("除张三外的全体党员", {"role": ["member"], "exclude": ["张三"]}),
        ("党员（不含兰天社区）", {"role": ["member"], "exclude": ["兰天社区"]}),
        ("全体党员，除第二支部以外", {"role": ["member"], "exclude": ["第二支部"]}),
    ],
)
def test_an_audience_is_read_from_words(said: str, audience: dict[str, list[str]]) -> None:
    found = parse(said, KNOWN, WORDS["roles"], WORDS["audience"])
    assert found == audience
    assert Audience.of(found).as_json() == audience


@pytest.mark.parametrize("said", ["全体", "???", "", "除了张三"])
def test_what_names_nobody_is_asked_about(said: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(said, KNOWN, WORDS["roles"], WORDS["audience"])
