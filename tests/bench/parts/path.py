"""The durable path of a message, all processes running, against two peers in the same run."""

import itertools
import statistics

from tests.bench.installation import TOKEN, whole
from tests.bench.load import generator
from tests.bench.load.generator import Load, Result
from tests.bench.load.sizes import Sizes
from tests.bench.measured.processes import cpu_seconds, wait_until_calm
from tests.bench.measured.progress import tell
from tests.bench.measured.report import Row, Table
from tests.bench.peers import peers
from tests.bench.peers.peers import ECHO, WEROBOT

OURS = "Wutong"
WARM_UP = 1.5  # seconds of load before anything counts
_series = itertools.count(1)
DATABASE = "database"
Results = dict[tuple[str, int], list[Result]]


def measure(sizes: Sizes) -> Table:
    """Rounds are interleaved, so that whatever else the machine does falls on all alike; the median of them counts."""
    names = (ECHO, WEROBOT) if sizes.peers else (ECHO,)
    if sizes.peers:
        peers.install()
    rows: list[Row] = []
    notes = ["Messages 帮助, 进度, a request and 补充 in equal parts; every connection waits for each answer."]
    busy = 0.0
    for kind in sizes.databases:
        results, spent = _results(kind, names, sizes)
        rows += _rows(kind, names, sizes, results)
        shares = ", ".join(f"{name} {ms:.2f}" for name, ms in spent.items())
        notes.append(f"CPU ms of all processes for a message, {kind}: {shares}; together {sum(spent.values()):.2f}.")
        busy = max(busy, *(result.busy for found in results.values() for result in found))
    note = " ".join([*notes, f"The load generator used at most {busy:.2f} of a core."])
    ratios = tuple("of the echo" if name == ECHO else "of WeRoBot" for name in names)
    return Table("path of a message", ("connections", "messages/s", "p50 ms", "p99 ms"), ratios, tuple(rows), note)


def _results(kind: str, names: tuple[str, ...], sizes: Sizes) -> tuple[Results, dict[str, float]]:
    """What came back from every service, and the CPU milliseconds of a message by process of ours."""
    results: Results = {}
    with whole(kind) as (stack, base), peers.running(names, stack.settings.var_dir, TOKEN) as others:
        roots = {name: process.pid for name, process in stack.running.items()}
        roots |= {DATABASE: base.server} if base.server is not None else {}
        ports = {OURS: stack.webs[0], **{name: peer.port for name, peer in others.items()}}
        for port in ports.values():
            _send(port, 4, min(WARM_UP, sizes.seconds))
        wait_until_calm(roots.values())
        spent = dict.fromkeys(roots, 0.0)
        for connections, number in itertools.product(sizes.connections, range(sizes.rounds)):
            tell(f"path: {kind}, {connections} connections, round {number + 1} of {sizes.rounds}")
            for name, port in ports.items():
                before = {each: cpu_seconds([root]) for each, root in roots.items()}
                found = _send(port, connections, sizes.seconds)
                results.setdefault((name, connections), []).append(_checked(name, found))
                wait_until_calm(roots.values())
                if name == OURS:
                    spent = {each: spent[each] + cpu_seconds([root]) - before[each] for each, root in roots.items()}
    answered = sum(result.answered for (name, _), found in results.items() if name == OURS for result in found)
    return results, {name: 1000 * seconds / answered for name, seconds in spent.items()}


def _checked(name: str, found: Result) -> Result:
    """AssertionError for a load that is no result."""
    assert not found.bad, f"{name}: {found.bad} of {found.answered} answers are bad: {found.first_bad}"
    lost = found.requests - found.placed
    assert not lost or name != OURS, f"{lost} of {found.requests} requests became no order"
    return found


def _send(port: int, connections: int, seconds: float) -> Result:
    return generator.send(Load(port, connections, seconds, next(_series), TOKEN))


def _rows(kind: str, names: tuple[str, ...], sizes: Sizes, results: Results) -> list[Row]:
    rows = []
    for connections in sizes.connections:
        rates = {name: _median(results, name, connections, "rate") for name in (*names, OURS)}
        for name, rate in rates.items():
            what = f"{name}, {kind}" if name == OURS else f"{name} (beside {kind})"
            times = [f"{_median(results, name, connections, share):.1f}" for share in ("p50", "p99")]
            figures = (str(connections), f"{rate:.0f}", *times)
            rows.append(Row(what, figures, tuple(rate / rates[reference] for reference in names)))
    return rows


def _median(results: Results, name: str, connections: int, figure: str) -> float:
    return float(statistics.median(getattr(result, figure) for result in results[name, connections]))
