"""The words of the one message a day: several broadcasts in one, each in whole or with its beginning and how to read the rest."""

from collections.abc import Mapping, Sequence

from bot.dialogue.reply_length import LIMIT
from bot.store.broadcasts import digests
from bot.texts import Texts

EVENT = digests.EVENT
BEGINNINGS = (80, 40)  # characters of each, where they are too many in whole
BETWEEN = "\n\n"
Part = tuple[Mapping[str, str], str]
"""The facts of a broadcast, and its text as it would be told alone."""


def worded(texts: Texts, parts: Sequence[Part]) -> tuple[Mapping[str, str], str]:
    """The facts for a card, and the text, in one message of LIMIT bytes unless there are very many. One alone as it is; nothing
    of none."""
    if not parts:
        return {}, ""
    if len(parts) == 1:
        return parts[0]
    titles = "；".join(facts["title"] for facts, _ in parts)
    title = texts.say("outbox.digest_title", count=len(parts))
    said = {"title": title, "what": title, "body": titles, "when": parts[0][0]["when"]}
    tried = [[text for _, text in parts], *(_beginnings(texts, parts, most) for most in BEGINNINGS)]
    tried.append([texts.say("outbox.digest_line", **facts) for facts, _ in parts])
    whole = (texts.say("outbox.digest", count=len(parts), texts=BETWEEN.join(one)) for one in tried)
    fitting = list(whole)
    return said, next((text for text in fitting if len(text.encode()) <= LIMIT), fitting[-1])


def _beginnings(texts: Texts, parts: Sequence[Part], most: int) -> list[str]:
    """Each with so many characters of its body; what is shorter in whole."""
    return [
        text
        if len(facts["body"]) <= most
        else texts.say("outbox.digest_part", **{**facts, "body": facts["body"][:most]})
        for facts, text in parts
    ]
