"""What the office's own history says a message is about, weighed against the rules; danger is never its to tell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.orders.restricted import EMERGENCY, RESTRICTED
from bot.understanding.categories import UNKNOWN
from bot.understanding.decide.category import Choice
from bot.understanding.normalize import fold
from bot.understanding.result import Category

PROTECTED = frozenset({EMERGENCY, RESTRICTED})
"""Lanes that the rules alone lead into and out of."""

CERTAIN = 0.98
"""Where the rules may be believed so far, no model is asked: it takes longer than all the rest of the reading."""

Label = Callable[[str], tuple[str, float]]
"""Gives a text its label and a confidence."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which confidence a model's word counts: where the rules know no category, and where they know another."""

    where_rules_are_silent: float
    against_the_rules: float


@dataclass(frozen=True, slots=True)
class Learned:
    """A model in the terms of the catalogue."""

    label: Label
    codes: Mapping[str, str]
    """Labels that it may decide, and their categories."""
    protected: frozenset[str]
    trust: Mapping[str, float]
    """By category, how often the rules were right when they said so in this office."""
    bounds: Bounds

    def weigh(self, masked: str, choice: Choice) -> Choice:
        """The rules' choice, or the model's where that may speak and is surer. The text is the masked one, as learnt.
        The rules are as sure as they say, but never surer than they have been right."""
        believed = min(choice.chance, self.trust.get(choice.category, 1.0))
        if choice.category in self.protected or believed >= CERTAIN:
            return choice
        label, confidence = self.label(masked)
        code = self.codes.get(label)
        if code is None or code == choice.category:
            return choice
        if choice.category == UNKNOWN:
            decides = confidence >= self.bounds.where_rules_are_silent
        else:
            decides = confidence >= self.bounds.against_the_rules and confidence > believed
        return Choice(code, choice.said, confidence, chance=confidence) if decides else choice


def learned(
    label: Label, labels: Sequence[str], categories: Mapping[str, Category], trust: Mapping[str, float], bounds: Bounds
) -> Learned:
    """A labeller as the service uses it: labels that are no code or name of the catalogue are passed over."""
    protected = frozenset(code for code, category in categories.items() if category.lane in PROTECTED)
    codes = {name: code for name, code in codes_of(labels, categories).items() if code not in protected}
    return Learned(label, codes, protected, trust, bounds)


def codes_of(labels: Sequence[str], categories: Mapping[str, Category]) -> dict[str, str]:
    """The categories of the labels that are a code, or the whole name that just one category has."""
    named: dict[str, list[str]] = {}
    for category in categories.values():
        for name in {fold(category.level2), fold(category.name)}:
            named.setdefault(name, []).append(category.code)
    found = {label: [label] if label in categories else named.get(fold(label), []) for label in labels}
    return {label: codes[0] for label, codes in found.items() if len(codes) == 1}
