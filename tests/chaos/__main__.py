"""Faults at random against the real processes, and a check afterwards: `python -m tests.chaos [SECONDS] [SEED] [sqlite|postgresql] [FAULTS]`.

The seed is printed first; it decides which faults come in which order and who says what. When things happen depends on the machine.
All faults come once before one comes again. FAULTS: only those whose names begin with one of these, separated by commas.
"""

import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from random import Random

from bot.services.office import no_nudge, open_office
from tests.chaos import checker, disks
from tests.chaos.faults import FAULTS
from tests.chaos.people import Crowd
from tests.chaos.world import World, world

SECONDS, SETTLE_SECONDS = 600.0, 150.0
RESIDENTS = 5
ALONE = ("redis", "database", "platform", "time", "worker", "quota", "token")
"""One of these at a time: two would undo each other."""
PUT_OFF = 360.0  # seconds; what a clock that ran ahead has put off


def main(seconds: float, seed: int, kind: str, names: Sequence[str]) -> int:
    """0 where everything holds."""
    with suppress(OSError):  # then a full disk is imitated, which is said
        disks.separate()
    print(f"chaos: {seconds:.0f} s, seed {seed}, {kind}", flush=True)
    random = Random(seed)
    with world(kind, random) as found:
        crowd = _crowd(found, seed)
        crowd.talk()
        try:
            _hurt(found, seconds, names)
        finally:
            crowd.end()
        took = _settle(found)
        wrong = checker.violations(found, crowd.said)
        answered = sum(one.status == "answered" for one in crowd.said)
        lost = sum(checker.LOST in one.reply for one in crowd.said)
        print(
            f"chaos: {len(crowd.said)} messages, {answered} answered, {lost} told that they are lost, "
            f"{len(crowd.codes)} orders, {found.kills} workers killed; "
            f"settled after {took:.0f} s; {len(wrong)} violations"
        )
        for line in wrong:
            print(f"chaos: {line}")
    return 1 if wrong else 0


def _crowd(found: World, seed: int) -> Crowd:
    crowd = Crowd(found.stack.sandbox)
    for number, openid in enumerate(found.stack.sandbox.new_users(RESIDENTS)):
        crowd.add(openid, "resident", seed * 100 + number)
    for number, (name, openid) in enumerate(found.people.items(), RESIDENTS):
        crowd.add(openid, "member" if name.startswith("党员") else "staff", seed * 100 + number)
    return crowd


def _hurt(found: World, seconds: float, names: Sequence[str]) -> None:
    """One or two faults at a time, each for some moments, with a little peace between."""
    until, wanted = time.monotonic() + seconds, [name for name in FAULTS if name.startswith(tuple(names))]
    deck: list[str] = []
    while time.monotonic() < until:
        if len(deck) < 2:
            deck += found.random.sample(wanted, len(wanted))
        chosen = [deck.pop(0) for _ in range(found.random.choice([1, 1, 2]))]
        if sum(name.startswith(ALONE) for name in chosen) > 1:
            deck[:0] = chosen[1:]
            chosen = chosen[:1]
        print(f"chaos: {', '.join(chosen)}", flush=True)
        with ExitStack() as stack:
            for name in chosen:
                stack.enter_context(FAULTS[name](found))
            time.sleep(found.random.uniform(0.5, 4.0))
        time.sleep(found.random.uniform(0.2, 1.5))


def _settle(found: World) -> float:
    """Wait until nothing is under way; the seconds that it took."""
    began = time.monotonic()
    found.stack.sandbox.clear_faults()
    found.stack.eventually(found.stack.ready)
    found.pass_time(PUT_OFF)
    office = open_office(found.stack.settings, no_nudge)
    try:
        while not checker.settled(office, found.now()) and time.monotonic() < began + SETTLE_SECONDS:
            time.sleep(0.5)
    finally:
        office.db.close()
    return time.monotonic() - began


if __name__ == "__main__":
    given = dict(enumerate(sys.argv[1:]))
    chosen_seed = int(given.get(1) or int.from_bytes(os.urandom(2)))
    only = (given.get(3) or "").split(",")
    sys.exit(main(float(given.get(0) or SECONDS), chosen_seed, given.get(2) or "sqlite", only))
