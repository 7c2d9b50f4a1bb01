"""订阅, 退订: which broadcasts one wishes to get. Reminders and meetings of one's own role are a duty; residents get service notices
only where they agreed, and take that back as easily."""

from bot.broadcasts.life import NO_DUTY
from bot.dialogue.context import Context
from bot.dialogue.interface.received import Wishes
from bot.understanding.normalize import fold

SERVICE = "service"


def subscribe(context: Context, code: str | None, rest: str) -> str:
    """订阅 kind; a resident without a kind agrees to service notices, the only ones there are for residents."""
    kinds = _kinds(context, rest)
    if not kinds:
        return context.say("preferences.how", holds=_holds(context))
    for kind in kinds:
        if context.me.roles:
            context.received.mute(kind, muted=False)
        if kind == SERVICE:
            context.received.agree(agreed=True)
    return context.say("preferences.changed", holds=_holds(context))


def unsubscribe(context: Context, code: str | None, rest: str) -> str:
    """退订 kind; without one everything that is no duty."""
    kinds = _kinds(context, rest)
    if not kinds:
        return context.say("preferences.how", holds=_holds(context))
    for kind in kinds:
        if context.me.roles:
            context.received.mute(kind, muted=True)
        if kind == SERVICE and context.received.wishes().service:
            context.received.agree(agreed=False)
    return context.say("preferences.changed", holds=_holds(context))


def collect(context: Context, code: str | None, rest: str) -> str:
    """每天一条: what is no duty comes in one message a day."""
    context.received.collect(digest=True)
    return context.say("preferences.changed", holds=_holds(context))


def separately(context: Context, code: str | None, rest: str) -> str:
    """逐条发: as each is sent."""
    context.received.collect(digest=False)
    return context.say("preferences.changed", holds=_holds(context))


def _kinds(context: Context, rest: str) -> list[str]:
    """The kinds that the words of the command name, behind it or in it (退订通报); of a resident without one the only kind there is."""
    said = fold((context.meant.command.words if context.meant.command is not None else "") + rest)
    named = {kind for word, kind in context.broadcasts.kind_words().items() if fold(word) in said}
    return sorted(named) if named or context.me.roles else [SERVICE]


def _holds(context: Context) -> str:
    """What holds now."""
    wishes = context.received.wishes()
    if not context.me.roles:
        return context.say("preferences.agreed" if wishes.service else "preferences.not_agreed") + _pace(
            context, wishes
        )
    lines = [context.say("preferences.duty")]
    for kind in NO_DUTY:
        gets = kind not in wishes.muted
        key = "preferences.gets" if gets else "preferences.gets_not"
        lines.append(context.say(key, kind=context.say(f"broadcast.kind.{kind}")))
    return "\n".join(lines) + _pace(context, wishes)


def _pace(context: Context, wishes: Wishes) -> str:
    """How often it comes, where anything comes."""
    if not context.me.roles and not wishes.service:
        return ""
    return "\n" + context.say("preferences.once_a_day" if wishes.digest else "preferences.each")
