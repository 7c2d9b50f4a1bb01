"""Writes a linear classifier as a table for JSON and reads it back: arrays of numbers become base64 text."""

import base64
import struct
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from bot.understanding.models.linear import LinearClassifier


def packed(classifier: LinearClassifier) -> dict[str, Any]:
    """All but the vocabulary. The IDF keeps three digits (two bytes a number)."""
    sizes = array("H", (end - start for start, end in pairwise(classifier.starts)))
    return {
        "labels": classifier.labels,
        "idf": _text(struct.pack(f"<{len(classifier.idf)}e", *classifier.idf)),
        "sizes": _text(sizes.tobytes()),
        "holders": _text(array("H", classifier.holders).tobytes()),
        "width": classifier.weights.typecode,
        "weights": _text(classifier.weights.tobytes()),
        "scales": list(classifier.scales),
        "intercepts": list(classifier.intercepts),
        "findings": classifier.findings,
    }


def unpacked(table: Mapping[str, Any], vocabulary: Mapping[str, int]) -> LinearClassifier:
    """The classifier over this vocabulary. KeyError, TypeError or ValueError where the table holds none."""
    return LinearClassifier(
        labels=tuple(table["labels"]),
        vocabulary=vocabulary,
        idf=_halves(base64.b64decode(table["idf"])),
        starts=array("I", accumulate(array("H", base64.b64decode(table["sizes"])), initial=0)),
        holders=array("H", base64.b64decode(table["holders"])),
        weights=array(table["width"], base64.b64decode(table["weights"])),
        scales=table["scales"],
        intercepts=table["intercepts"],
        findings=table["findings"],
    )


def _halves(content: bytes) -> Sequence[float]:
    return array("f", struct.unpack(f"<{len(content) // 2}e", content))


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
