"""What only an administrator can confirm: that a new device is somebody's own, and that somebody's data is deleted."""

from bot.dialogue.context import Context
from bot.errors import NotUnderstood


def confirm_device(context: Context, code: str | None, rest: str) -> str:
    """确认换机 NAME: the person's new device sees the contacts of older orders again."""
    name = ((code or "") + rest).strip()
    if not name:
        raise NotUnderstood("device.how")
    return context.say("device.confirmed", name=context.account.confirm_device(name))


def erase(context: Context, code: str | None, rest: str) -> str:
    """确认删除 CODE: what the resident of this request gave is deleted."""
    if code is None:
        raise NotUnderstood("deletion.how")
    context.deletion.confirm(code)
    return context.say("deletion.confirmed", code=code)
