"""What natural words amount to that are no command and no danger: a matter, a question, small talk."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.dialogue import intents
from bot.dialogue.choosing import ambiguity
from bot.dialogue.context import Context
from bot.dialogue.resident import further_words, questions, repeated, requests, same_matter, several
from bot.dialogue.resident.own import not_needed, rating, satisfaction
from bot.errors import NotFound, NotUnderstood
from bot.understanding.categories import UNKNOWN

SAYS_SOMETHING = 4  # letters, ideographs or digits
KEYS = re.compile(r"[a-z0-9 ]{4,}")  # letters without a word: typed by chance
OF_SERVICE = ("help", "privacy")
SMALL_TALK = ("thanks", "greeting", "chitchat", "spam")


def if_unclear(context: Context) -> str | None:
    """Words with two meanings: the question which, or the only one that is possible."""
    options = ambiguity.options(context)
    if len(options) > 1 and ambiguity.NEW in options and (known := repeated.still(context)) is not None:
        return known
    if len(options) > 1:
        return ambiguity.ask(context, options)
    return by_intent(context.with_meaning(replace(context.meant, intent=options[0], rival=None))) if options else None


def by_intent(context: Context) -> str | None:
    """The reply to what the intent says; None where it asks for help or for nothing of this."""
    meant = context.meant
    if meant.intent in OF_SERVICE and meant.command is None and (said := questions.of_service(context)) is not None:
        return said
    if meant.intent == "ack":  # what it could acknowledge has been asked already
        continued = _continued(context)
        return context.say("chat.ack") if continued is None else continued
    if meant.intent == "withdraw" and (said := not_needed.read_so(context)) is not None:
        return said
    if meant.intent == "rate_good" and (said := satisfaction.unclear(context)) is not None:
        return said
    if meant.intent in intents.COMMANDS and meant.intent != "append":
        try:
            return intents.do(context, meant.intent)
        except NotFound:
            if meant.intent == "progress" and (said := questions.of_service(context)) is not None:
                return said
            if meant.intent == "rate_good":  # there is nothing to confirm
                return _friendly(context)
            if meant.category == UNKNOWN and meant.intent != "rate_bad":
                raise
    if meant.intent in SMALL_TALK and not same_matter.in_danger(context):
        return _first(context, several.apart, _small_talk)
    return None


def _small_talk(context: Context) -> str:
    """A friendly word; what nothing speaks for is no small talk but was not understood."""
    if context.meant.intent == "thanks":
        return _friendly(context)
    if context.meant.intent != "chitchat":
        return context.say(f"chat.{context.meant.intent}")
    continued = _first(context, questions.answer, _continued)
    if continued is None and (not context.reader.recognised(context.meant) or KEYS.fullmatch(context.meant.folded)):
        raise NotUnderstood("lost.say_again")
    return context.say("chat.chitchat") if continued is None else continued


def _friendly(context: Context) -> str:
    """A friendly word to who thanks or praises; what is none of it is a complaint, or belongs to the matter at hand."""
    kind, said = context.reader.topic("kind", context.meant), satisfaction.unhappy(context)
    if said is None and kind is not None:
        return rating.rated_late(context) or context.say(f"chat.{kind.name}")
    said = _continued(context) if said is None else said
    if said is None and context.meant.category != UNKNOWN:
        return as_request(context.with_meaning(replace(context.meant, intent="request")))
    if said is None:
        raise NotUnderstood("lost.say_again")
    return said


def as_request(context: Context) -> str:
    """Something asked for: several things, more about the matter at hand, one told before, a question, or a new order."""
    said = _first(
        context,
        several.apart,
        several.place,
        further_words.about_order_at_hand,
        repeated.known,
        questions.goes_on,
        questions.answer,
        requests.place,
    )
    assert said is not None
    return said


def _first(context: Context, *readings: Callable[[Context], str | None]) -> str | None:
    """What the first reading says that takes the words. It may say nothing: then the door of what was set aside is the
    whole reply."""
    return next((said for reading in readings if (said := reading(context)) is not None), None)


def _continued(context: Context) -> str | None:
    """Words that say nothing by themselves ("东头那家", a number) belong to the matter at hand, where there is one."""
    says_something = sum(char.isalnum() for char in context.meant.text) >= SAYS_SOMETHING
    return further_words.about_order_at_hand(context) if says_something else None
