"""A learned model: labels any text, says how sure it is, and lies in one file."""

import base64
import json
import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import mul
from pathlib import Path

from bot.understanding.models.vectorizer import OPENING_WORTH, Counts, Vectorizer, weighed

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A sparse vector: the places of its numbers, and the numbers."""

    places: Sequence[int]
    values: Sequence[float]

    def times(self, weights: Sequence[float]) -> float:
        """The product with a dense vector."""
        return sum(map(mul, map(weights.__getitem__, self.places), self.values), 0.0)


@dataclass(frozen=True, slots=True)
class Space:
    """Where each feature stands in a vector, and how rare each group of characters is."""

    vectorizer: Vectorizer
    places: dict[str, int]
    rarity: dict[str, float]

    def row(self, text: str) -> Row:
        """The vector of a text."""
        return self.vector(self.vectorizer.counted(text))

    def vector(self, counts: Counts) -> Row:
        """The vector of what was seen in a text; features that were never learnt fall out."""
        whole, opening, keyword_features = counts
        values = weighed(whole, self.rarity, 1.0) | weighed(opening, self.rarity, OPENING_WORTH) | keyword_features
        known = [(self.places[feature], value) for feature, value in values.items() if feature in self.places]
        return Row([place for place, _ in known], [value for _, value in known])


@dataclass(frozen=True, slots=True)
class Model:
    """One weight for each label and feature, and what each label has beforehand."""

    labels: tuple[str, ...]
    space: Space
    weights: Sequence[Sequence[float]]
    before: Sequence[float]
    inverse_temperature: float
    """Turns margins into a confidence: fitted on rows that were not learnt from."""

    def label(self, text: str) -> tuple[str, float]:
        """The best label and a confidence between 0 and 1."""
        margins = self.margins(self.space.row(text))
        best = max(range(len(margins)), key=margins.__getitem__)
        return self.labels[best], confidence(margins, best, self.inverse_temperature)

    def margins(self, row: Row) -> list[float]:
        """By label, how far the row lies inside it."""
        return [row.times(weights) + before for weights, before in zip(self.weights, self.before, strict=True)]

    def save(self, path: Path) -> None:
        """Write one file of `as_bytes`."""
        path.write_bytes(self.as_bytes())

    def as_bytes(self) -> bytes:
        """One JSON document; it holds groups of characters and numbers, no text."""
        rarity = [self.space.rarity.get(feature, 0.0) for feature in self.space.places]
        document = {
            "format": FORMAT, "labels": self.labels, "sharpness": self.inverse_temperature, "traits": list(self.space.places),
            "category_worth": self.space.vectorizer.category_worth, "rarity": _packed(rarity), "weights": [_packed(weights) for weights in self.weights], "before": list(self.before),
        }  # fmt: skip
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def load_model(path: Path, vectorizer: Vectorizer) -> Model:
    """Read a saved model. ValueError where the file is none of this format."""
    return read_model(path.read_bytes(), vectorizer)


def read_model(content: bytes, vectorizer: Vectorizer) -> Model:
    """The model of these bytes. ValueError, KeyError or TypeError where they are none of this format."""
    document = json.loads(content.decode("utf-8"))
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"this is no model of format {FORMAT}")
    rarity = zip(document["traits"], _unpacked(document["rarity"]), strict=True)
    vectorizer = replace(vectorizer, category_worth=document["category_worth"])
    space = Space(
        vectorizer, {feature: place for place, feature in enumerate(document["traits"])}, {t: r for t, r in rarity if r}
    )
    weights = [_unpacked(packed) for packed in document["weights"]]
    return Model(tuple(document["labels"]), space, weights, document["before"], document["sharpness"])


def confidence(margins: Sequence[float], which: int, inverse_temperature: float) -> float:
    """The share of one label when margins are read as log odds."""
    best = max(margins)
    parts = [math.exp(inverse_temperature * (margin - best)) for margin in margins]
    return parts[which] / sum(parts)


def _packed(numbers: Sequence[float]) -> str:
    return base64.b64encode(array("f", numbers).tobytes()).decode("ascii")


def _unpacked(packed: str) -> Sequence[float]:
    return array("f", base64.b64decode(packed))
