"""Short messages: who writes, what kind of thing it is and where to read it, in the provider's approved words."""

from collections.abc import Mapping
from datetime import datetime

from bot.orders.restricted import is_restricted_lane
from bot.services.notices import numbers
from bot.services.notices.reach.ways import Reach, Share, Ways
from bot.services.notices.words.letter import Letter
from config.sms_settings import SmsTemplate

SAFE = frozenset({"who", "kind", "code"})  # what may be said of a restricted matter


def template_for(templates: Mapping[str, SmsTemplate], letter: Letter) -> SmsTemplate | None:
    """The letter's template. A restricted matter goes only into one that says no more than that something waits, and
    to no resident."""
    found = templates.get(letter.kind) or templates.get("*")
    if found is None or not is_restricted_lane(letter.row.order_lane):
        return found
    silent = set(found.variables) <= SAFE and not letter.row.event.endswith(numbers.RESIDENT)
    return found if silent else None


def facts(letter: Letter) -> Mapping[str, str]:
    """What a variable may hold of a notice: of an order neither its title nor who spoke."""
    row = letter.row
    if row.broadcast_id is not None:
        return {"who": letter.facts.get("who", ""), "title": row.broadcast_title, "kind": letter.named}
    known = {name: letter.facts.get(name, "") for name in ("code", "state", "when")}
    return {**known, "kind": letter.named, "title": letter.named}


def _fits(ways: Ways, letter: Letter, now: datetime) -> bool:
    return numbers.has_one(letter.row) and template_for(ways.sms_templates, letter) is not None


def _says(ways: Ways, letter: Letter) -> Share:
    return Share.NOTHING


REACH = Reach(_fits, _says, needs_account=False)
