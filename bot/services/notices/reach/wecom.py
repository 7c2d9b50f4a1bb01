"""Groups of WeCom: the last way to tell a broadcast. One post tells everybody of a branch whom no personal channel reaches."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from bot.broadcasts.audience import Audience
from bot.orders.restricted import is_restricted_lane
from bot.orders.rights import MEMBER
from bot.services.notices.reach.ways import Reach, Share, Ways
from bot.services.notices.words.letter import Letter

NAME = "wecom"
ALL = "*"  # the robot of branches without one of their own


def api_of(robot: str) -> str:
    """Under which name the sends of a robot are counted; the branch's name stays out of Redis."""
    return f"{NAME}:{hashlib.sha256(robot.encode()).hexdigest()[:12]}"


def robot_of(robots: Mapping[str, str], letter: Letter) -> str | None:
    """The robot of the person's branch; None where there is none, and for whoever is of no branch."""
    branch: str | None = letter.row.branch
    if branch is None or letter.row.broadcast_id is None:
        return None
    audience = Audience.of(letter.row.broadcast_audience or {})
    if audience.names or audience.grid or audience.exclude or not set(audience.role) <= {MEMBER}:
        return None  # the whole group reads it, so it must be for the whole group
    if branch in robots:
        return branch
    return None if audience.community or audience.branch or ALL not in robots else ALL


def _fits(ways: Ways, letter: Letter, now: datetime) -> bool:
    """Only broadcasts: nothing about an order or of one person is for a group to read."""
    row = letter.row
    if not ways.robots or row.broadcast_id is None or row.order_id is not None or is_restricted_lane(row.order_lane):
        return False
    return robot_of(ways.robots, letter) is not None


def _says(ways: Ways, letter: Letter) -> Share:
    """Nothing to this person: what says it to the person goes first."""
    return Share.NOTHING


REACH = Reach(_fits, _says, needs_account=False)
