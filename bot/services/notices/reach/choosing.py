"""In which order the channels are tried for one notice, and which of them are open to its person."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.services.notices.reach import REACHES, turns, wecom
from bot.services.notices.reach.ways import Ways
from bot.services.notices.words.letter import Letter


def order(ways: Ways, letter: Letter) -> Sequence[str]:
    """The person's own order of channels, else the office's; unknown names are passed over. What must be told whole goes by
    `turns.ROUNDS`."""
    own = [name.strip() for name in (letter.row.channels or "").split(",") if name.strip()]
    names = [name for name in (own or ways.order()) if name in REACHES]
    return turns.in_turn(ways, letter, names) if letter.is_to_be_whole else names


def is_open(ways: Ways, letter: Letter, name: str, now: datetime) -> bool:
    """Whether this way is open to the person: who cannot be pushed to may still be in a conversation."""
    row, reach = letter.row, REACHES[name]
    if reach.needs_account and not row.openid:
        return False
    if reach.needs_account and (row.unreachable or not row.subscribed) and not reach.needs_window:
        return False
    return reach.fits(ways, letter, now)


def first(ways: Ways, letter: Letter, now: datetime, *, resting: Collection[str] = ()) -> str | None:
    """The channel that is tried first; None where none is open. `resting`: APIs that others stand in for now."""
    for name in order(ways, letter):
        if is_open(ways, letter, name, now) and _api(ways, letter, name) not in resting:
            return name
    return None


def _api(ways: Ways, letter: Letter, name: str) -> str:
    """Under which name sends by this channel are counted and stopped."""
    robot = wecom.robot_of(ways.robots, letter) if name == wecom.NAME else None
    return wecom.api_of(robot) if robot is not None else name
