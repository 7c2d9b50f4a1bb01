"""Puts the parts together: one call turns a message into what it means."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.messages import LONGEST
from bot.orders.restricted import EMERGENCY, PREYED_ON, REPORT, RESTRICTED, is_restricted_lane
from bot.orders.rights import ADMIN, STAFF
from bot.understanding.categories import UNKNOWN, find_category
from bot.understanding.commands import Grammar
from bot.understanding.decide.accusation import Accusations
from bot.understanding.decide.arbitration import Learned
from bot.understanding.decide.category import Choice
from bot.understanding.decide.chooser import NOTHING, Chooser
from bot.understanding.decide.danger.detector import LISTENED, PART, DangerDetector
from bot.understanding.decide.danger.rules import Danger
from bot.understanding.decide.duplicates import DuplicateDetector
from bot.understanding.decide.features import MessageFeatures
from bot.understanding.decide.intent import IntentDecision, Intents
from bot.understanding.decide.segmentation import Segmentation
from bot.understanding.extract.people.masking import Masks
from bot.understanding.extract.people.naming import Naming, read_naming
from bot.understanding.extract.people.person_names import Names
from bot.understanding.extract.people.phone import find_phone, without_phone
from bot.understanding.extract.places.gazetteer import Gazetteer
from bot.understanding.extract.time import find_when
from bot.understanding.lexicon import Rules
from bot.understanding.models.label_model import Vectorizer
from bot.understanding.normalize import READ_LATELY, Plain, fold_solid, simplify, solid, squeeze
from bot.understanding.result import Category, Command, Place, Speaker, Understanding
from bot.understanding.topics import Topics, names_nothing
from config.settings import CONFIG_DIR

_PLACES = Rules("places")
_VAGUE = Rules("vague")
RESIDENT = Speaker()
COLLEAGUES = frozenset({STAFF, ADMIN})
"""Whose work it is to speak of others of the office."""
READ = 2000
"""What a message is about is looked for in this many characters of it."""
SPOKEN_OF = 6.0
"""From so much said about a matter, what merely ends like a road is none (出租车绕路)."""


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """Reads messages with one office's catalogue, lexicon, gazetteer and command words."""

    categories: dict[str, Category]
    gazetteer: Gazetteer
    names: Names
    accusations: Accusations
    grammar: Grammar
    chooser: Chooser
    intents: Intents
    danger_detector: DangerDetector
    segmentation: Segmentation
    duplicates: DuplicateDetector
    sealed: frozenset[str]
    """The categories of the restricted lane."""
    topics: Topics

    def understand(self, text: str, who: Speaker = RESIDENT, learned: Learned | None = None) -> Understanding:
        """Everything that can be read from the text alone, said by this speaker. What the office's history taught
        decides at most which ordinary category a request is of. Of a text of more than LONGEST characters the first are read:
        it stays whole, and others see those alone."""
        whole, text = text, text[:LONGEST]
        seen = self.see(text)
        plain, command = seen.plain, self.grammar.read(seen.plain, who)
        worst, in_a_part = self._worst(seen, command, who)
        wrong = self.tells_of_wrong(text, of_colleagues=not COLLEAGUES.isdisjoint(who.roles))
        danger = worst if worst and worst.level == "U0" else None
        features = self._without_alarm(seen, danger)
        secret = wrong is not None or is_restricted_lane(self._lane(features.choice.category, danger))
        one = command or secret or who.asked == PART or text != whole  # what is secret is never scattered
        parts = () if one else _split(self, plain, danger is not None)
        features_of_first = replace(features, choice=self.chooser.first(parts, features.choice))
        asks = wrong is not None or danger is not None or (worst is not None and worst.request)
        decision, choice = self._intent(features_of_first, command, who, asks), features_of_first.choice
        if worst is None and not secret and names_nothing(text):
            choice = NOTHING
            refers = decision.intent == "help" and _VAGUE.refers.search(features.said)
            decision = IntentDecision("request") if refers else decision
        masked = _masked(self, text) + ("…" if text != whole else "")
        if learned and danger is None and wrong is None and decision.intent == "request":
            choice = learned.weigh(masked, choice)
        lane, category = self._lane_and_category(plain, choice, worst, None if command else wrong)
        return Understanding(
            text=whole,
            folded=squeeze(plain.text),
            command=command,
            intent=decision.intent,
            lane=lane,
            category=category,
            confidence=0.95 if danger else round(choice.chance, 3),
            urgency=worst.level if worst else "U3",
            danger=danger.name if danger else None,
            danger_role=self.danger_detector.role(danger, features_of_first) if danger else None,
            soon=worst.name if worst and worst.level == "U1" else None,
            place=features.place,
            phone=find_phone(plain),
            when=find_when(plain),
            masked=masked,
            for_whom=self.names.for_whom(plain.text),
            sectors=self.chooser.sectors.rank(self.chooser.sectors.scores(features.said), category, choice.confidence),
            request_count=max(len(parts), 1),
            parts=parts,
            rival=decision.rival,
            sensitive=wrong is not None or self._is_sensitive(seen.choice, features_of_first),
            in_a_part=in_a_part,
        )

    def _is_sensitive(self, choice: Choice, features: MessageFeatures) -> bool:
        """Whether a trigger of a restricted danger fired or a phrase of a restricted category stands anywhere in it.
        What lies beyond the characters that are read may be anything."""
        if len(features.plain.raw) > READ or not self.sealed.isdisjoint(choice.spoken):
            return True
        return choice.category in self.sealed or self.danger_detector.names_restricted(features.danger_findings)

    def _worst(self, features: MessageFeatures, command: Command | None, who: Speaker) -> tuple[Danger | None, bool]:
        """As `DangerDetector.worst`; a place and nothing else is none."""
        if not features.danger_findings.dangers and features.choice is NOTHING:
            return None, False
        return self.danger_detector.worst(features, command is not None, who.asked)

    def _without_alarm(self, features: MessageFeatures, danger: Danger | None) -> MessageFeatures:
        """The label of an alarm only where there is one."""
        if danger is not None or features.choice.category not in self.danger_detector.categories:
            return features
        return replace(features, choice=self.chooser.ordinary(features.said))

    def _lane_and_category(
        self, plain: Plain, choice: Choice, worst: Danger | None, wrong: str | None
    ) -> tuple[str, str]:
        """The category of a danger to life counts before that of the words; that of a danger soon where the words tell none. Without
        danger a known matter that is put as a question or a proposal is in that lane. `wrong`: the category of a wrong that is told."""
        category = choice.category
        if worst and worst.category and (worst.level == "U0" or category == UNKNOWN):
            category = worst.category
        lane = self._lane(category, worst if worst and worst.level == "U0" else None)
        if worst is None and lane == "matter" and category != UNKNOWN:
            lane = self.intents.lane(plain.text[:READ]) or lane
        return (RESTRICTED, wrong) if wrong is not None and not is_restricted_lane(lane) else (lane, category)

    def tells_of_wrong(self, text: str, *, of_order: bool = False, of_colleagues: bool = False) -> str | None:
        """The category of what the words tell by who does what: a report, or somebody who is preyed on; None where they tell
        nothing of the kind. `of_order`, `of_colleagues`: see `Accusations.accuses`."""
        text = text[:LISTENED]
        if self.accusations.accuses(text, of_order, of_colleagues):
            return REPORT
        return PREYED_ON if self.accusations.preys(text) else None

    def see(self, text: str) -> MessageFeatures:
        """What the text shows, before anything is decided."""
        return _seen(self, text)

    def _see(self, text: str) -> MessageFeatures:
        plain = simplify(text)
        place = self.gazetteer.find(plain)
        danger_findings = self.danger_detector.hear(plain.text)
        said, choice = self.chooser.choose(solid(without_phone(plain.text))[:READ], calm=danger_findings.calmed)
        bare, spoken = self.danger_detector.bare(plain, place), self.intents.phrases.scores(said)
        choice = NOTHING if self._only_where(said, place) else choice
        return MessageFeatures(plain, said, bare, place, danger_findings, choice, spoken)

    def believes(self, text: str) -> bool:
        """Whether it is surely for something."""
        return self.intents.believes(self.see(text))

    def category(self, code: str) -> Category:
        """The category of this code. KeyError where there is none."""
        return self.categories[code]

    def communities(self) -> tuple[str, ...]:
        """The names of the office's communities."""
        return self.gazetteer.communities

    def grid(self, said: str, community: str | None = None) -> str | None:
        """The name of the grid that is called so in the list of places, in whatever way its number is written, of any or of this
        community; None where none is."""
        words = simplify(said).text
        called = (one for one in self.gazetteer.known if one.kind == "grid" and one.said == words)
        return next((one.name for one in called if not community or one.community in (None, community)), None)

    def lists_grids(self) -> bool:
        """Whether the list of places has any grid."""
        return any(one.kind == "grid" for one in self.gazetteer.known)

    def find_place(self, text: str) -> Place:
        """The place named in the text."""
        return self.gazetteer.find(simplify(text))

    def find_category(self, words: str) -> Category | None:
        """The one category meant by a code or a name; None where none or several fit."""
        return find_category(self.categories, words)

    def speaks_of(self, text: str, category: str) -> float:
        """Points that known phrases in the text give the category."""
        return self.chooser.classifier.phrases.scores(fold_solid(text[:READ])).get(category, 0.0)

    @property
    def naming(self) -> Naming:
        """Looks for names."""
        return read_naming(CONFIG_DIR, self.names.surnames, self.gazetteer.called)

    @property
    def masks(self) -> Masks:
        """What others may read of a text."""
        return Masks(self.names, self.gazetteer)

    def mask(self, text: str, names: Iterable[str] = ()) -> str:
        """As `Masks.for_others`."""
        return self.masks.for_others(text, names)

    @property
    def vectorizer(self) -> Vectorizer:
        """What learned models look at in a text, with this office's lexicon."""
        return Vectorizer(self.chooser.sectors, self.chooser.classifier)

    def _intent(self, features: MessageFeatures, command: Command | None, who: Speaker, asks: bool) -> IntentDecision:
        if command:
            return IntentDecision(self.grammar.intent(command))
        if asks:
            return IntentDecision("request")
        place = features.place
        named = place.said and not (place.guessed and features.choice.said >= SPOKEN_OF)
        if named and self.intents.is_filling(features.said, place.raw or ""):
            return IntentDecision("append")
        return self.intents.choose(features, who)

    def _only_where(self, said: str, place: Place) -> bool:
        """Whether the message names a place or a side of one and nothing else (就在东门旁边): that is no danger."""
        said = _PLACES.numbered.sub("", said).strip()
        rest = _PLACES.side.sub("", said)
        if _PLACES.only_beside.fullmatch(said):
            return True
        return (place.said or rest != said) and self.intents.is_filling(rest, place.raw or "")

    def _lane(self, category: str, danger: Danger | None) -> str:
        if danger:
            return RESTRICTED if danger.restricted else EMERGENCY
        return self.categories[category].lane


@lru_cache(READ_LATELY)
def _seen(reader: Reader, text: str) -> MessageFeatures:
    """As `Reader.see`, for every speaker."""
    return reader._see(text)


@lru_cache(READ_LATELY)
def _masked(reader: Reader, text: str) -> str:
    """As `Reader.mask`, without names that are known already."""
    return reader.mask(text)


@lru_cache(READ_LATELY)
def _split(reader: Reader, plain: Plain, danger: bool) -> tuple[str, ...]:
    """As `Segmentation.split`."""
    return reader.segmentation.split(plain, danger)
