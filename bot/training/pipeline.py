"""Learns from the messages of the lexicon what danger, each intent and each category are like. Needs scikit-learn."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, compress
from pathlib import Path
from typing import Any

from bot.training import fit
from bot.training.corpus import NONE, UNSAID, Message
from bot.understanding.decide.danger_model import DANGER, MARGIN, Hunch
from bot.understanding.decide.features import Sight
from bot.understanding.decide.segment_starts import Cut
from bot.understanding.lexicon import read_lexicon
from bot.understanding.models.bundle import NOTHING, Experience
from bot.understanding.models.label_model import Row
from bot.understanding.models.linear import Machine, Space, space
from bot.understanding.models.naive_bayes import Likeness, likeness
from bot.understanding.models.ngrams import GAP
from bot.understanding.normalize import fold, simplify
from bot.understanding.reader import Reader, assemble

SEEN, OFTEN = 2, 3
"""A sign must stand in so many messages to tell danger, and to tell a purpose."""
CRIES = "cries"
TUNED = frozenset({CRIES, "emergencies", "examples", "heard", "requests", "sayings", "several_and_one", "taught"})
"""Messages on which the words of the lexicon were tuned: what these words say there is no evidence of what they are worth."""
PARTS = 5
"""Into so many parts the other messages are put to see what a machine says of messages that it has not learnt from."""
DANGER_PENALTY, SORTING_PENALTY = 1.0, 0.5
"""What a message on the wrong side costs beside the size of the weights."""

NEAR = 2
"""So many signs off, a cut is still the one meant: spaces stand on either side of it."""

Seen = tuple[Message, Sight]


def learn(config: Path, messages: Sequence[Message]) -> Experience:
    """Everything that these messages teach who knows the office's lexicon."""
    lexicon = read_lexicon(config / "lexicon")
    known = replace(NOTHING, categories=_categories(lexicon, messages))
    reader = assemble(config, known)
    seen = [(message, reader.see(message.text)) for message in (*messages, *_cries(lexicon))]
    danger = [(message, sight) for message, sight in seen if message.danger != UNSAID]
    judge, bias = _judge(danger)
    weights, cuts_bias = _cuts(reader, [message for message in messages if message.intent == "request"])
    return replace(
        known,
        kinds=_kinds(danger),
        danger=_danger(danger),
        judge=judge,
        bias=bias,
        purposes=_purposes(lexicon, seen),
        cuts=weights,
        cuts_bias=cuts_bias,
    )


def _cries(lexicon: Mapping[str, Any]) -> Iterator[Message]:
    """The phrases that name a danger to life, as if they were messages: people in danger may write nothing else."""
    for kind, row in lexicon["danger"].items():
        if row["level"] == "U0":
            yield from (Message(CRIES, kind, UNSAID, UNSAID, said) for said in row["says"] if said.isalpha())


def _categories(lexicon: Mapping[str, Any], messages: Iterable[Message]) -> Likeness:
    examples: dict[str, list[str]] = defaultdict(list)
    for message in messages:
        if message.category not in (NONE, UNSAID):
            examples[message.category].append(fold(message.text).replace(" ", ""))
    return likeness(lexicon["categories"]["of"], examples)


def _kinds(seen: Iterable[Seen]) -> Machine:
    """Tells the kinds of danger apart, by signs and by what the words of the lexicon name."""
    return _sorter([(m.danger, sight, sight.of_kind()) for m, sight in seen if m.deadly])


def _danger(seen: Sequence[Seen]) -> Machine:
    """Tells messages of danger from all others by their signs."""
    rows = [sight.signs for _, sight in seen]
    inside = [message.deadly for message, _ in seen]
    found = _telling(rows, inside)
    vectors = fit.table((found.row(row) for row in rows), len(found.worth))
    weights, before = fit.hyperplane(vectors, inside, DANGER_PENALTY, balanced=False)
    return Machine(found, {DANGER: weights}, {DANGER: {}}, {DANGER: before})


def _telling(rows: Sequence[set[str]], inside: Sequence[bool]) -> Space:
    """A sign is worth the more, the rarer it is and the more its share among the dangerous differs from that among the others."""
    there = Counter(chain.from_iterable(compress(rows, inside)))
    everywhere = Counter(chain.from_iterable(rows))
    known = sorted(sign for sign, count in everywhere.items() if count >= SEEN)
    dangerous = len(known) + sum(there[sign] for sign in known)
    harmless = len(known) + sum(everywhere[sign] - there[sign] for sign in known)
    shares = {sign: ((there[sign] + 1) / dangerous, (everywhere[sign] - there[sign] + 1) / harmless) for sign in known}
    telling = {sign: abs(math.log(here / elsewhere)) for sign, (here, elsewhere) in shares.items()}
    return space({sign: math.sqrt(much * math.log(len(rows) / everywhere[sign])) for sign, much in telling.items()})


def _judge(seen: Sequence[Seen]) -> tuple[dict[str, float], float]:
    """What the findings are worth beside the verdict of a machine that has not learnt from the same people's messages."""
    sources = sorted({message.source for message, _ in seen} - TUNED)
    found: list[dict[str, float]] = []
    inside: list[bool] = []
    for part in range(PARTS):
        own = set(sources[part::PARTS])
        hunch = Hunch(_danger([each for each in seen if each[0].source not in own]), {}, 0.0, NOTHING.kinds)
        for message, sight in seen:
            if message.source in own:
                found.append({MARGIN: hunch.margin(sight), **sight.of_danger()})
                inside.append(message.deadly)
    return _odds(found, inside)


def _cuts(reader: Reader, messages: Iterable[Message]) -> tuple[dict[str, float], float]:
    """What tells that a further request begins, from all the places where messages might be cut."""
    found: list[dict[str, float]] = []
    inside: list[bool] = []
    for message in messages:

        def begins(findings: dict[str, float], cut: Cut, bounds: tuple[int, ...] = message.begins) -> bool:
            found.append(findings)
            inside.append(any(abs(cut.start - bound) <= NEAR for bound in bounds))
            return inside[-1]

        reader.asks.spans(simplify(message.text), danger=False, begins=begins)
    return _odds(found, inside)


def _odds(found: Sequence[Mapping[str, float]], inside: Sequence[bool]) -> tuple[dict[str, float], float]:
    """Weights of findings, and what to add."""
    places = {name: place for place, name in enumerate(sorted({name for each in found for name in each}))}
    vectors = fit.table((_row(each, places) for each in found), len(places))
    weights, bias = fit.odds(vectors, inside)
    return {name: round(weights[place], 3) for name, place in places.items()}, round(bias, 3)


def _purposes(lexicon: Mapping[str, Any], seen: Iterable[Seen]) -> Machine:
    """Tells what messages of residents are for; what only some may say is left to the words of the lexicon."""
    others = {NONE, UNSAID, *(name for name, row in lexicon["intents"]["of"].items() if "by" in row)}
    told = [(m, sight) for m, sight in seen if m.intent not in others and not m.deadly]
    return _sorter([(m.intent, sight, sight.of_purpose()) for m, sight in told])


def _sorter(cases: Sequence[tuple[str, Sight, dict[str, float]]]) -> Machine:
    """Tells the labels of these cases apart by signs and findings; small labels weigh as much as large ones."""
    rows = [sight.signs for _, sight, _ in cases]
    found = _rare(rows)
    names = sorted({name for _, _, findings in cases for name in findings})
    places = {name: place for place, name in enumerate(names, len(found.worth))}
    whole = [_both(found.row(row), _row(each, places)) for row, (_, _, each) in zip(rows, cases, strict=True)]
    vectors = fit.table(whole, len(found.worth) + len(names))
    weights, of_findings, before = {}, {}, {}
    for label in sorted({own for own, _, _ in cases}):
        inside = [own == label for own, _, _ in cases]
        every, before[label] = fit.hyperplane(vectors, inside, SORTING_PENALTY, balanced=True)
        weights[label] = every[: len(found.worth)]
        of_findings[label] = {name: round(every[place], 3) for name, place in places.items()}
    return Machine(found, weights, of_findings, before)


def _rare(rows: Sequence[set[str]]) -> Space:
    """A sign is worth the more, the rarer it is; pairs with a gap tell nothing here."""
    counts = sorted(Counter(chain.from_iterable(rows)).items())
    return space({sign: math.log(len(rows) / n) for sign, n in counts if n >= OFTEN and GAP not in sign})


def _row(found: Mapping[str, float], places: Mapping[str, int]) -> Row:
    return Row([places[name] for name in found], list(found.values()))


def _both(one: Row, other: Row) -> Row:
    return Row([*one.places, *other.places], [*one.values, *other.values])
