"""Writes a linear classifier as a table and reads it back: arrays of numbers become bytes, or base64 text where a table is JSON."""

import base64
import struct
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from bot.understanding.models.linear import LinearClassifier, Vocabulary

ARRAYS = ("idf", "sizes", "holders", "weights")
"""The names of a table that stand for bytes."""


def packed(classifier: LinearClassifier) -> dict[str, Any]:
    """All but the vocabulary. The IDF keeps three digits (two bytes a number), and is left out where it is 0 everywhere."""
    idf = classifier.idf if any(classifier.idf) else ()
    return {
        "labels": classifier.labels,
        "idf": struct.pack(f"<{len(idf)}e", *idf),
        "sizes": array("H", (end - start for start, end in pairwise(classifier.starts))).tobytes(),
        "holders": array("H", classifier.holders).tobytes(),
        "width": classifier.weights.typecode,
        "weights": classifier.weights.tobytes(),
        "scales": list(classifier.scales),
        "intercepts": list(classifier.intercepts),
        "findings": classifier.findings,
    }


def unpacked(table: Mapping[str, Any], vocabulary: Vocabulary) -> LinearClassifier:
    """The classifier over this vocabulary. KeyError, TypeError or ValueError where the table holds none."""
    idf, sizes, holders, weights = (_bytes(table[name]) for name in ARRAYS)
    return LinearClassifier(
        labels=tuple(table["labels"]),
        vocabulary=vocabulary,
        idf=_halves(idf),
        starts=array("I", accumulate(array("H", sizes), initial=0)),
        holders=array("H", holders),
        weights=array(table["width"], weights),
        scales=table["scales"],
        intercepts=table["intercepts"],
        findings=table["findings"],
    )


def as_text(content: bytes) -> str:
    """Bytes as JSON holds them; `unpacked` reads them back."""
    return base64.b64encode(content).decode("ascii")


def _bytes(content: bytes | str) -> bytes:
    return base64.b64decode(content) if isinstance(content, str) else content


def _halves(content: bytes) -> Sequence[float]:
    return array("f", struct.unpack(f"<{len(content) // 2}e", content))
