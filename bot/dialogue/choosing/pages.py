"""A list in pages of eight. 更多 goes on behind the last line that was shown, whatever has come or gone meanwhile."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.dialogue.context import Context
from bot.orders.order import Order

SIZE = 8
"""Orders of a page."""
KEPT = timedelta(minutes=30)
"""How long 更多 goes on with a list."""
Position = Sequence[Any]


def keep(context: Context, name: str, after: Position | None, words: str = "") -> None:
    """Remember where 更多 goes on; None ends the list."""
    context.session.data.pop("rest", None)
    context.session.data.pop("page", None)
    if after is not None:
        context.session.data["page"] = {
            "list": name, "words": words, "after": list(after), "at": context.now.isoformat(),
        }  # fmt: skip


def kept(context: Context) -> dict[str, Any] | None:
    """The list that 更多 goes on with; None where there is none, or none any more."""
    page: dict[str, Any] | None = context.session.data.get("page")
    if page is not None and context.now - datetime.fromisoformat(page["at"]) > KEPT:
        del context.session.data["page"]
        return None
    return page


def page(
    context: Context, name: str, orders: Sequence[Order], position: Callable[[Order], Position],
    line: Callable[[Order], str], most: int | None = None,
) -> str:  # fmt: skip
    """The lines of these orders' first page, and what says that there are more. `most`: so many were looked for at most."""
    shown, left = orders[:SIZE], len(orders) - SIZE
    keep(context, name, position(shown[-1]) if left > 0 else None)
    lines = [line(order) for order in shown]
    if left > 0:
        number = str(left) if most is None or len(orders) < most else context.say("lists.at_least", number=left)
        lines.append(context.say("lists.more", number=number))
    return "\n".join(lines)
