"""Groups of WeCom: the last way to tell a broadcast. One post tells everybody of a branch whom no personal channel reaches."""

from datetime import datetime

from bot.orders.restricted import is_restricted_lane
from bot.services.notices.letter import Letter
from workers.channels.channel import Channel, Means, Sent, Share


def _fits(means: Means, letter: Letter, now: datetime) -> bool:
    """Only broadcasts: nothing about an order or of one person is for a group to read."""
    row = letter.row
    if (
        means.groups is None
        or row.broadcast_id is None
        or row.order_id is not None
        or is_restricted_lane(row.order_lane)
    ):
        return False
    return means.groups.robot_of(letter) is not None


def _send(means: Means, letter: Letter, now: datetime) -> Sent:
    assert means.groups is not None
    robot = means.groups.robot_of(letter)
    assert robot is not None
    post = means.groups.post(letter, robot, now)
    return Sent(f"g{post}", whole=means.groups.text(letter)[1])


def _says(means: Means, letter: Letter) -> Share:
    """Nothing to this person: what says it to the person goes first."""
    return Share.NOTHING


CHANNEL = Channel(_fits, _says, _send, needs_window=False, needs_account=False)
