"""The measures of a period, against values computed by hand; and whether they are counted by index."""

from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from bot.services.reports import figures
from bot.store.tables import history
from tests.api.conftest import World
from tests.api.test_api import an_order

MARCH, APRIL = datetime(2026, 2, 28, 16, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC)  # midnights of the office
MAY = datetime(2026, 5, 1, tzinfo=UTC)
NONE = {
    "received": 0, "open": 0, "overdue": 0, "closed": 0, "by_state": {}, "by_category": {}, "outcomes": {},
    "accepted_in_time": None, "responded": None, "solved": None, "satisfied": None, "answered": None,
    "median_hours": None, "p90_hours": None, "reopened": 0, "unclaimed": 0,
}  # fmt: skip


class Month:
    """Orders of one month, each with the lines of its history: (hours after it came in, action, state)."""

    def __init__(self, world: World) -> None:
        self.world, self.number = world, 0
        self.resident = world.person("王一", "member")

    def order(self, day: int, *lines: tuple[float, str, str], month: int = 3, **values: Any) -> None:
        """Comes in at noon of the day; its columns follow from its lines where they are not given."""
        self.number += 1
        came = datetime(2026, month, day, 4, tzinfo=UTC)
        state = lines[-1][2] if lines else "submitted"
        values = {"state": state, "created_at": came, "due_at": came + timedelta(days=3), **values}
        order_id = an_order(self.world, f"{1_000_000 + self.number}", self.resident, **values)
        with self.world.office.db.transaction() as tx:
            for hours, action, after in ((0, "place", "submitted"), *lines):
                line = {"order_id": order_id, "at": came + timedelta(hours=hours), "action": action, "state": after}
                tx.run(insert(history).values(**line, by="x"))

    def closed(
        self, day: int, hours: float, action: str, outcome: str, *lines: tuple[float, str, str], **values: Any
    ) -> None:
        """Closed so many hours after it came in, and closed still."""
        at = datetime(2026, values.get("month", 3), day, 4, tzinfo=UTC) + timedelta(hours=hours)
        self.order(day, *lines, (hours, action, "closed"), outcome=outcome, closed_at=at, **values)

    def measure(self, start: datetime = MARCH, end: datetime = APRIL, community: str | None = None) -> dict[str, Any]:
        return figures.measure(self.world.office, start, end, community, MAY)


@pytest.fixture
def month(world: World) -> Month:
    return Month(world)


def test_an_empty_period_has_no_shares(month: Month) -> None:
    assert month.measure() == NONE


def fill(month: Month) -> None:
    """Twelve orders of one month, and one that came in before."""
    done = datetime(2026, 3, 3, 12, tzinfo=UTC)
    helped = ((1, "invite", "offered"), (2, "accept", "accepted"), (8, "finish", "done"))
    for _ in range(6):  # nobody did anything
        month.order(2, category="0301")
    month.closed(3, 20, "confirm", "confirmed", *helped, category="0702", done_at=done, solved=True, rating=5)
    month.closed(4, 40, "explain", "explained", category="0702")  # a Wednesday: the first act was due 24 hours later
    month.order(10, (1, "invite", "offered"), (25, "expire", "submitted"), category="0702")
    month.closed(20, 240, "no_reply", "no_reply", *helped, month=2, done_at=done)  # came in before
    month.order(  # reopened after the end of the period
        16, (24, "refer", "closed"), (430, "reopen", "submitted"), category="0702", round=1, solved=False
    )
    month.order(
        20,
        *helped,
        (9, "reopen", "accepted"),
        category="0702",
        round=1,
        solved=False,
        rating=2,
        done_at=done,
        due_at=MAY,
    )
    month.order(14, (1, "publish", "open"), (241, "unclaimed", "submitted"), category="0101", lane="wish", due_at=None)


def test_a_month_is_measured(month: Month) -> None:
    fill(month)
    assert month.measure() == {
        "received": 12,
        "open": 9,  # six untouched, expired, reopened on the 20th, unclaimed
        "overdue": 7,  # six untouched and the expired one
        "closed": 4,
        "by_state": {"accepted": "<5", "closed": "<5", "submitted": 8},
        "by_category": {"0101": "<5", "0301": 6, "0702": 5},
        "outcomes": {"confirmed": "<5", "explained": "<5", "no_reply": "<5", "referred": "<5"},
        "accepted_in_time": 0.5,  # two accepted; one expired, one unclaimed
        "responded": 0.4167,  # 5 of 12: not the six, not the explained
        "solved": 0.3333,  # of three who said
        "satisfied": 0.3333,
        "answered": 1.0,
        "median_hours": 32.0,  # 20, 24, 40, 240
        "p90_hours": 240.0,
        "reopened": 1,
        "unclaimed": 1,
    }


def test_restricted_matters_and_other_communities_are_in_no_figure(month: Month) -> None:
    lines = ((1, "assign", "accepted"), (2, "finish", "done"))
    month.closed(3, 20, "confirm", "confirmed", *lines, lane="restricted", solved=True, rating=5)
    month.order(3, lane="restricted")
    assert month.measure() == NONE
    month.order(4, community="陈桥社区")
    month.order(5, community=None)
    assert (month.measure()["received"], month.measure(community="陈桥社区")["received"]) == (2, 1)
    assert month.measure(community="花都路社区") == NONE


def test_the_bounds_of_a_period_belong_to_one_side(month: Month) -> None:
    came = datetime(2026, 3, 2, 4, tzinfo=UTC)
    month.closed(2, 5, "explain", "explained")
    ended, moment = came + timedelta(hours=5), timedelta(seconds=1)
    before, after = month.measure(came, ended), month.measure(ended, ended + moment)
    assert (before["received"], before["open"], before["closed"], before["by_state"]) == (1, 1, 0, {"submitted": "<5"})
    assert (after["received"], after["open"], after["closed"]) == (0, 0, 1)
    assert month.measure(came - moment, came) == NONE


def test_numbers_from_five_are_told_and_smaller_ones_are_not(month: Month) -> None:
    for number in range(9):
        month.closed(3, 1, "explain", "explained" if number < 5 else "unmet", category="0301" if number < 4 else "0702")
    found = month.measure()
    assert (found["outcomes"], found["by_category"]) == ({"explained": 5, "unmet": "<5"}, {"0301": "<5", "0702": 5})
    assert (found["by_state"], found["closed"]) == ({"closed": 9}, 9)


def test_who_closes_it_before_the_office_could_act_is_no_late_response(month: Month) -> None:
    month.closed(3, 1, "withdraw", "withdrawn")
    assert month.measure()["responded"] is None
    month.order(3, (24, "assign", "accepted"))  # a Tuesday; within one working day to the minute
    assert (month.measure()["responded"], month.measure()["accepted_in_time"]) == (1.0, 1.0)


def test_silence_is_no_satisfaction_and_mediation_is_not_measured_by_it(month: Month) -> None:
    at = datetime(2026, 3, 4, tzinfo=UTC)
    month.closed(3, 200, "no_reply", "no_reply", done_at=at)
    month.closed(3, 9, "confirm", "confirmed", done_at=at, solved=True)
    month.closed(3, 9, "confirm", "confirmed", done_at=at, solved=True, rating=3)
    month.closed(3, 9, "confirm", "confirmed", done_at=at, solved=True, rating=1)  # rated anew after it was confirmed
    month.closed(3, 9, "confirm", "confirmed", done_at=at, solved=True, rating=5, lane="mediation")
    found = month.measure()
    assert (found["answered"], found["solved"], found["satisfied"]) == (0.8, 1.0, 0.6667)


def test_other_systems_read_figures_with_the_scope_and_a_period(world: World, month: Month) -> None:
    token = world.token("report", "figures:read")
    month.order(2)
    month.order(31)  # noon of the last day
    answer = world.client.get("/api/v1/figures?from=2026-03-01&to=2026-03-31&community=花都路社区", headers=token)
    shown = answer.get_json()
    assert answer.status_code == 200
    assert (shown["from"], shown["to"], shown["community"]) == ("2026-03-01", "2026-03-31", "花都路社区")
    assert (shown["received"], set(shown)) == (2, {"from", "to", "community", *NONE})
    for query, received in (
        ("from=2026-03-01T00:00:00Z&to=2026-03-31T04:00:00Z", 1),
        ("from=2026-03-02T12:00:00%2B08:00&to=2026-03-02T12:00:01 08:00", 1),
        ("to=2026-03-02", 1),
        ("to=2026-04-01", 0),
        ("from=2026-03-02", 2),
        ("", 0),
    ):
        assert world.client.get(f"/api/v1/figures?{query}", headers=token).get_json()["received"] == received, query


def test_a_matter_handed_in_now_is_in_the_figures_of_this_month(world: World) -> None:
    token = world.token("both", "orders:write", "figures:read")
    late = {"text": "陈桥社区路灯坏了", "due_at": "2020-01-01T00:00:00Z"}
    world.client.post("/api/v1/orders", json=late, headers=token)
    world.client.post("/api/v1/orders", json={"text": "兰天社区主任收红包，我要举报"}, headers=token)
    shown = world.client.get("/api/v1/figures", headers=token).get_json()
    assert (shown["received"], shown["open"], shown["overdue"], shown["by_state"]) == (1, 1, 1, {"submitted": "<5"})


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=", "from"), ("to=", "to"), ("from=gestern", "from"), ("to=9999-12-31", "to"), ("from=0001-01-01", "from"),
        ("from=2026-03-02&to=2026-03-01", "from"), ("community=天上社区", "community"), ("day=1", "day"),
        ("from=2023-03-01&to=2026-03-04", "from"), ("from=1970-01-01", "from"), ("from=0003-01-01T00:00:00Z", "from"),
    ],
)  # fmt: skip
def test_a_period_that_is_none_is_named(world: World, query: str, field: str) -> None:
    answer = world.client.get(f"/api/v1/figures?{query}", headers=world.token("report", "figures:read"))
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (400, field)


def test_three_years_are_measured_in_few_parameters_and_little_time(world: World, month: Month) -> None:
    token, parameters = world.token("report", "figures:read"), list[int]()
    month.order(2)
    event.listen(world.office.db.engine, "before_cursor_execute", lambda *x: parameters.append(len(x[3])))
    started = process_time()
    answer = world.client.get("/api/v1/figures?from=2023-04-01&to=2026-03-31", headers=token)
    assert process_time() - started < 0.5  # 0.06 s here
    assert (answer.status_code, answer.get_json()["received"]) == (200, 1)
    assert max(parameters) < 60


def test_figures_need_their_scope(world: World) -> None:
    assert world.client.get("/api/v1/figures", headers=world.token("other", "orders:read")).status_code == 403


def test_figures_are_read_by_index(world: World, month: Month) -> None:
    """No statement reads the whole of a table that grows. PostgreSQL scans a small table unless it is told not to."""
    statements: list[tuple[str, Any]] = []
    with world.office.db.reading() as tx:
        postgres = tx.dialect == "postgresql"
    event.listen(world.office.db.engine, "before_cursor_execute", lambda *x: statements.append((x[2], x[3])))
    month.measure(community="花都路社区")
    read = [each for each in statements if "FROM orders" in each[0] or "FROM history" in each[0]]
    assert len(read) == 7
    with world.office.db.reading() as tx:
        if postgres:
            tx.run(text("SET LOCAL enable_seqscan = off"))
        for statement, values in read:
            explained = f"EXPLAIN {'' if postgres else 'QUERY PLAN '}{statement}"
            plan = "\n".join(str(row[-1]) for row in tx.connection.exec_driver_sql(explained, values).all())
            assert "Seq Scan" not in plan, plan
            assert "SCAN orders" not in plan, plan
            assert "SCAN history" not in plan, plan
