"""A broadcast is stopped, goes on, or is taken back, in the chat."""

from bot.dialogue.context import Context
from bot.dialogue.staff.broadcasts.words import NUMBERED, numbered


def pause(context: Context, code: str | None, rest: str) -> str:
    """暂停提醒 N."""
    number = _only(context, rest, "pause")
    context.broadcasts.pause(number)
    return context.say("broadcast.paused", number=number)


def resume(context: Context, code: str | None, rest: str) -> str:
    """继续提醒 N."""
    number = _only(context, rest, "resume")
    state = context.broadcasts.resume(number)
    return context.say("broadcast.resumed", number=number, state=context.say(f"broadcast.state.{state}"))


def recall(context: Context, code: str | None, rest: str) -> str:
    """撤回提醒 N, with words of correction for those who have it already."""
    found = NUMBERED.fullmatch(rest)
    number = int(found[1]) if found is not None else _only(context, rest, "recall")
    words = found[2].strip() if found is not None else ""
    told = context.broadcasts.recall(number, words)
    key = "broadcast.recalled_told" if told else "broadcast.recalled"
    return context.say(key, number=number, told=told)


def _only(context: Context, rest: str, command: str) -> int:
    """The broadcast that the words name, or the only one of the speaker's that is under way."""
    if not rest.strip():
        under_way = [each.number for each in context.broadcasts.mine() if each.state in UNDER_WAY[command]]
        if len(under_way) == 1:
            return under_way[0]
    return numbered(rest, command)[0]


UNDER_WAY = {
    "pause": ("scheduled", "sending"), "resume": ("paused",), "recall": ("review", "scheduled", "sending", "paused"),
}  # fmt: skip
