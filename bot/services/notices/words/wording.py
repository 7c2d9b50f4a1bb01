"""How the sending of a notice went, in words for staff: its channel, and why it has not gone out."""

import re

from bot.texts import Texts

CODE = re.compile(r"-?\d+(?!\S)")  # the platform's error code, which begins its words


def way(texts: Texts, channel: str) -> str:
    """The channel's name; as it stands in the record where the locale has none."""
    return _known(texts, f"channel.{channel}") or channel


def why(texts: Texts, reason: str | None) -> str:
    """The reason of a notice that has not gone out; the platform's own words where the locale has none for them."""
    if not reason:
        return texts.say("unsent.unknown")
    code = CODE.match(reason)
    return _known(texts, f"unsent.{code[0] if code else reason.replace(' ', '_')}") or texts.say(
        "unsent.said", words=reason
    )


def _known(texts: Texts, key: str) -> str | None:
    return texts.say(key) if texts.has(key) else None
