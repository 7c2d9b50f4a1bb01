"""What the flow of questions may ask: the answer book, with the office's own numbers filled in."""

from dataclasses import dataclass, replace

from bot.services.context.broadcasts import ReminderDesk
from bot.understanding import Understanding
from bot.understanding.faq.retrieval import Entry


@dataclass(slots=True)
class QuestionDesk(ReminderDesk):
    """See `bot.dialogue.context.Desk`."""

    meant: Understanding

    def read(self, text: str) -> Understanding:
        """What these words mean, said by anybody and in answer to nothing."""
        return self.office.understand(text)

    def answer(self, meant: Understanding) -> Entry | None:
        """The entry that answers the message and holds today; None where none surely does."""
        found = self.office.answers.find(meant, self.now.astimezone(self.office.calendar.zone).date())
        return found and replace(found, answer=found.answer.format(**self.office.phones))

    def recognised(self) -> bool:
        """Whether it is clear what the message is for."""
        return self.office.reader.believes(self.meant.text)

    def unsolved(self, meant: Understanding) -> bool:
        """Whether the message begins by saying that the answer was not enough."""
        words = self.office.texts.sentences["grammar"]["unsolved"]
        return meant.intent == "rate_bad" or meant.folded.startswith(tuple(words))

    def answers_with_order(self) -> bool:
        """Whether an answered question is an order as well (config/answers/settings.toml)."""
        return self.office.answers.answer_first == "order"
