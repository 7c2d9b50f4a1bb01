"""A reminder to thousands through the Procfile's own processes, against what the platform's answers alone would take."""

import time
from dataclasses import dataclass

from tests.bench.installation import TOKEN, whole
from tests.bench.load import quick_platform
from tests.bench.load.probe import Probe
from tests.bench.load.quick_platform import QuickPlatform
from tests.bench.load.sizes import Sizes
from tests.bench.measured.processes import cpu_seconds, memory, wait_until_calm
from tests.bench.measured.progress import tell
from tests.bench.measured.report import Row, Table
from tests.end_to_end.stack import Stack

ANSWER_SECONDS, WORKERS = 0.05, ("worker", "worker2")
WARM = 10  # per cent of the recipients, after which a worker holds what it needs


@dataclass(frozen=True, slots=True)
class Sent:
    """What one reminder took. Seconds from the approval to the last message; CPU milliseconds of the workers for a notice;
    MB of the larger worker; milliseconds of the webhook before and meanwhile."""

    seconds: float
    cpu: float
    warm: float
    end: float
    idle: float
    meanwhile: float


def measure(sizes: Sizes) -> Table:
    """The limit: connections that are never idle."""
    rows: list[Row] = []
    limit = 0.0
    for kind in sizes.databases:
        tell(f"fanout: {kind}, {sizes.recipients:,} recipients")
        with whole(kind, workers=len(WORKERS)) as (stack, _), quick_platform.running(ANSWER_SECONDS) as platform:
            sent = _measured(stack, platform, sizes)
            limit = sizes.recipients * ANSWER_SECONDS / (len(WORKERS) * stack.settings.send_parallel)
        figures = (
            f"{sent.seconds:.2f}", f"{sent.cpu:.2f}", f"{sent.warm:.0f}", f"{sent.end:.0f}", f"{sent.idle:.1f}",
            f"{sent.meanwhile:.1f}",
        )  # fmt: skip
        ratios = (sent.seconds / limit, sent.end / sent.warm, sent.meanwhile / sent.idle)
        rows.append(Row(f"{len(WORKERS)} workers, {kind}", figures, ratios))
    note = (
        f"{sizes.recipients:,} recipients. The limit is what the platform's answers alone take: {limit:.2f} s. From the approval to "
        "the last message; the platform is a process of its own on the same machine, which only waits and answers. MB of the larger "
        f"worker after {WARM} % and at the end. The webhook gets a message every 25 ms."
    )
    heads = ("s", "worker CPU ms", "worker MB", "at the end", "webhook p99 ms idle", "meanwhile")
    return Table("a reminder to many", heads, ("of the limit", "memory", "webhook"), tuple(rows), note)


def _measured(stack: Stack, platform: QuickPlatform, sizes: Sizes) -> Sent:
    stack.bound_members(sizes.recipients)
    author, chief = stack.tokens_for_broadcasts("陈桥甲", "办事处甲")
    for name in WORKERS:
        stack.kill(name)
        stack.start(name, WECHAT_API_URL=platform.url)
    where = stack.reminder_of(author)
    workers = [stack.running[name].pid for name in WORKERS]
    wait_until_calm(process.pid for process in stack.running.values())
    with Probe(stack.webs[0], TOKEN, 1) as idle:
        time.sleep(sizes.seconds)
    before, began, cpu = platform.count(), time.time(), cpu_seconds(workers)
    with Probe(stack.webs[0], TOKEN, 2) as meanwhile:
        stack.api("POST", f"{where}/approve", chief)
        stack.eventually(lambda: platform.count() - before >= max(1, sizes.recipients * WARM // 100))
        warm = _largest(workers)
        stack.eventually(lambda: platform.count() - before >= sizes.recipients)
    spent, end = 1000 * (cpu_seconds(workers) - cpu) / sizes.recipients, _largest(workers)
    stack.eventually(lambda: stack.api("GET", where, author).json()["counts"]["sent"] >= sizes.recipients)
    sent = platform.sent()[before:]
    assert len({whom for _, whom in sent}) == len(sent), "somebody was told twice"
    return Sent(max(at for at, _ in sent) - began, spent, warm, end, idle.p99, meanwhile.p99)


def _largest(workers: list[int]) -> float:
    return max(memory(process)["Rss"] for process in workers)
