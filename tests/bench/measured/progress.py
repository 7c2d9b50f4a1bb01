"""One line on standard error for each step, with the seconds since the start; the tables alone go to standard output."""

import sys
import time

_STARTED = time.monotonic()


def tell(what: str) -> None:
    print(f"bench: {time.monotonic() - _STARTED:4.0f} s  {what}", file=sys.stderr, flush=True)
