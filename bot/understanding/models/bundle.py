"""What the reader learnt from whole messages, and the file it lies in; `lexicon learn` builds it."""

import base64
import json
import struct
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from bot.understanding.models.linear import LinearClassifier, space
from bot.understanding.models.naive_bayes import EMPTY as EMPTY_NAIVE_BAYES
from bot.understanding.models.naive_bayes import NaiveBayes
from config.settings import SettingsError

FILE = "bundle.json"
FORMAT = 2


@dataclass(frozen=True, slots=True)
class ModelBundle:
    """Everything learnt."""

    categories: NaiveBayes
    danger: LinearClassifier
    stacker: Mapping[str, float]
    """Weighs what the classifier of danger says against the lexicon's findings."""
    bias: float
    kinds: LinearClassifier
    """Of danger."""
    intents: LinearClassifier
    """Intents of residents."""
    segment_starts: Mapping[str, float]
    """Tell whether a further request begins where a message may be cut."""
    segment_bias: float


_EMPTY = LinearClassifier(space({}), {}, {}, {})
NOTHING = ModelBundle(EMPTY_NAIVE_BAYES, _EMPTY, {}, 0.0, _EMPTY, _EMPTY, {}, 0.0)


def sources(folder: Path) -> str:
    """A digest of all that model bundle is made from: when it changes, something new can be learnt."""
    files = sorted([*folder.glob("*.toml"), *folder.glob("messages/*.txt")])
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


class BundleError(SettingsError):
    """The file is missing, damaged, or of another format: without it nobody would be understood, so nothing starts."""


def as_bytes(bundle: ModelBundle, folder: Path) -> bytes:
    """One JSON document, with the digest of the lexicon of this folder."""
    document = {
        "format": FORMAT, "sources": sources(folder), "categories": _naive_bayes(bundle.categories),
        "danger": _linear(bundle.danger), "stacker": bundle.stacker, "bias": bundle.bias,
        "kinds": _linear(bundle.kinds), "intents": _linear(bundle.intents), "segment_starts": bundle.segment_starts, "segment_bias": bundle.segment_bias,
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read(folder: Path) -> ModelBundle:
    """What stands in the file beside the lexicon. ExperienceError where it cannot be read."""
    document = _document(folder)
    return ModelBundle(
        _read_naive_bayes(document["categories"]),
        _read_linear(document["danger"]),
        document["stacker"],
        document["bias"],
        _read_linear(document["kinds"]),
        _read_linear(document["intents"]),
        document["segment_starts"],
        document["segment_bias"],
    )


def outdated(folder: Path) -> bool:
    """Whether words or messages there have changed since they were learnt from."""
    return str(_document(folder)["sources"]) != sources(folder)


def _document(folder: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError) as error:
        raise BundleError(f"{folder / FILE}: {error}; put back an older one, then run `lexicon learn`") from error
    if document.get("format") != FORMAT:
        raise BundleError(f"{folder / FILE}: not of format {FORMAT}; put back the one of this version")
    return document


def _linear(classifier: LinearClassifier) -> dict[str, Any]:
    worth = classifier.space.worth[1:]
    return {
        "ngrams": " ".join(classifier.space.places), "worth": _packed(worth), "findings": classifier.findings, "before": classifier.before,
        "weights": {label: _packed(weights) for label, weights in classifier.weights.items()},
    }  # fmt: skip


def _read_linear(table: Mapping[str, Any]) -> LinearClassifier:
    worth = zip(table["ngrams"].split(" "), _unpacked(table["worth"]), strict=True)
    weights = {label: _unpacked(packed) for label, packed in table["weights"].items()}
    return LinearClassifier(space(dict(worth)), weights, table["findings"], table["before"])


def _naive_bayes(model: NaiveBayes) -> dict[str, Any]:
    """The labels, and for each pair of characters for how many of them it speaks, for which, and how much."""
    found = model.weights.values()
    return {
        "labels": model.labels, "pairs": " ".join(model.weights), "sizes": _bytes(bytes(len(places) for places, _ in found)),
        "places": _bytes(b"".join(places for places, _ in found)), "weights": _packed([each for _, said in found for each in said]),
    }  # fmt: skip


def _read_naive_bayes(table: Mapping[str, Any]) -> NaiveBayes:
    places, weights = base64.b64decode(table["places"]), _unpacked(table["weights"])
    spans = pairwise(accumulate(base64.b64decode(table["sizes"]), initial=0))
    found = [(places[start:end], weights[start:end]) for start, end in spans]
    return NaiveBayes(table["labels"], dict(zip(table["pairs"].split(" "), found, strict=True)))


def _packed(numbers: Sequence[float]) -> str:
    """Three decimal digits are enough: two bytes a number."""
    return _bytes(struct.pack(f"<{len(numbers)}e", *numbers))


def _unpacked(packed: str) -> Sequence[float]:
    content = base64.b64decode(packed)
    return array("f", struct.unpack(f"<{len(content) // 2}e", content))


def _bytes(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
