"""Builds the model bundle from the lexicon and its messages: what danger, each intent and each category are like."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.model_selection import PredefinedSplit

from bot.training import fit
from bot.training.corpus import NONE, UNSAID, Message
from bot.understanding.decide.danger.detector import DANGER, DangerClassifier
from bot.understanding.decide.features import MessageFeatures
from bot.understanding.lexicon import read_lexicon
from bot.understanding.loading import assemble
from bot.understanding.models.bundle import NOTHING, ModelBundle
from bot.understanding.models.linear import LinearClassifier
from bot.understanding.models.ngrams import GAP, chinese_ngrams, contiguous
from bot.understanding.normalize import fold_solid, simplify
from bot.understanding.reader import Reader

SEEN, OFTEN = 2, 3
"""An n-gram must stand in so many messages to tell danger, and to tell an intent or a kind."""
MOST = 80_000
"""So many n-grams tell danger; with more, cross-validation finds no difference."""
KEYWORDS, EXAMPLES = "cries", "examples"
TUNED = frozenset({KEYWORDS, EXAMPLES, "emergencies", "heard", "requests", "sayings", "several_and_one", "taught"})
"""Messages on which the words of the lexicon were tuned: they are excluded when the stacker is fitted."""
PARTS = 5
"""Folds in which the stacker sees the margins of messages that a classifier was not trained on."""
DANGER_PENALTY, SORTING_PENALTY = 1.0, 0.5
"""What a message on the wrong side costs beside the size of the weights."""
NEAR = 2
"""So many characters off, a cut is still the one meant: spaces stand on either side of it."""
SINGLE = 0.4
"""Of naive Bayes: a single character counts this much of what a pair does."""
PRIOR = 20.0
"""The general mixture is added to every category as if it were so many n-grams (smoothing)."""
COMMON = 3.0
"""An n-gram counts at most this often from the phrases of one category."""
SPEAKING, POINT = 1.0, 1 / 6
"""Phrases of more points than the first count, each point so much."""

Seen = tuple[Message, MessageFeatures]


def learn(config: Path, messages: Sequence[Message]) -> ModelBundle:
    """The bundle of these messages and the office's lexicon."""
    lexicon = read_lexicon(config / "lexicon")
    known = _categories(lexicon, messages)
    reader = assemble(config, replace(NOTHING, categories=known))
    seen = [(message, reader.see(message.text)) for message in (*messages, *_keyword_messages(lexicon))]
    danger = [(message, features) for message, features in seen if message.danger != UNSAID]
    stacker, bias = _stacker(danger)
    weights, segment_bias = _segment_starts(reader, [message for message in messages if message.intent == "request"])
    categories, alarms, kinds, intents = fit.share(known, _danger(danger), _kinds(danger), _intents(lexicon, seen))
    everyday = [message.text for message in messages if message.source == EXAMPLES]
    background = Counter(ngram for text in everyday for ngram in set(contiguous(fold_solid(text), 1, 2)))
    return ModelBundle(
        categories, alarms, stacker, bias, kinds, intents, weights, segment_bias, dict(sorted(background.items())), len(everyday)
    )  # fmt: skip


def _keyword_messages(lexicon: Mapping[str, Any]) -> Iterator[Message]:
    """The phrases that name a danger to life, as if they were messages: people in danger may write nothing else."""
    for kind, row in lexicon["danger"].items():
        if row["level"] == "U0":
            yield from (Message(KEYWORDS, kind, UNSAID, UNSAID, said) for said in row["keywords"] if said.isalpha())


def _categories(lexicon: Mapping[str, Any], messages: Iterable[Message]) -> LinearClassifier:
    """Naive Bayes over the n-grams of the lexicon's phrases and of example messages. Only log ratios above 0 are kept."""
    of, counted = lexicon["categories"]["of"], defaultdict[str, Counter[str]](Counter)
    for code, phrases in of.items():
        counted[code].update(_of_phrases(phrases))
    for message in messages:
        if message.category not in (NONE, UNSAID):
            counted[message.category].update(dict.fromkeys(chinese_ngrams(fold_solid(message.text)), 1))
    labels, vectorizer = sorted(counted), DictVectorizer(sparse=False)
    counts = vectorizer.fit_transform([counted[label] for label in labels])
    usual = counts.sum(axis=0) / counts.sum()
    ratios = (counts + PRIOR * usual) / (counts.sum(axis=1, keepdims=True) + PRIOR) / usual
    part = np.asarray([SINGLE if len(name) == 1 else 1.0 for name in vectorizer.feature_names_])
    weights = np.where(counts > 0, np.maximum(np.log(ratios), 0.0) * part, 0.0)
    idf = np.zeros(len(part))
    return fit.exported(labels, vectorizer.feature_names_, idf, weights, [0.0] * len(labels), fit.FINE)


def _of_phrases(phrases: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """How often each n-gram stands in the phrases, by their weight, up to COMMON."""
    said: dict[str, float] = defaultdict(float)
    for points, phrase in ((float(weight), phrase) for weight, same in phrases.items() for phrase in same):
        if points > SPEAKING:
            for part in (part for part in phrase.split("+") if not part.startswith("@")):
                for ngram in chinese_ngrams(part):
                    said[ngram] += points * POINT
    return {ngram: min(count, COMMON) for ngram, count in said.items()}


def _kinds(seen: Iterable[Seen]) -> LinearClassifier:
    """Tells the kinds of danger apart, by characters and by what the words of the lexicon name."""
    return _sorter([(m.danger, features, features.of_kind()) for m, features in seen if m.deadly])


def _danger(seen: Sequence[Seen]) -> LinearClassifier:
    """Tells messages of danger from all others by their n-grams."""
    rows, inside = [features.ngrams for _, features in seen], [message.deadly for message, _ in seen]
    return fit.detector(DANGER, rows, inside, SEEN, MOST, DANGER_PENALTY)


def _stacker(seen: Sequence[Seen]) -> tuple[dict[str, float], float]:
    """What the findings weigh beside the margin of a classifier that was not trained on messages of the same author."""
    authors = sorted({message.source for message, _ in seen} - TUNED)
    folds = [-1 if message.source in TUNED else authors.index(message.source) % PARTS for message, _ in seen]
    found: list[dict[str, float]] = []
    inside: list[bool] = []
    for trained, held in PredefinedSplit(folds).split():  # -1 is never held back
        classifier = DangerClassifier(_danger([seen[at] for at in trained]), {}, 0.0, NOTHING.kinds)
        found += [classifier.findings(seen[at][1]) for at in held]
        inside += [seen[at][0].deadly for at in held]
    return fit.odds(found, inside)


def _segment_starts(reader: Reader, messages: Iterable[Message]) -> tuple[dict[str, float], float]:
    """What tells that a further request begins, from all the places where messages might be cut."""
    found: list[dict[str, float]] = []
    inside: list[bool] = []
    for message in messages:

        def begins(findings: dict[str, float], start: int, bounds: tuple[int, ...] = message.begins) -> bool:
            found.append(findings)
            inside.append(any(abs(start - bound) <= NEAR for bound in bounds))
            return inside[-1]

        reader.segmentation.spans(
            simplify(message.text), danger=False, begins=begins, about=reader.chooser.classifier.choose
        )
    return fit.odds(found, inside)


def _intents(lexicon: Mapping[str, Any], seen: Iterable[Seen]) -> LinearClassifier:
    """Tells what messages of residents are for; what only some may say is left to the words of the lexicon."""
    others = {NONE, UNSAID, *(name for name, row in lexicon["intents"]["of"].items() if "by" in row)}
    told = [(m, features) for m, features in seen if m.intent not in others and not m.deadly]
    return _sorter([(m.intent, features, features.of_intent()) for m, features in told])


def _sorter(cases: Sequence[tuple[str, MessageFeatures, dict[str, float]]]) -> LinearClassifier:
    """Tells the labels of these cases apart by n-grams and findings. Pairs with a gap make this worse."""
    rows = [{ngram for ngram in features.ngrams if GAP not in ngram} for _, features, _ in cases]
    labels, findings = [label for label, _, _ in cases], [found for _, _, found in cases]
    return fit.sorter(rows, findings, labels, OFTEN, SORTING_PENALTY)
