"""Reads a plain yes or no (好, 行, 没问题, 👌; 没空, 换个人吧, 👎). The words are those of config/lexicon/rules/topics.toml."""

from bot.dialogue.context import Context

YES, NO = "yes", "no"


def read(context: Context) -> str | None:
    """ "yes", "no", or None where the message is neither and nothing else."""
    meant = context.meant
    found = context.reader.topic("answers", meant)
    return found.name if found is not None else {"accept": YES, "decline": NO}.get(meant.intent)
