"""Every read of orders that people see asks whom the order is kept from."""

import ast
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.office import Office
from bot.store import recurring
from bot.store.console import answers, handovers
from bot.store.database import Tx
from bot.store.exclusions import Reader
from bot.store.reads import api, figures, order_lists, roster, trends, work_figures, work_lists
from bot.store.reads.figures import Period
from bot.store.reads.work_lists import Wanted
from bot.store.records import listed
from bot.store.sending import failed_notices
from config.settings import ROOT
from tests.store.executed import executed
from tests.talk import NOON

STORE = ROOT / "bot" / "store"
MODULES = [
    *sorted((STORE / "reads").glob("*.py")),
    *sorted((STORE / "console").glob("*.py")),
    STORE / "sending" / "failed_notices.py",
    STORE / "records" / "listed.py",
    STORE / "recurring.py",
]
READER = Reader(("a", "b"))
BEFORE = NOON - timedelta(days=7)
OWN, WEEK = Wanted(["陈桥社区", None], READER), Period(BEFORE, NOON, None)
READS: Mapping[str, Callable[[Tx], object]] = {
    "recurring.repeated": lambda tx: recurring.repeated(tx, ["陈桥社区"], BEFORE, 3, 10),
    "answers.questions": lambda tx: answers.questions(tx, None, READER, BEFORE, 5),
    "api.closed_by_outcome": lambda tx: api.closed_by_outcome(tx, BEFORE),
    "api.one": lambda tx: api.one(tx, "1000009", READER),
    "api.open_orders_by_kind": lambda tx: api.open_orders_by_kind(tx, danger=False),
    "api.page": lambda tx: api.page(tx, None, None, None, None, 5),
    "failed_notices.newest": lambda tx: failed_notices.newest(tx, BEFORE, None, READER, 5),
    "figures.at_end": lambda tx: figures.at_end(tx, WEEK, NOON),
    "figures.closed": lambda tx: figures.closed(tx, WEEK),
    "figures.events": lambda tx: figures.events(tx, WEEK, ["accept"]),
    "figures.received": lambda tx: figures.received(tx, WEEK),
    "figures.times": lambda tx: figures.times(tx, WEEK, [1]),
    "handovers.waiting": lambda tx: handovers.waiting(tx, None, READER),
    "listed.page": lambda tx: listed.page(tx, listed.Wanted(READER, person_ids=[1]), 5),
    "order_lists.for_staff": lambda tx: order_lists.for_staff(tx, None, ["submitted"], READER),
    "order_lists.handled_by": lambda tx: order_lists.handled_by(tx, 1, READER),
    "order_lists.helped_by": lambda tx: order_lists.helped_by(tx, 1, READER, 5),
    "order_lists.offered_to": lambda tx: order_lists.offered_to(tx, 1, READER),
    "order_lists.open_within": lambda tx: order_lists.open_within(tx, [("陈桥社区", None)], READER),
    "roster.page": lambda tx: roster.page(tx, roster.Wanted(), 5),
    "trends.by_interval": lambda tx: trends.by_interval(tx, WEEK, timedelta(days=1)),
    "work_figures.by_community": lambda tx: work_figures.by_community(tx, None, BEFORE, NOON, NOON),
    "work_lists.due": lambda tx: work_lists.due(tx, OWN, None, NOON, ()),
    "work_lists.in_states": lambda tx: work_lists.in_states(tx, OWN, ["submitted"]),
    "work_lists.numbers": lambda tx: work_lists.numbers(tx, OWN, ["submitted"], 5),
    "work_lists.received": lambda tx: work_lists.received(tx, OWN, BEFORE),
    "work_lists.stuck": lambda tx: work_lists.stuck(tx, None, READER, NOON),
}
CLOCK = ("due_orders.", "training_rows.", "kept.")
"""What the clock must do, what the nightly training reads, what is dropped: nobody reads it."""
ASKED_ELSEWHERE = {
    "order_lists.of_resident": "one's own orders",
    "order_lists.older_of_resident": "one's own orders",
    "order_lists.claims_of": "a number of one's own, for a limit",
    "order_lists.minutes_of": "a number of one's own",
    "order_lists.merged_into": "whom a notice goes to, each asked by itself",
    "order_lists.held_off_roster": "what the clock must do",
    "order_lists.restricted": "each asked of the sealed box",
    "alike.own": "one's own orders",
    "alike.of_others": "compared by the program; who looks at the one order is asked",
    "waiting.of": "numbers of what waits for this person, opened one by one",
    "api.oldest_due": "how long a notice has waited",
    "figures.responses": "of `Period.counted`, whose condition the others show",
    "figures.closings": "part of statements that are run above",
    "figures.state_before": "part of statements that are run above",
    "word_filters.fits": "part of statements that are run above",
    "handovers.drop_old": "what is dropped",
    "api.is_much": "whether there are more than so many",
    "recurring.sum_day": "counts as `recurring.repeated` does",
    "communities.used": "a number, for whoever closes a community",
    "failed_notices.retriable": "what is sent again, unseen",
}  # fmt: skip


def _named(node: ast.AST) -> set[str]:
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return names | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def _reads(path: Path) -> set[str]:
    """The public functions of a module that reach the table of orders, by way of others of the module too."""
    nodes = ast.parse(path.read_text("utf-8")).body
    uses: dict[str, set[str]] = {}
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            uses[node.name] = _named(node)
        elif isinstance(node, ast.Assign):
            for name in set().union(*(_named(target) for target in node.targets)):
                uses[name] = _named(node.value)
    reached = {"orders"}
    while more := {name for name, used in uses.items() if used & reached} - reached:
        reached |= more
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}
    return {f"{path.stem}.{name}" for name in functions & reached}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_read_of_orders_is_known_here(path: Path) -> None:
    found = {name for name in _reads(path) if not name.startswith(CLOCK)}
    assert found - set(READS) - set(ASKED_ELSEWHERE) == set()


@pytest.mark.parametrize("name", sorted(READS))
def test_every_read_of_orders_asks_whom_they_are_kept_from(office: Office, name: str) -> None:
    with office.db.reading() as tx, executed(tx) as statements:
        READS[name](tx)
    of_orders = [text for text, _ in statements if "orders" in str(text)]
    assert of_orders
    assert all("exclusions" in str(each) for each in of_orders)
