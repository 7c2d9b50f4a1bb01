"""A model of the office's own labels: gives any text a label and a confidence, and lies in one file."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.understanding.models.linear import LinearClassifier, Vocabulary
from bot.understanding.models.packing import as_text, packed, unpacked
from bot.understanding.models.vectorizer import Vectorizer

FORMAT = 3


@dataclass(frozen=True, slots=True)
class Model:
    """A linear classifier over what the vectorizer sees. `bot.training.labels` trains it."""

    vectorizer: Vectorizer
    classifier: LinearClassifier
    inverse_temperature: float
    """Turns margins into a confidence: fitted on rows that were not learnt from."""

    @property
    def labels(self) -> tuple[str, ...]:
        """All labels that it knows."""
        return self.classifier.labels

    def label(self, text: str) -> tuple[str, float]:
        """The best label and a confidence between 0 and 1."""
        scores = self.classifier.scores(*self.vectorizer.features(text))
        best = max(scores, key=scores.__getitem__)
        return best, confidence(list(scores.values()), self.inverse_temperature)

    def save(self, path: Path) -> None:
        """Write one file of `as_bytes`."""
        path.write_bytes(self.as_bytes())

    def as_bytes(self) -> bytes:
        """One JSON document; it holds n-grams and numbers, no text."""
        document = {
            "format": FORMAT, "inverse_temperature": self.inverse_temperature, "category_worth": self.vectorizer.category_worth,
            "vocabulary": list(self.classifier.vocabulary), "classifier": packed(self.classifier),
        }  # fmt: skip
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=as_text).encode()


def read_model(content: bytes, vectorizer: Vectorizer) -> Model:
    """The model of these bytes. ValueError, KeyError or TypeError where they are none of this format."""
    document = json.loads(content.decode("utf-8"))
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"this is no model of format {FORMAT}")
    vocabulary = Vocabulary((ngram, place) for place, ngram in enumerate(document["vocabulary"]))
    vectorizer = replace(vectorizer, category_worth=document["category_worth"])
    return Model(vectorizer, unpacked(document["classifier"], vocabulary), document["inverse_temperature"])


def load_model(path: Path, vectorizer: Vectorizer) -> Model:
    """Read a file of `as_bytes`; errors as `read_model`."""
    return read_model(path.read_bytes(), vectorizer)


def confidence(margins: Sequence[float], inverse_temperature: float) -> float:
    """The share of the best label when margins are read as log odds."""
    best = max(margins)
    return 1 / sum(math.exp(inverse_temperature * (margin - best)) for margin in margins)
