"""The words that go with an action on an order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Words that may stand with an order. Made by `bot.services.reading.typed_text` alone, which has read them."""

    text: str
