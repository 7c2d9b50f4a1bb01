"""What staff say in natural words, compared with the patterns of the locale ([work] of work.toml)."""

import re
from collections.abc import Iterator

from bot.dialogue.context import Context
from bot.dialogue.interface.report import Period
from bot.understanding.topics import standard_text

LEFT_OVER = 6  # characters beside the pattern that change nothing


def words(context: Context) -> str:
    """The message in the form in which patterns are written: folded, without spaces and marks."""
    return standard_text(context.meant.folded.replace(" ", ""))


def found(context: Context, topic: str) -> re.Match[str] | None:
    """Where the first of the topic's patterns fits; None where none does."""
    return next(all_found(context, topic), None)


def all_found(context: Context, topic: str) -> Iterator[re.Match[str]]:
    """Where each of the topic's patterns fits."""
    said = words(context)
    tried = (re.search(pattern, said) for pattern in context.reader.work_words()["said"][topic])
    return (match for match in tried if match is not None)


def in_raw(context: Context, topic: str) -> re.Match[str] | None:
    """As `found`, in the words as they were typed."""
    patterns = context.reader.work_words()["said"][topic]
    return next((match for match in (re.search(pattern, context.meant.text) for pattern in patterns) if match), None)


def pointed_at(context: Context, what: str) -> re.Match[str] | None:
    """这单: words that point at an order and name none."""
    patterns = context.reader.work_words()["said"]["pointed_at"]
    return next((match for match in (re.fullmatch(pattern, what.strip()) for pattern in patterns) if match), None)


def without(context: Context, topic: str, text: str) -> str:
    """The text without the topic's words."""
    for pattern in context.reader.work_words()["said"][topic]:
        text = re.sub(pattern, "", text)
    return text


def is_about(context: Context, topic: str) -> bool:
    """Whether the message is about the topic. Where it says nothing else, it is a word about work and no matter at all,
    so that nothing of it is set aside."""
    match = found(context, topic)
    if match is None:
        return False
    if len(words(context)) - len(match[0]) <= LEFT_OVER:
        context.outcome.taken = True
    return True


def period(context: Context, text: str) -> Period | None:
    """The period that the words name; None where they name none."""
    for name, forms in context.reader.work_words()["periods"].items():
        if any(form in text for form in forms):
            chosen: Period = name
            return chosen
    return None
