"""What the processes of an installation hold and what their start costs, against the echo on the same server."""

from tests.bench.installation import TOKEN, whole
from tests.bench.load import generator
from tests.bench.load.generator import Load
from tests.bench.load.sizes import Sizes
from tests.bench.measured.processes import memory, own_cpu_seconds, tree, wait_until_calm
from tests.bench.measured.progress import tell
from tests.bench.measured.report import Row, Table
from tests.bench.peers import peers
from tests.bench.peers.peers import ECHO

NAMES = {"web": "web, one process", "worker": "worker", "clock": "clock"}
SERVERS = ("web", ECHO)
SERIES = 900  # of users, which no other part uses


def measure(sizes: Sizes) -> Table:
    """Memory after some seconds of load on SQLite; CPU seconds from the start until nothing is left to do."""
    tell("memory: starting the processes")
    kind = sizes.databases[0]
    with whole(kind, cast="") as (stack, _), peers.running((ECHO,), stack.settings.var_dir, TOKEN) as echo:
        roots = {ECHO: echo[ECHO].process, **{name: stack.running[name].pid for name in NAMES}}
        wait_until_calm(roots.values())
        starts = {name: own_cpu_seconds(working(name, root)) for name, root in roots.items()}
        for number, port in enumerate((echo[ECHO].port, stack.webs[0])):
            generator.send(Load(port, 4, sizes.seconds, SERIES + number, TOKEN))
        wait_until_calm(roots.values())
        held = {name: memory(working(name, root)) for name, root in roots.items()}
    rows = [
        Row(
            NAMES.get(name, f"{name}, one process (reference)"),
            (f"{held[name]['Rss']:.0f}", f"{held[name]['Pss']:.0f}", f"{starts[name]:.2f}"),
            (held[name]["Pss"] / held[ECHO]["Pss"], starts[name] / starts[ECHO]),
        )
        for name in roots
    ]
    note = "RSS and PSS after some seconds of load; PSS counts what processes share by its share."
    figures = ("RSS MB", "PSS MB", "start, CPU s")
    return Table("memory and start", figures, ("PSS of the echo's", "start of the echo's"), tuple(rows), note)


def working(name: str, root: int) -> int:
    """The process that does the work. A web server has one for it below the first; what a worker or the clock starts for
    a short time is not counted."""
    if name not in SERVERS:
        return root
    return max(tree(root), key=lambda process: memory(process)["Rss"])
