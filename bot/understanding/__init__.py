"""Understanding: what a message wants, about what, how urgent, and where. Pure; data comes from config/.

The reader is loaded by whoever first asks for it: a process that only compares names does without it.
"""

from typing import TYPE_CHECKING, Any

from bot.understanding.result import Category, Command, Place, Speaker, Understanding

if TYPE_CHECKING:
    from bot.understanding.loading import load
    from bot.understanding.reader import Reader

__all__ = ["Category", "Command", "Place", "Reader", "Speaker", "Understanding", "load"]


def __getattr__(name: str) -> Any:
    if name not in ("Reader", "load"):
        raise AttributeError(name)
    from bot.understanding import loading

    return getattr(loading, name)
