"""The clock's loop: one step that breaks must not keep the others from being done."""

import logging
from collections.abc import Callable

log = logging.getLogger(__name__)


def do(about: str, step: Callable[[], object]) -> object:
    """What the step answers. What breaks is logged with its cause, and the answer is None; the next round finds it again."""
    try:
        return step()
    except Exception:
        log.exception("the clock could not deal with %s", about)
        return None
