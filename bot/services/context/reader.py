"""Reads words that are not the message as a whole. See `bot.dialogue.interface.ports.reading.Reader`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import understanding
from bot.dialogue.interface.order import Correction
from bot.orders.order import Order
from bot.orders.restricted import is_restricted
from bot.services.context.turn import Turn
from bot.services.office import Office
from bot.services.orders import shown
from bot.services.reading import harmless, said_besides, typed_text
from bot.understanding import Command, Speaker, Understanding
from bot.understanding.extract.sounds import read_sounds, reads_as
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import simplify
from bot.understanding.topics import Topic
from config.settings import CONFIG_DIR

EDGES = " ，,。"
TOPIC = 200  # characters of a sentence whose topic is looked for
_RULES = Rules("lists")
_ADDRESS = Rules("address")
SHORTEST_ROOM, SENTENCE = 3, 40  # digits, characters
LEAST, MOST, CLAUSES = 4, 14, 4  # characters of the clause that a receipt repeats; so many are looked at
EVERYBODY = Speaker(frozenset({"member", "staff", "admin", "discipline", "mediator", "grid"}))


@dataclass(frozen=True, slots=True)
class Reader:
    """The office's reader, without regard to who speaks."""

    turn: Turn

    def read(self, text: str) -> Understanding:
        """What these words mean, said by anybody and in answer to nothing."""
        return self.turn.office.understand(text)

    def as_answer(self, meant: Understanding) -> Understanding:
        """The same words as the answer to something, where they must be surer of danger."""
        return self.turn.office.understand(meant.text, Speaker(self.turn.me.roles, typed_text.ANSWERED))

    def recognised(self, meant: Understanding) -> bool:
        """Whether it is clear what the message is for."""
        return self.turn.office.reader.believes(meant.text)

    def correction(self, meant: Understanding) -> Correction | None:
        """What is right instead, where the message corrects the bot; else None. It stands behind the last word that corrects, or
        before what is wrong (是6号楼不是3号楼)."""
        grammar = self.turn.office.texts.sentences["grammar"]
        if (home := self._corrected_home(meant.text)) is not None:
            return home
        turned = re.fullmatch(grammar["corrected_first"], meant.text.strip())
        if turned is not None:
            return Correction(self.read(turned["right"]), turned["wrong"])
        found = list(re.finditer("|".join(grammar["corrections"]), meant.text))
        right = meant.text[found[-1].end() :].strip(EDGES) if found else ""
        wrong = next((each["wrong"] for each in found if each["wrong"]), "")
        return Correction(self.read(right), wrong.strip(EDGES)) if right else None

    def _corrected_home(self, text: str) -> Correction | None:
        """Where the sender lives instead (302是我妹家，我是203); None where no place is corrected so, or something is asked for."""
        grammar, topics = self.turn.office.texts.sentences["grammar"], self.turn.office.reader.topics
        asks = len(text) > SENTENCE or any(topics.matches("asked", name, text) for name in ("fault", "help"))
        if asks or not re.search(grammar["other_home"], text):
            return None
        found = next((met for one in grammar["corrected_home"] if (met := re.search(one, text))), None)
        right = self.read(_as_room(found["right"].strip(EDGES))) if found is not None else None
        return Correction(right) if right is not None and right.place.describe() else None

    def locked_command(self, meant: Understanding) -> str | None:
        """The word of a command that only others may say, alone or with an order's code; None for ordinary words."""
        grammar = self.turn.office.reader.grammar
        found = grammar.read(simplify(meant.text), EVERYBODY)
        if found is None or "anyone" in grammar.said_by[found.name]:
            return None
        if found.code is None and (not _is_unusual(found) or grammar.intent(found) != "command"):
            return None  # 好的 and 完成 are also words of every day
        if found.code is None and is_restricted(meant):
            return None  # 信访 is a resident's word too
        return found.words

    def telling_clause(self, meant: Understanding) -> str:
        """The clause of a message that tells what its category stands for, without the place: to show its sender what was
        understood where the category has no narrower everyday name. Empty where none is short and plain."""
        return telling_clause(self.turn.office, meant)

    def matter_of_its_own(self, meant: Understanding) -> Understanding | None:
        """As `typed_text.matter_of_its_own`."""
        return typed_text.matter_of_its_own(self.turn.office, meant)

    def tells_of_nobody(self, text: str, *, of_text: bool = False) -> bool:
        """As `typed_text.tells_of_nobody`."""
        return typed_text.tells_of_nobody(self.turn.office, text, of_text=of_text)

    def is_manner(self, order: Order, meant: Understanding) -> bool:
        """As `typed_text.is_manner`."""
        return typed_text.is_manner(order, meant)

    def besides(self, meant: Understanding) -> Understanding | None:
        """As `said_besides.besides`."""
        return said_besides.besides(self.turn.office, meant)

    def is_harmless_request(self, meant: Understanding) -> bool:
        """As `said_besides.is_harmless_request`."""
        return harmless.is_harmless_request(self.turn.office, meant)

    def harmless_in(self, meant: Understanding) -> str:
        """As `said_besides.harmless_in`."""
        return harmless.harmless_in(self.turn.office, meant)

    def topic(self, group: str, meant: Understanding) -> Topic | None:
        """As `Topics.find`: what this sentence is about, among the topics of one group."""
        office, text = self.turn.office, meant.text[:TOPIC]
        return office.readings.once(group, text, lambda: office.reader.topics.find(group, text))

    def matches(self, group: str, topic: str, meant: Understanding) -> bool:
        """Whether the sentence fits this topic, whatever other topics of the group it fits."""
        return self.turn.office.reader.topics.matches(group, topic, meant.text[:TOPIC])

    def is_mistyped(self, command: str, meant: Understanding) -> bool:
        """As `reads_as`, of the words of this command."""
        office = self.turn.office
        words: Sequence[str] = office.texts.sentences["commands"][command]
        return reads_as(meant.text[:TOPIC], words, read_sounds(CONFIG_DIR), office.reader.grammar.endings)

    def work_words(self) -> Mapping[str, Any]:
        """What staff and leaders say about their work."""
        words: Mapping[str, Any] = self.turn.office.texts.sentences["work"]
        return words

    def communities(self) -> Sequence[str]:
        """The communities in the order in which they are numbered in a question."""
        return self.turn.office.reader.communities()


def telling_clause(office: Office, meant: Understanding) -> str:
    """As `Reader.telling_clause`."""
    category = office.reader.category(meant.category)
    if category.called(simplify(meant.text).text) != category.everyday:
        return ""
    return office.readings.once(telling_clause, meant, lambda: _telling_clause(office.reader, meant))


def _telling_clause(reader: understanding.Reader, meant: Understanding) -> str:
    said = meant.text.replace(meant.place.raw, "") if meant.place.raw else meant.text
    clauses = (_RULES.lead.sub("", clause.strip()) for clause in shown.CLAUSE.split(said))
    plain = [one for one in clauses if LEAST <= len(one) <= MOST and shown.PLAIN.fullmatch(one)]
    weighed = {one: reader.speaks_of(one, meant.category) for one in plain[:CLAUSES]}
    best = max(weighed, key=weighed.__getitem__, default="")
    return best if weighed.get(best, 0.0) > 0 else ""


def _as_room(said: str) -> str:
    """A number alone is a room."""
    return f"{said}{_ADDRESS.words['room']}" if said.isdigit() and len(said) >= SHORTEST_ROOM else said


def _is_unusual(command: Command) -> bool:
    """Whether nobody says these words but as a command: alone, with a number (批准 3), or a long one (确认换机 张敏)."""
    return not command.rest or command.rest.strip().isdigit() or len(command.words) >= LONG_WORD


LONG_WORD = 4  # characters
