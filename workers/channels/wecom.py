"""Groups of WeCom: one post for everybody of a branch."""

from datetime import datetime

from bot.services.notices.reach.wecom import robot_of
from bot.services.notices.words.letter import Letter
from workers.channels.channel import Means, Sent


def send(means: Means, letter: Letter, now: datetime) -> Sent:
    robot = robot_of(means.ways.robots, letter)
    assert means.groups is not None
    assert robot is not None
    post = means.groups.post(letter, robot, now)
    return Sent(f"g{post}", whole=means.groups.text(letter)[1])
