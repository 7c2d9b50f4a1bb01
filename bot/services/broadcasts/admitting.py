"""Which audiences are admitted, and how many approvals one needs by whom it reaches."""

from bot.broadcasts.audience import Audience
from bot.errors import NotFound
from bot.services.office import Office
from bot.store.broadcasts import audience, lists
from bot.store.database import Tx

PLACED = ("community", "branch", "grid")
"""The parts that must be somebody's on the roster."""


def check_audience(office: Office, tx: Tx, meant: Audience) -> None:
    """NotFound for an empty value, and for a community, branch or grid that is on nobody of the roster."""
    parts = meant.as_json()
    if any(not value.strip() for values in parts.values() for value in values):
        raise NotFound("broadcast.audience_blank")
    named = {part: parts[part] for part in PLACED if part in parts}
    if not named:
        return
    roster = lists.groups(tx)
    known = {part: [value for value, _ in roster[part]] for part in PLACED}
    known["community"] += office.reader.communities()
    unknown = [
        value for part, values in named.items() for value in values if not _is_known(part, value, known[part])
    ]  # fmt: skip
    if unknown:
        raise NotFound("broadcast.on_nobody", names="、".join(unknown))


def _is_known(part: str, value: str, known: list[str]) -> bool:
    """As the database compares: a branch or a grid by the end of its name too, but not a bare number."""
    if part == "community" or (part == "grid" and value[0].isdigit()):
        return value in known
    return any(one.endswith(value) for one in known)


def approvals_needed(office: Office, tx: Tx, meant: Audience) -> int:
    """Two where it goes to the whole office, or reaches nearly everybody on the roster."""
    communities = office.reader.communities()
    if meant.is_whole_office(communities):
        return 2
    if not meant.may_be_nearly_all():
        return 1
    return 2 if meant.is_nearly_all(*audience.reach(tx, meant)) else 1
