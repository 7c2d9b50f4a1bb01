"""`python -m tests.bench.talks`: the share of the talk table that goes right, by kind.

--wrong [KIND] lists what goes wrong of the entries that may be tuned on; those held back only count, unless --held.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench.measured.progress import tell
from tests.talks import table
from tests.talks.judge import wrongs
from tests.talks.opening import opened
from tests.talks.stage import Broken, Stage
from tests.talks.table import Entry


@dataclass(frozen=True, slots=True)
class Played:
    """An entry and what is wrong with how it went."""

    entry: Entry
    wrong: tuple[str, ...]


def play(stage: Stage, chosen: Iterable[Entry]) -> Iterator[Played]:
    """Each entry, played. Those of one place come after each other, which plays it once."""
    for entry in chosen:
        try:
            yield Played(entry, tuple(wrongs(stage, entry)))
        except Broken as error:
            yield Played(entry, (f"the situation {entry.given} cannot be brought about: {error}",))


def shares(played: Sequence[Played]) -> dict[str, float]:
    """The share right by kind."""
    whole = Counter(one.entry.kind for one in played)
    right = Counter(one.entry.kind for one in played if not one.wrong)
    return {kind: right[kind] / whole[kind] for kind in whole}


def lines(played: Sequence[Played]) -> Iterator[str]:
    """The table: by kind the share right of the tuned and of the held-back entries, the worst first."""
    yield f"{'kind':<14}{'entries':>8}{'tuned':>8}{'held back':>11}"
    groups = {
        kind: [one for one in played if one.entry.kind == kind]
        for kind in sorted(shares(played), key=lambda kind: shares(played)[kind])
    }
    for kind, group in [*groups.items(), ("all", list(played))]:
        tuned = [one for one in group if not one.entry.held_back]
        held = [one for one in group if one.entry.held_back]
        wide = 14 - sum(ord(sign) > 0x2E80 for sign in kind)
        yield f"{kind:<{wide}}{len(group):>8}{_share(tuned):>8}{_share(held):>11}"
    wanted = sum(len(one.entry.want) for one in played)
    missed = sum(min(len(one.wrong), len(one.entry.want)) for one in played)
    yield f"of {wanted} single expectations {1 - missed / max(wanted, 1):.0%} are met"


def _share(played: Sequence[Played]) -> str:
    return f"{sum(not one.wrong for one in played) / len(played):.0%}" if played else "-"


def _explained(one: Played) -> str:
    entry = one.entry
    place = " · ".join((entry.given, *entry.then))
    return f"\n{entry.id} {entry.kind} [{place}]\n  {entry.who}: {entry.said}" + "".join(
        f"\n    ✗ {w}" for w in one.wrong
    )


def main(given: Sequence[str] | None = None) -> None:
    """Play the table, or a kind of it, and print what came of it."""
    ask = argparse.ArgumentParser("python -m tests.bench.talks", description=__doc__)
    ask.add_argument(
        "--wrong", nargs="?", const="", metavar="KIND", help="list what goes wrong, of all kinds or of one"
    )
    ask.add_argument("--held", action="store_true", help="list what goes wrong of the held-back entries too")
    ask.add_argument("--kind", help="play this kind alone")
    asked = ask.parse_args(given)

    only = asked.kind or asked.wrong
    if only and only not in table.kinds():
        ask.error(f"no such kind: {only}; there are {'、'.join(table.kinds())}")
    began = time.monotonic()
    with opened() as stage:
        played = list(play(stage, [entry for entry in table.entries() if not only or entry.kind == only]))
    if asked.wrong is not None:
        for one in played:
            if one.wrong and (asked.held or not one.entry.held_back):
                print(_explained(one))
        print()
    print("\n".join(lines(played)))
    tell(f"{len(played)} entries in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
