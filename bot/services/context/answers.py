"""The answer book, with the office's own numbers filled in. See `bot.dialogue.interface.ports.reading.Answers`."""

from dataclasses import dataclass, replace

from bot.services.context.turn import Turn
from bot.understanding import Understanding
from bot.understanding.faq.retrieval import Entry


@dataclass(frozen=True, slots=True)
class Answers:
    """The answer book on the day of the message."""

    turn: Turn

    def find(self, meant: Understanding) -> Entry | None:
        """The entry that answers the message and holds today; None where none surely does."""
        office = self.turn.office
        found = office.answer_book.find(meant, self.turn.local(self.turn.now).date())
        return found and replace(found, answer=found.answer.format(**office.phones))

    def unsolved(self, meant: Understanding) -> bool:
        """Whether the message begins by saying that the answer was not enough."""
        words = self.turn.office.texts.sentences["grammar"]["unsolved"]
        return meant.intent == "rate_bad" or meant.folded.startswith(tuple(words))

    def with_order(self) -> bool:
        """Whether an answered question is an order as well (config/answers/settings.toml)."""
        return self.turn.office.answers.answer_first == "order"
