"""Whether it is the speaker who signs in to the console: only a clear yes (是, 是我) confirms it, any no refuses it."""

from bot.dialogue.context import Context
from bot.dialogue.expectations import yes_or_no


def answer(context: Context) -> str | None:
    """The reply; None where the words are no answer. What is agreed to in other words (好, 行) is asked again."""
    said = "".join(filter(str.isalnum, context.meant.folded))
    if said in _words(context, "yes"):
        return _answered(context, yes=True)
    if said in _words(context, "no") or yes_or_no.read(context) == yes_or_no.NO:
        return _answered(context, yes=False)
    return context.say("accounts.chat.again") if yes_or_no.read(context) == yes_or_no.YES else None


def _answered(context: Context, *, yes: bool) -> str:
    number = context.session.question["number"]
    context.session.settle()
    context.account.answer_sign_in(number, yes=yes)
    if not yes:
        return context.say("accounts.chat.stopped")
    return context.say("accounts.chat.confirmed_totp" if context.me.rights.needs_totp else "accounts.chat.confirmed")


def _words(context: Context, answer: str) -> list[str]:
    return context.say(f"accounts.chat.{answer}").split("、")
