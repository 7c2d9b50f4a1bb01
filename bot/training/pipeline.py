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
from bot.understanding.decide.danger_model import DANGER, MARGIN, DangerClassifier
from bot.understanding.decide.features import MessageFeatures
from bot.understanding.decide.segment_starts import SegmentStart
from bot.understanding.lexicon import read_lexicon
from bot.understanding.models.bundle import NOTHING, ModelBundle
from bot.understanding.models.label_model import Row
from bot.understanding.models.linear import LinearClassifier, Space, space
from bot.understanding.models.naive_bayes import NaiveBayes
from bot.understanding.models.naive_bayes import train as train_naive_bayes
from bot.understanding.models.ngrams import GAP
from bot.understanding.normalize import fold, simplify
from bot.understanding.reader import Reader, assemble

SEEN, OFTEN = 2, 3
"""A character must stand in so many messages to tell danger, and to tell an intent."""
KEYWORDS = "cries"
TUNED = frozenset({KEYWORDS, "emergencies", "examples", "heard", "requests", "sayings", "several_and_one", "taught"})
"""Messages on which the words of the lexicon were tuned: they are excluded when the stacker is fitted."""
PARTS = 5
"""Into so many parts the other messages are put to see the margins of messages that a classifier was not trained on."""
DANGER_PENALTY, SORTING_PENALTY = 1.0, 0.5
"""What a message on the wrong side costs beside the size of the weights."""

NEAR = 2
"""So many characters off, a cut is still the one meant: spaces stand on either side of it."""

Seen = tuple[Message, MessageFeatures]


def learn(config: Path, messages: Sequence[Message]) -> ModelBundle:
    """Everything that these messages teach who knows the office's lexicon."""
    lexicon = read_lexicon(config / "lexicon")
    known = replace(NOTHING, categories=_categories(lexicon, messages))
    reader = assemble(config, known)
    seen = [(message, reader.see(message.text)) for message in (*messages, *_keyword_messages(lexicon))]
    danger = [(message, features) for message, features in seen if message.danger != UNSAID]
    stacker, bias = _stacker(danger)
    weights, segment_bias = _segment_starts(reader, [message for message in messages if message.intent == "request"])
    return replace(
        known,
        kinds=_kinds(danger),
        danger=_danger(danger),
        stacker=stacker,
        bias=bias,
        intents=_intents(lexicon, seen),
        segment_starts=weights,
        segment_bias=segment_bias,
    )


def _keyword_messages(lexicon: Mapping[str, Any]) -> Iterator[Message]:
    """The phrases that name a danger to life, as if they were messages: people in danger may write nothing else."""
    for kind, row in lexicon["danger"].items():
        if row["level"] == "U0":
            yield from (Message(KEYWORDS, kind, UNSAID, UNSAID, said) for said in row["keywords"] if said.isalpha())


def _categories(lexicon: Mapping[str, Any], messages: Iterable[Message]) -> NaiveBayes:
    examples: dict[str, list[str]] = defaultdict(list)
    for message in messages:
        if message.category not in (NONE, UNSAID):
            examples[message.category].append(fold(message.text).replace(" ", ""))
    return train_naive_bayes(lexicon["categories"]["of"], examples)


def _kinds(seen: Iterable[Seen]) -> LinearClassifier:
    """Tells the kinds of danger apart, by characters and by what the words of the lexicon name."""
    return _sorter([(m.danger, features, features.of_kind()) for m, features in seen if m.deadly])


def _danger(seen: Sequence[Seen]) -> LinearClassifier:
    """Tells messages of danger from all others by their characters."""
    rows = [features.ngrams for _, features in seen]
    inside = [message.deadly for message, _ in seen]
    found = _telling(rows, inside)
    vectors = fit.table((found.row(row) for row in rows), len(found.worth))
    weights, before = fit.hyperplane(vectors, inside, DANGER_PENALTY, balanced=False)
    return LinearClassifier(found, {DANGER: weights}, {DANGER: {}}, {DANGER: before})


def _telling(rows: Sequence[set[str]], inside: Sequence[bool]) -> Space:
    """A character is worth the more, the rarer it is and the more its share among the dangerous differs from that among the others."""
    there = Counter(chain.from_iterable(compress(rows, inside)))
    everywhere = Counter(chain.from_iterable(rows))
    known = sorted(ngram for ngram, count in everywhere.items() if count >= SEEN)
    dangerous = len(known) + sum(there[ngram] for ngram in known)
    harmless = len(known) + sum(everywhere[ngram] - there[ngram] for ngram in known)
    shares = {
        ngram: ((there[ngram] + 1) / dangerous, (everywhere[ngram] - there[ngram] + 1) / harmless) for ngram in known
    }
    telling = {ngram: abs(math.log(here / elsewhere)) for ngram, (here, elsewhere) in shares.items()}
    return space({ngram: math.sqrt(much * math.log(len(rows) / everywhere[ngram])) for ngram, much in telling.items()})


def _stacker(seen: Sequence[Seen]) -> tuple[dict[str, float], float]:
    """What the findings are worth beside the margin of a classifier that was not trained on the same people's messages."""
    sources = sorted({message.source for message, _ in seen} - TUNED)
    found: list[dict[str, float]] = []
    inside: list[bool] = []
    for part in range(PARTS):
        own = set(sources[part::PARTS])
        classifier = DangerClassifier(
            _danger([each for each in seen if each[0].source not in own]), {}, 0.0, NOTHING.kinds
        )
        for message, features in seen:
            if message.source in own:
                found.append({MARGIN: classifier.margin(features), **features.of_danger()})
                inside.append(message.deadly)
    return _odds(found, inside)


def _segment_starts(reader: Reader, messages: Iterable[Message]) -> tuple[dict[str, float], float]:
    """What tells that a further request begins, from all the places where messages might be cut."""
    found: list[dict[str, float]] = []
    inside: list[bool] = []
    for message in messages:

        def begins(findings: dict[str, float], start: SegmentStart, bounds: tuple[int, ...] = message.begins) -> bool:
            found.append(findings)
            inside.append(any(abs(start.start - bound) <= NEAR for bound in bounds))
            return inside[-1]

        reader.segmentation.spans(simplify(message.text), danger=False, begins=begins)
    return _odds(found, inside)


def _odds(found: Sequence[Mapping[str, float]], inside: Sequence[bool]) -> tuple[dict[str, float], float]:
    """Weights of findings, and what to add."""
    places = {name: place for place, name in enumerate(sorted({name for each in found for name in each}))}
    vectors = fit.table((_row(each, places) for each in found), len(places))
    weights, bias = fit.odds(vectors, inside)
    return {name: round(weights[place], 3) for name, place in places.items()}, round(bias, 3)


def _intents(lexicon: Mapping[str, Any], seen: Iterable[Seen]) -> LinearClassifier:
    """Tells what messages of residents are for; what only some may say is left to the words of the lexicon."""
    others = {NONE, UNSAID, *(name for name, row in lexicon["intents"]["of"].items() if "by" in row)}
    told = [(m, features) for m, features in seen if m.intent not in others and not m.deadly]
    return _sorter([(m.intent, features, features.of_intent()) for m, features in told])


def _sorter(cases: Sequence[tuple[str, MessageFeatures, dict[str, float]]]) -> LinearClassifier:
    """Tells the labels of these cases apart by characters and findings; small labels weigh as much as large ones."""
    rows = [features.ngrams for _, features, _ in cases]
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
    return LinearClassifier(found, weights, of_findings, before)


def _rare(rows: Sequence[set[str]]) -> Space:
    """A character is worth the more, the rarer it is; pairs with a gap tell nothing here."""
    counts = sorted(Counter(chain.from_iterable(rows)).items())
    return space({ngram: math.log(len(rows) / n) for ngram, n in counts if n >= OFTEN and GAP not in ngram})


def _row(found: Mapping[str, float], places: Mapping[str, int]) -> Row:
    return Row([places[name] for name in found], list(found.values()))


def _both(one: Row, other: Row) -> Row:
    return Row([*one.places, *other.places], [*one.values, *other.values])
