"""Reads some texts before anybody has said anything: expressions are compiled when they are first used, and nobody should wait for it."""

import time

from bot.services.context.reader import telling_clause
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.understanding.lexicon import Rules

PAUSE_SECONDS = 0.01  # after each text; a message that has come goes on meanwhile

_RULES = Rules("first_messages")


def read(office: Office) -> None:
    """Read a text of each usual kind as a message is read before the lock. It writes nothing; the names of the
    roster are loaded as for any message."""
    for text in _RULES.words["texts"]:
        meant = office.understand(text)
        typed_text.read_ahead(office, meant)
        telling_clause(office, meant)
        office.readings.features_of(meant)
        office.readings.mask(meant.text)
        office.readings.need(meant.text)
        time.sleep(PAUSE_SECONDS)
