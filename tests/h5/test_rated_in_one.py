"""An answer that says both that it is solved and how content one is stands in the history as both, and is read as one."""

import pytest
from sqlalchemy import select

from bot.services.deletion import operator
from bot.store import orders as stored
from bot.store.reads import api
from bot.store.tables import history, orders
from tests.h5.conftest import World
from tests.store.executed import executed
from tests.talk import openid

BOTH = {
    "满意": (None, None),
    "满意 小李很热心": ("小李很热心", None),
    "评价 {code} 5 很及时": ("很及时", 5),
    "评价 {code} 3": (None, 3),
}


def finished(world: World) -> str:
    code = world.given()
    world.talk.says("党员一", "接单")
    world.talk.says("党员一", f"完成 {code} 换好了")
    return code


def lines(world: World, code: str) -> list[tuple[str, str, str | None]]:
    """The order's history, as the API gives it."""
    with world.office.db.reading() as tx:
        row = stored.by_code(tx, code)
        assert row is not None
        return [(line.action, line.state, line.note) for line in api.history_of(tx, row.id)]


@pytest.mark.parametrize("answer", BOTH)
def test_both_are_written_at_one_moment_the_words_with_the_rating(world: World, answer: str) -> None:
    code = finished(world)
    world.talk.says("王阿姨", answer.format(code=code))
    note, rating = BOTH[answer]
    assert [line[:2] for line in lines(world, code)[-3:]] == [
        ("finish", "done"),
        ("confirm", "closed"),
        ("rate", "closed"),
    ]
    assert lines(world, code)[-2][2] is None
    assert (lines(world, code)[-1][2] is None) == (note is None)
    with world.office.db.reading() as tx:
        row = stored.by_code(tx, code)
        assert row is not None
        assert (row.outcome, row.solved, row.rating, row.round) == ("confirmed", True, rating, 0)
        assert len({line.at for line in stored.history_of(tx, row.id)[-2:]}) == 1


def test_people_read_one_step(world: World) -> None:
    code = finished(world)
    world.talk.says("王阿姨", "满意 小李很热心")
    browser = world.at("王阿姨")
    browser.open(f"/h5/orders/{code}")
    for said in (world.talk.says("王阿姨", f"进度 {code}"), browser.page):
        assert said.replace("已确认解决", "").count("确认解决") == 1  # the other one is how it stands
        assert "作了评价" not in said
    world.talk.says("王阿姨", f"评价 {code} 5 真的好")  # later it is a step of its own
    assert world.talk.says("王阿姨", f"进度 {code}").count("作了评价") == 1
    assert [line[0] for line in lines(world, code)[-3:]] == ["confirm", "rate", "rate"]


@pytest.mark.parametrize(
    ("answer", "action"), [("撤回", "confirm"), ("不满意 还是坏的", "reopen"), ("评价 {code} 1 太慢", "reopen")]
)
def test_what_says_one_thing_is_one_line(world: World, answer: str, action: str) -> None:
    code = finished(world)
    before = len(lines(world, code))
    world.talk.says("王阿姨", answer.format(code=code))
    assert [line[0] for line in lines(world, code)[before:]] == [action]


def test_both_lines_are_one_statement(world: World) -> None:
    finished(world)
    with world.office.db.transaction() as tx, executed(tx) as said:
        order = tx.first(select(orders))
        assert order is not None
        stored.add_history(tx, [
            {"order_id": order.id, "at": world.talk.now, "action": action, "by": "居民", "state": "closed"} for action in ("confirm", "rate")
        ])  # fmt: skip
    assert len([statement for statement, _ in said if "INSERT INTO history" in statement]) == 1


def test_a_deletion_empties_both(world: World) -> None:
    code = finished(world)
    world.talk.says("王阿姨", "满意 小李很热心")
    with world.office.db.reading() as tx:
        assert tx.first(select(history.c.id).where(history.c.action == "rate", history.c.note_sealed.is_not(None)))
    operator.delete(world.office, openid("王阿姨"), world.talk.now)
    with world.office.db.reading() as tx:
        notes = tx.all(select(history.c.note, history.c.note_sealed).where(history.c.action.in_(("confirm", "rate"))))
        assert [tuple(row) for row in notes] == [(None, None)] * 2
    assert [line[0] for line in lines(world, code)[-2:]] == ["confirm", "rate"]
