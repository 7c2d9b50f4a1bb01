"""How long the first page of 看板 takes in the server, beside few orders and beside many."""

import contextlib
import statistics
import time
from datetime import UTC, datetime

from sqlalchemy import select

from bot.console.access import COOKIE
from bot.services.accounts import opening
from bot.services.accounts.clients import Client
from bot.services.office import Office
from bot.store.console import accounts
from bot.store.tables import persons
from tests.bench.load.sizes import Sizes
from tests.bench.measured.progress import tell
from tests.bench.measured.report import Row, Table, shown
from tests.bench.parts import growth
from tests.bench.parts.filling import OPEN_EVERY
from tests.bench.parts.growth import Place

PAGES = {
    "看板 of a community's staff": ("陈桥甲", ""),
    "看板 of the office's lead": ("办事处甲", ""),
    "看板 of the lead, every state": ("办事处甲", "view=all"),
}
"""By what is measured: who opens it, and the query."""
TURNS = 2  # calls of a page in one block for each message of the other parts


def measure(sizes: Sizes) -> Table:
    """A row for every page: its median time beside few orders and beside many, for each database."""
    found = {kind: _times(kind, sizes) for kind in sizes.databases}
    rows = []
    for name in PAGES:
        pairs = [times[name] for times in found.values()]
        rows.append(
            Row(name, tuple(shown(each) for pair in pairs for each in pair), tuple(many / few for few, many in pairs))
        )
    heads = tuple(f"{kind}, {size:,} orders, ms" for kind in found for size in (sizes.board_few, sizes.many))
    note = f"Median time of one request in process, the database included; one order in {OPEN_EVERY} is open. The ratio is that of many orders to few."
    return Table("the first page of the board", heads, tuple(found), tuple(rows), note)


def _times(kind: str, sizes: Sizes) -> dict[str, list[float]]:
    """(beside few orders, beside many) of every page, in milliseconds; both sizes in turn."""
    with contextlib.ExitStack() as stack:
        places = [stack.enter_context(growth.place(kind, rows)) for rows in (sizes.board_few, sizes.many)]
        found = {}
        for name, (who, query) in PAGES.items():
            tell(f"board: {kind}, {name}")
            cookies = [f"{COOKIE}={_signed_in(place.caller.app.extensions['office'], who)}" for place in places]
            blocks: list[list[float]] = [[] for _ in places]
            for _ in range(1 + TURNS * sizes.messages):
                for place, cookie, times in zip(places, cookies, blocks, strict=True):
                    times.append(_time(place, cookie, query))
            found[name] = [statistics.median(times[1:]) for times in blocks]  # the first one warms up
        return found


def _time(place: Place, cookie: str, query: str) -> float:
    began = time.perf_counter()
    status, page = place.caller.call("GET", "/console/", query, HTTP_COOKIE=cookie)
    took = 1000 * (time.perf_counter() - began)
    assert status == 200, status
    assert "data-code" in page
    return took


def _signed_in(office: Office, name: str) -> str:
    """The token of a session."""
    now = datetime.now(UTC)
    with office.db.transaction() as tx:
        person = int(tx.value(select(persons.c.id).where(persons.c.name == name)))
        accounts.put(tx, person, now, totp_sealed=b"set up")
        return opening.open_session(
            tx, person, Client("127.0.0.1", "bench"), now, must_enrol=False, how="password"
        ).token
