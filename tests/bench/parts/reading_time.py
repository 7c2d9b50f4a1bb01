"""What the reading of a text costs in CPU time, by its length, against an echo called in process."""

import statistics
import subprocess
import sys
from collections.abc import Callable

from bot import understanding
from bot.messages import LONGEST
from config.settings import CONFIG_DIR, ROOT
from tests.bench.installation import TOKEN
from tests.bench.load import conversations
from tests.bench.load.sizes import Sizes
from tests.bench.measured.progress import tell
from tests.bench.measured.report import Row, Table, shown
from tests.bench.peers import echo
from tests.bench.service import Caller

LETTER = (
    "您好，我是陈桥社区的居民，想反映一下小区里的情况。{request}。这件事已经有半个多月了，我们找过物业两次，"
    "物业说会安排人来看，可是一直没有人来，晚上老人和孩子进出都很不方便，希望社区能帮忙问一问，谢谢。"
)
LOADING = (
    "import time; from bot import understanding; from config.settings import CONFIG_DIR; began = time.process_time(); "
    "understanding.load(CONFIG_DIR); print(1000 * (time.process_time() - began))"
)
REFERENCE = "echo that stores nothing (reference)"


def measure(sizes: Sizes) -> Table:
    tell("reading: texts of all lengths")
    reader = understanding.load(CONFIG_DIR)
    reference = Caller(echo.create_app(TOKEN))
    requests = [conversations.request_text(number) for number in range(sizes.messages)]
    letters = [LETTER.format(request=text) for text in requests]
    longest = ["".join(letters * (LONGEST // len(letters[0]) + 1))[:LONGEST]]
    actions: dict[str, list[Callable[[], object]]] = {
        REFERENCE: [lambda: reference.say("o_bench_echo", conversations.HELP)] * sizes.messages,
        "a command": [lambda: reader.understand(conversations.HELP)] * sizes.messages,
        "a request": [lambda text=text: reader.understand(text) for text in requests],  # type: ignore[misc]
        f"a letter of {len(letters[0])} characters": [lambda text=text: reader.understand(text) for text in letters],  # type: ignore[misc]
        f"the longest text that is read ({LONGEST:,} characters)": [lambda: reader.understand(longest[0])],
    }
    found: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(sizes.blocks + 1):
        for name, calls in actions.items():
            found[name].append(reference.cost(calls).client)
    times = {name: statistics.median(blocks[1:]) for name, blocks in found.items()}  # the first block warms up
    times["loading what the reading knows, in a new process"] = statistics.median(_load() for _ in range(sizes.rounds))
    rows = [Row(name, (shown(ms),), (ms / times[REFERENCE],)) for name, ms in times.items()]
    return Table("reading", ("CPU ms",), ("of the echo",), tuple(rows))


def _load() -> float:
    """CPU milliseconds, without those of the imports."""
    return float(subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=True, cwd=ROOT).stdout)
