"""An order is kept from whom it may be about: by chat, console and API, in lists, counts, figures and records alike."""

import re
from datetime import timedelta

import pytest

from bot.services import tokens
from bot.services.console.orders import board
from bot.services.console.orders.board import Filters
from bot.services.console.seat import Seat
from bot.services.reports import figures
from bot.services.tokens import Wanted
from bot.store import orders
from bot.store.persons import people
from tests.console.conftest import World
from tests.services.cast import CODE, told_of

REPORT = "举报陈桥社区工作者陈桥甲收了我两百块钱才给盖章"
ACCUSED, COLLEAGUE = "陈桥甲", "陈桥乙"
HTTP_OK, NOT_FOUND = 200, 404


def threatened(world: World) -> str:
    """An alarm that names one of the community's staff."""
    return world.placed("王阿姨", "陈桥社区，陈桥甲家里着火了，快来人")


def out_of_the_box(world: World, category: str) -> str:
    """A report about one of the community's staff that the discipline staff found to be none."""
    code = world.placed("李大爷", REPORT)
    world.talk.says("纪检甲", f"归类 {code} {category}")
    assert "已归到" in world.talk.says("纪检甲", f"确认归类 {code}")
    return code


def in_the_inbox(world: World) -> str:
    """The alarm of a resident who asks for a person."""
    code = threatened(world)
    world.talk.says("王阿姨", "人工")
    return code


def seat(world: World, name: str) -> Seat:
    """As the console knows the person."""
    person = world.person(name)
    with world.office.db.reading() as tx:
        return Seat(person, name, people.rights_of(tx, person))


def token(world: World, **wanted: str) -> dict[str, str]:
    """The header of a token that reads orders and figures."""
    made = Wanted(str(wanted), ["orders:read", "figures:read"], **wanted)  # type: ignore[arg-type]
    return {"Authorization": f"Bearer {tokens.create(world.office, made, world.talk.now)}"}


def test_who_is_named_in_an_alarm_reads_it_nowhere_and_the_others_are_alarmed(world: World) -> None:
    code = threatened(world)
    told = told_of(world.office, "place_duty")
    assert ACCUSED not in told
    assert {COLLEAGUE, "办事处甲"} <= set(told)
    for command in ("待派", "今天"):
        assert code not in world.talk.says(ACCUSED, command)
    missing = world.talk.says(ACCUSED, "进度 1000009")
    assert world.talk.says(ACCUSED, f"进度 {code}") == missing.replace("1000009", code)
    browser = world.at(ACCUSED)
    browser.open("/console/account")
    assert browser.client.get(f"/console/orders/{code}").status_code == NOT_FOUND
    assert browser.send(f"/console/orders/{code}/contact").status_code == NOT_FOUND
    assert code not in browser.client.get("/console/?view=all").text
    assert code in world.talk.says(COLLEAGUE, "待派")
    assert world.at(COLLEAGUE).client.get(f"/console/orders/{code}").status_code == HTTP_OK


def test_the_board_does_not_count_what_it_does_not_show(world: World) -> None:
    world.placed("赵叔", "陈桥社区金色春天3号楼楼道灯不亮")
    before = board.show(world.office, seat(world, ACCUSED), Filters(view="all"), world.talk.now)
    threatened(world)
    out_of_the_box(world, "路灯")
    for filters in (Filters(view="all"), Filters(view="all", urgency="U0"), Filters(state="submitted")):
        found = board.show(world.office, seat(world, ACCUSED), filters, world.talk.now)
        assert found.numbers == before.numbers
        assert found.total == len(found.cards) <= 1
    others = board.show(world.office, seat(world, COLLEAGUE), Filters(view="all"), world.talk.now)
    assert sum(others.numbers.values()) == 1 + sum(before.numbers.values())  # 陈桥乙 is of the accused unit


def test_a_search_for_a_number_that_is_not_ones_own_counts_nothing(world: World) -> None:
    code = threatened(world)
    for number in (code, "1000009"):
        page = world.at(ACCUSED).client.get(f"/console/?view=all&q={number}").text
        assert "共 1 件" not in page


@pytest.mark.parametrize("wanted", [{"stands_for": ACCUSED}, {"community": "陈桥社区"}, {}])
def test_a_token_of_the_accused_or_of_nobody_in_particular_reads_and_counts_none(
    world: World, wanted: dict[str, str]
) -> None:
    kept = [threatened(world), out_of_the_box(world, "路灯")]
    header, client = token(world, **wanted), world.app.test_client()
    listed = client.get("/api/v1/orders", headers=header).get_json()["items"]
    assert listed == []
    for code in kept:
        assert client.get(f"/api/v1/orders/{code}", headers=header).status_code == NOT_FOUND
    day = world.talk.now.date().isoformat()
    query = "&community=陈桥社区" if wanted else ""
    found = client.get(f"/api/v1/figures?from={day}&to={day}{query}", headers=header).get_json()
    assert (found["received"], found["open"]) == (0, 0)


def test_a_token_of_somebody_else_reads_it(world: World) -> None:
    code = threatened(world)
    header = token(world, stands_for=COLLEAGUE)
    assert world.app.test_client().get(f"/api/v1/orders/{code}", headers=header).get_json()["code"] == code


def test_a_question_that_left_the_box_is_not_among_the_unknown_ones_of_the_accused(world: World) -> None:
    code = out_of_the_box(world, "征迁安置咨询")
    with world.office.db.reading() as tx:
        row = orders.by_code(tx, code)
    assert row is not None
    assert row.lane == "question"
    assert code not in world.at(ACCUSED).client.get("/console/answers/unknown").text


def test_the_inbox_and_the_record_do_not_show_it_either(world: World) -> None:
    code = in_the_inbox(world)
    assert code in world.at(COLLEAGUE).client.get("/console/inbox").text
    assert code not in world.at(ACCUSED).client.get("/console/inbox").text
    assert world.at(ACCUSED).client.get(f"/console/inbox/{code}").status_code == NOT_FOUND


def test_no_figure_counts_it_for_anybody(world: World) -> None:
    threatened(world)
    out_of_the_box(world, "路灯")
    now = world.talk.now
    found = figures.measure(world.office, now - timedelta(days=1), now + timedelta(days=1), None, now)
    assert (found["received"], found["open"]) == (0, 0)
    assert re.search(r"[1-9] ?件", world.talk.says(ACCUSED, "情况").split("陈桥社区")[1].split("\n")[0]) is None


def test_a_name_that_comes_later_ends_what_its_bearer_reads(world: World) -> None:
    found = CODE.search(world.talk.says("王阿姨", "陈桥社区着火了"))
    assert found
    code = found[1]
    assert world.at(ACCUSED).client.get(f"/console/orders/{code}").status_code == HTTP_OK
    world.talk.says("王阿姨", f"补充 {code} 火是陈桥甲点的")
    assert world.at(ACCUSED).client.get(f"/console/orders/{code}").status_code == NOT_FOUND


def test_nobody_gives_it_to_the_accused(world: World) -> None:
    code = threatened(world)
    assert "没有" in world.talk.says(COLLEAGUE, f"派单 {code} {ACCUSED}")
