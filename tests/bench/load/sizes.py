"""How much is measured: the whole bench, and the smallest one that still takes every step."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of one run."""

    databases: tuple[str, ...]
    peers: bool  # whether WeRoBot is installed and measured
    rounds: int  # of the load, of which the median counts
    seconds: float  # of load in a round
    connections: tuple[int, ...]
    messages: int  # of each kind in one block
    blocks: int  # of each kind, of which the median counts
    few: int  # rows of the tables that grow
    many: int
    board_few: int  # orders beside which the board is compared with many
    clock_seconds: float  # for which the clock is watched; a slow look comes every 30 s
    recipients: int


SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
WHOLE = Sizes(
    databases=(SQLITE, POSTGRESQL), peers=True, rounds=3, seconds=4.0, connections=(16, 2), messages=40, blocks=5,
    few=1_000, many=1_000_000, board_few=10_000, clock_seconds=35, recipients=10_000,
)  # fmt: skip
SMALLEST = Sizes(
    databases=(SQLITE, POSTGRESQL), peers=False, rounds=1, seconds=0.3, connections=(2,), messages=2, blocks=1,
    few=20, many=200, board_few=100, clock_seconds=5, recipients=20,
)  # fmt: skip
