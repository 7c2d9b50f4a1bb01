"""Puts the parts together: one call turns a message into what it means."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from bot.understanding import chinese
from bot.understanding.categories import find_category, read_categories
from bot.understanding.classifier import Choice, Classifier, classifier
from bot.understanding.commands import Grammar, grammar, rating
from bot.understanding.folding import Plain, fold, simplify, squeeze
from bot.understanding.intents import Evidence, Intents, intents, stars
from bot.understanding.meaning import Category, Command, Place, Speaker, Understanding
from bot.understanding.places import Gazetteer, read_gazetteer
from bot.understanding.privacy import find_phone, mask
from bot.understanding.urgency import Alarms, Danger, alarms

RESIDENT = Speaker()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads messages with one office's catalogue, lexicon, gazetteer and command words."""

    categories: dict[str, Category]
    gazetteer: Gazetteer
    grammar: Grammar
    classifier: Classifier
    intents: Intents
    alarms: Alarms

    def understand(self, text: str, who: Speaker = RESIDENT) -> Understanding:
        """Everything that can be read from the text alone, said by this speaker."""
        plain = simplify(text)
        folded = squeeze(plain.text)
        command = self.grammar.read(plain, who)
        place, room = self.gazetteer.find(plain)
        choice = self.classifier.choose(folded.replace(" ", ""))
        heard = self.alarms.hear(plain.text)
        danger = heard[0] if heard and heard[0].level == "U0" else None
        intent, choice = self._intent(folded, command, who, choice, danger, place)
        category = danger.category if danger and danger.category else choice.category
        phone = find_phone(plain)
        return Understanding(
            text=text, folded=folded, intent=intent, command=command,
            lane=self._lane(category, danger), category=category,
            confidence=0.95 if danger else round(choice.confidence, 3),
            urgency=heard[0].level if heard else "U3", danger=danger.name if danger else None,
            place=place, phone=phone, when=find_when(plain),
            rating=rating(command) if command else stars(folded, who.asked),
            masked=mask(plain, room),
        )

    def category(self, code: str) -> Category:
        """The category of this code. KeyError where there is none."""
        return self.categories[code]

    def communities(self) -> tuple[str, ...]:
        """The names of the office's communities."""
        return self.gazetteer.communities

    def find_place(self, text: str) -> Place:
        """The place named in the text."""
        return self.gazetteer.find(simplify(text))[0]

    def find_category(self, words: str) -> Category | None:
        """The one category meant by a code or a name; None where none or several fit."""
        return find_category(self.categories, words)

    def mask(self, text: str) -> str:
        """The text with numbers of people, names and rooms replaced by stars."""
        plain = simplify(text)
        return mask(plain, self.gazetteer.find(plain)[1])

    def fold(self, text: str) -> str:
        """The form in which words are compared."""
        return fold(text)

    def _intent(self, folded: str, command: Command | None, who: Speaker, choice: Choice,
                danger: Danger | None, place: Place) -> tuple[str, Choice]:
        if command:
            return self.grammar.intent(command), choice
        if danger:
            return "request", choice
        given = stars(folded, who.asked)
        if given:
            return ("rate_good" if given >= 3 else "rate_bad"), choice
        squeezed = folded.replace(" ", "")
        request = self.intents.scores(squeezed, None).get("request", 0.0)
        answer = place.said and self.intents.says_nothing(squeezed, place.raw or "")
        return self.intents.choose(Evidence(squeezed, who.asked, choice.said, request, answer)), choice

    def _lane(self, category: str, danger: Danger | None) -> str:
        if danger:
            return "restricted" if danger.restricted else "emergency"
        return self.categories[category].lane


def find_when(plain: Plain) -> str | None:
    """The words that say when, as they were said; None where there are none."""
    found = chinese.WHEN.search(plain.text)
    if not found:
        return None
    start, end = plain.raw_span(*found.span())
    return plain.raw[start:end]


def load(config_dir: Path) -> Reader:
    """Read the office's data once; the reader then touches no file."""
    lexicon = tomllib.loads((config_dir / "lexicon.toml").read_text("utf-8"))
    words = tomllib.loads((config_dir / "locale" / "zh_CN" / "words.toml").read_text("utf-8"))
    sets = lexicon["sets"]
    return Reader(
        categories=read_categories(config_dir / "categories.csv"),
        gazetteer=read_gazetteer(config_dir / "gazetteer.toml"),
        grammar=grammar(words),
        classifier=classifier(lexicon["categories"], sets),
        intents=intents(lexicon["intents"], sets),
        alarms=alarms(lexicon["danger"], lexicon["shields"], sets),
    )
