"""What a call costs beside few rows and beside many: CPU time, on both sizes in turn."""

import contextlib
import itertools
import statistics
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from bot.services.clock import sums
from bot.services.reports import counting
from tests.bench.installation import Ground, ground
from tests.bench.load import conversations
from tests.bench.load.sizes import Sizes
from tests.bench.measured.progress import tell
from tests.bench.measured.report import Row, Table, shown
from tests.bench.parts import clock
from tests.bench.parts.filling import OPEN_EVERY, fill
from tests.bench.service import STAFF, Caller, bind, code_of, opened

COMMUNITY = "陈桥社区"
LISTED = 60  # open orders of the staff's community, so that a list of them is full beside few rows too
FEW_ALIKE = COMMUNITY + "{building}号楼{unit}单元，家里灯泡坏了，想请人帮忙换一下"
BLOCK_SECONDS = 0.5  # a block of slow calls has fewer of them
SLOW_SECONDS = 5.0  # what takes longer is called once
Costs = dict[str, list[float]]
"""By call: CPU milliseconds beside few rows and beside many."""
_numbers = itertools.count(1)


@dataclass(slots=True)
class Place:
    """The service on tables of one size: a resident with an order, and a token of the API."""

    base: Ground
    caller: Caller
    resident: str
    token: str

    def calls(self) -> Mapping[str, Callable[[], object]]:
        """Every call that is measured, in an order in which each finds what it needs."""
        page = f"community={quote(COMMUNITY)}"
        return {
            "帮助 by staff with a third of all notices": lambda: self.caller.say(STAFF, conversations.HELP),
            "待派 by staff": lambda: self.caller.say(STAFF, "待派"),
            "反复问题": lambda: self.caller.say(STAFF, "反复问题"),
            "进度": lambda: self.caller.say(self.resident, conversations.PROGRESS),
            "a request with few alike, and 撤回": self.request_and_withdraw,
            "补充": lambda: self.caller.say(self.resident, conversations.addition_text(next(_numbers))),
            "a page of the API, one community": lambda: self.get("/api/v1/orders", page),
            "a page of the API, all": lambda: self.get("/api/v1/orders", ""),
            "/metrics": lambda: self.get("/metrics", ""),
        }

    def request_and_withdraw(self) -> None:
        """A new order each time, and no more alike ones than before."""
        number = next(_numbers)
        answer = self.caller.say(self.resident, FEW_ALIKE.format(building=number % 97 + 1, unit=number % 5 + 1))
        assert "撤回" in self.caller.say(self.resident, f"撤回 {code_of(answer)}")

    def get(self, path: str, query: str) -> None:
        status, body = self.caller.call("GET", path, query, HTTP_AUTHORIZATION=f"Bearer {self.token}")
        assert status == 200, body


def measure(sizes: Sizes) -> Table:
    """A row for every call: its cost beside few rows and beside many, for each database."""
    found = {kind: _costs(kind, sizes) for kind in sizes.databases}
    rows = []
    for name in next(iter(found.values())):
        pairs = [costs[name] for costs in found.values()]
        rows.append(
            Row(name, tuple(shown(each) for pair in pairs for each in pair), tuple(many / few for few, many in pairs))
        )
    heads = tuple(f"{kind}, {size:,} rows, ms" for kind in found for size in (sizes.few, sizes.many))
    note = (
        "CPU time in process, of the clock that of its process; for PostgreSQL with that of the server. Orders, their history, notices and messages: so "
        f"many rows of each; one order in {OPEN_EVERY} is open. The ratio is that of many rows to few."
    )
    return Table("cost as tables grow", heads, tuple(found), tuple(rows), note)


def _costs(kind: str, sizes: Sizes) -> Costs:
    """(beside few rows, beside many) of every call, in milliseconds."""
    with contextlib.ExitStack() as stack:
        places = [stack.enter_context(place(kind, rows)) for rows in (sizes.few, sizes.many)]
        calls = [place.calls() for place in places]
        costs: Costs = {}
        for name in calls[0]:
            tell(f"growth: {kind}, {name}")
            pair = [(place.caller, of[name]) for place, of in zip(places, calls, strict=True)]
            costs[name] = _in_turn(pair, sizes)
        tell(f"growth: {kind}, the clock")
        costs |= clock.costs([place.base for place in places], sizes.clock_seconds)
    return costs


def _in_turn(pair: list[tuple[Caller, Callable[[], object]]], sizes: Sizes) -> list[float]:
    """The median block of each; a first call warms up, and is the result where it took very long."""
    first = [caller.cost([call]).total for caller, call in pair]
    counts = [max(1, min(sizes.messages, int(1000 * BLOCK_SECONDS / max(ms, 0.001)))) for ms in first]
    found: list[list[float]] = [[] for _ in pair]
    for _ in range(sizes.blocks):
        for (caller, call), ms, count, blocks in zip(pair, first, counts, found, strict=True):
            blocks.append(caller.cost([call] * count).total if ms < 1000 * SLOW_SECONDS else ms)
    return [statistics.median(blocks) for blocks in found]


@contextmanager
def place(kind: str, rows: int) -> Iterator[Place]:
    """The service with its first orders, told of by its own messages, and copies of them up to so many rows."""
    with ground(kind) as base:
        with opened(base) as caller:
            bind(caller, base)
            token = caller.command("token", "create", "bench", "--scope", "orders:read").split()[-1]
            resident = "o_bench_growth"
            for number in range(LISTED):
                text = conversations.request_text(len(conversations.COMMUNITIES) * number)
                code_of(caller.say(f"{resident}_{number}", text))
            code_of(caller.say(resident, conversations.request_text(0)))
        tell(f"growth: {kind}, filling in {rows:,} rows")
        fill(base.database, rows, STAFF)
        with opened(base) as caller:
            count_as_the_clock(caller)
            yield Place(base, caller, resident, token)


def count_as_the_clock(caller: Caller) -> None:
    """What the clock's rounds keep, as if it had run all the time."""
    office, now = caller.app.extensions["office"], datetime.now(UTC)
    for _ in range(office.limits.repeated_days):
        sums.keep_recurring(office, now)
    counting.keep(office, now)
