"""Tells danger to life from talk about danger: triggers, unless denied, past, practised or only asked about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.understanding.decide.keyword_rules import Found, Phrases, Rule, Spans, nearby
from bot.understanding.models.expressions import Expression, Expressions
from bot.understanding.models.ngrams import joined

CERTAIN, SURE, WEAK = 2.0, 1.0, 0.5
"""The weight of a trigger that alarms by itself where nothing calms, of one that names a danger, and of one that gives way
to an ordinary request."""
CALMING = frozenset({"past", "elsewhere", "musing"})
FINDINGS = (*sorted(CALMING), "present", "aim", "over", "spent", "routine", "acute", "asking")
"""The negation patterns that are findings wherever they stand; those of CALMING speak against any alarm."""
BRIEF = 24
"""More characters than these are more than a danger and whose it is."""
BLANK = "\u01c3"
"""Stands for every character of words that name no danger: a letter, as these are, and one that no lexicon holds."""


@dataclass(frozen=True, slots=True)
class Danger:
    """One kind of danger: its level, where an order about it belongs, and the words that void it."""

    name: str
    level: str
    category: str = ""
    restricted: bool = False
    calm: tuple[str, ...] = ()
    request: bool = False
    """Whether somebody who names it asks for help, whatever else the words look like."""
    base: str | None = None
    """The kind of which it is a case; None where it is a kind of its own."""


@dataclass(frozen=True, slots=True)
class DangerFindings:
    """The dangers that a message names, worst first, and whether anything in it speaks against an alarm."""

    dangers: tuple[Danger, ...]
    calmed: bool
    findings: frozenset[str] = frozenset()
    """Which triggers fired, whether they stand, and what speaks for and against an alarm."""
    harmless: bool = False
    """Whether a phrase that surely endangers nobody holds words of danger (困在手续里)."""
    certain: Danger | None = None
    """The danger of a trigger that alarms by itself; None where there is none or something calms."""

    @property
    def to_life(self) -> tuple[Danger, ...]:
        """Those of now."""
        return tuple(danger for danger in self.dangers if danger.level == "U0")

    @property
    def soon(self) -> Danger | None:
        """The worst of the others."""
        return next((danger for danger in self.dangers if danger.level != "U0"), None)


class DangerRules:
    """All dangers (first in the lexicon weighs most), the phrases that tell them, and the words that take the alarm out of these:
    the tables [danger.*], [negation_patterns], [terms] and [sets] of the lexicon."""

    def __init__(self, lexicon: Mapping[str, Any]) -> None:
        table, negations = lexicon["danger"], lexicon["negation_patterns"]
        self.dangers = {name: _danger(name, row) for name, row in table.items()}
        classes = {name: Expression(source) for name, source in lexicon["terms"].items()}
        self._phrases = Phrases((rule for each in table.items() for rule in _rules(*each)), lexicon["sets"], classes)
        self._subject = classes["bare_subject"]
        self._calm = dict.fromkeys(word for danger in self.dangers.values() for word in danger.calm)
        self._calls, self._idioms, self._harmless = (
            Expressions(negations[name]) for name in ("calls", "idioms", "harmless")
        )
        self._finding_of = [name for name in FINDINGS for _ in negations[name]]
        self._findings = Expressions(source for name in FINDINGS for source in negations[name])
        whole = {name: "|".join(sources) for name, sources in negations.items()}  # for parts of a text
        whole["denied"] = f"(?:{whole['denials']}|{whole['feared']})$"
        self.negations = {name: Expression(source) for name, source in whole.items()}

    def hear(self, plain: str) -> DangerFindings:
        """The dangers in a text (simple forms, marks kept)."""
        whole = joined(plain)
        alive = self._harmless.blank(whole, BLANK)
        said, called = self._calls.blank(whole, BLANK), self._calls.blank(alive, BLANK)
        text = self._idioms.blank(called, BLANK)
        found, speaking = self._phrases.find(text), self._speaking(text)
        fired = [(rule, self._stands(rule, text, found, speaking)) for rule in self._phrases.fired(found)]
        standing = {rule.label for rule, stands in fired if stands}
        dangers = sorted((self.dangers[name] for name in self.dangers if name in standing), key=lambda each: each.level)
        calmed = (
            text != said
            or not speaking.isdisjoint(CALMING)
            or any(self.dangers[rule.label].level == "U0" and rule.label not in standing for rule, _ in fired)
            or any(word in text for word in self._calm)
        )
        told = {how for each in fired for how in self._told(*each)} | ({"calmed"} if calmed else set())
        sure = {rule.label for rule, stands in fired if stands and not calmed and self._is_sure(rule, text, found)}
        certain = next((danger for danger in dangers if danger.name in sure), None)
        return DangerFindings(tuple(dangers), calmed, speaking | told, alive != whole, certain)

    def _is_sure(self, rule: Rule, text: str, found: Found) -> bool:
        """Whether a trigger alarms by itself: a certain one, or one beside which only who, where and when are said."""
        if rule.weight != SURE or len(text) > BRIEF:
            return rule.weight == CERTAIN
        taken = {at for part in rule.parts for low, high in found.spans[part] for at in range(low, high)}
        rest = "".join(sign for at, sign in enumerate(text) if at not in taken and sign != "|")
        return not self._subject.compiled.sub("", rest)

    def _speaking(self, text: str) -> frozenset[str]:
        """Those of FINDINGS that stand anywhere in the text."""
        found: set[str] = set()
        for at in self._findings.possible(text):
            if self._finding_of[at] not in found and self._findings.all[at].search(text):
                found.add(self._finding_of[at])
        return frozenset(found)

    def _told(self, rule: Rule, stands: bool) -> tuple[str, str]:
        """What a trigger tells by its kind and by its level: whether it is weak or names, and whether it stands."""
        how = f"{rule.weight} {'stands' if stands else 'fails'}"
        return f"{rule.label} {how}", f"{self.dangers[rule.label].level} {how}"

    def _stands(self, rule: Rule, text: str, found: Found, speaking: frozenset[str]) -> bool:
        danger = self.dangers[rule.label]
        if any(word in text for word in danger.calm):
            return False
        if rule.weight < SURE and "routine" in speaking and "acute" not in speaking:
            return False
        told = danger.level != "U2"  # what is bound to a time may well be planned, or asked for
        return any(
            not (self._undone(text, start, end, rule, found) or (told and self._negated(text, start, end, speaking)))
            for start, end in _stretches(rule, found)
        )

    def _undone(self, text: str, start: int, end: int, rule: Rule, found: Found) -> bool:
        """Whether "not" or "I fear" stands directly before one of the trigger's parts."""
        parts = [low for part in rule.parts for low, high in found.spans[part] if start <= low and high <= end]
        return any(self.negations["denied"].search(text[text.rfind("|", 0, low) + 1 : low]) for low in parts)

    def _negated(self, text: str, start: int, end: int, speaking: frozenset[str]) -> bool:
        """Whether the words around the trigger say that it is over, past, or only talked about."""
        first, patterns = text.rfind("|", 0, start) + 1, self.negations
        before, clause = text[first:start], text[first:end]
        if "musing" in speaking and patterns["musing"].search(before):
            return True
        if patterns["over"].compiled.match(text, end) or patterns["spent"].search(text[start : end + 2]):
            return True
        if patterns["aim"].search(clause):
            return True
        past, present = patterns["past"], patterns["present"]
        if "past" in speaking and any(_last(past, words) > _last(present, words) for words in (before, clause)):
            return True
        return "present" not in speaking and not speaking.isdisjoint({"past", "elsewhere"})


def _last(pattern: Expression, text: str) -> int:
    """Where the last match begins; -1 where there is none."""
    return max((found.start() for found in pattern.compiled.finditer(text)), default=-1)


def _stretches(rule: Rule, found: Found) -> Spans:
    first, *others = [found.spans.get(part, []) for part in rule.parts]
    return first if not others else [stretch for span in first if (stretch := nearby([[span], *others]))]


def _danger(name: str, row: Mapping[str, Any]) -> Danger:
    known = {field: row[field] for field in ("category", "restricted", "request") if field in row}
    return Danger(name, row["level"], calm=tuple(row.get("calm", ())), **known)


def _rules(name: str, row: Mapping[str, Sequence[str]]) -> Iterable[Rule]:
    """Listed and composed triggers weigh in full, weak ones half."""
    for key, weight in (("certain", CERTAIN), ("keywords", SURE), ("combinations", SURE), ("weak", WEAK)):
        yield from (Rule(name, tuple(phrase.split("+")), weight) for phrase in row.get(key, ()))
