"""How an order stands that is named by what it is about."""

from bot.dialogue.context import Context
from bot.dialogue.interface.work import Page
from bot.dialogue.staff import lists
from bot.dialogue.staff.words import said
from bot.errors import NotFound


def status_of(context: Context) -> str | None:
    """停水的处理了没有, 金色春天7号楼的单: None where no order fits, since the words may mean something else."""
    found = said.found(context, "status_of")
    page = context.lists.page("anything", found["what"]) if found is not None else None
    return _shown(context, page) if page is not None and page.orders else None


def status(context: Context) -> str | None:
    """How an order goes: the orders that fit, whatever their state but closed."""
    found = said.found(context, "status")
    if found is None:
        return None
    page = context.lists.page("anything", found["what"])
    if not page.orders:
        raise NotFound("work_talk.none_fits", words=found["what"])
    return _shown(context, page)


def _shown(context: Context, page: Page) -> str:
    lines = [lists.line(context, each) for each in page.orders]
    return "\n".join([*lines, context.say("work_talk.see_one", code=page.orders[0].order.code)])
