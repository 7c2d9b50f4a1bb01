"""Linear classifiers of one vocabulary as bytes: a line of JSON, then the arrays whose lengths it tells; compressed."""

import gzip
import json
import zlib
from array import array
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import accumulate, pairwise
from typing import Any

from bot.understanding.models.linear import LinearClassifier, Vocabulary

AT_A_TIME = 4096
"""N-grams that are split from the others at a time."""
_ARRAYS = ("idf", "sizes", "holders", "weights")


def packed(head: Mapping[str, Any], classifiers: Mapping[str, LinearClassifier]) -> bytes:
    """The classifiers by name, behind what else is to be kept. Same input, same bytes."""
    tables = {name: _table(classifier) for name, classifier in classifiers.items()}
    vocabulary = " ".join(next(iter(classifiers.values())).vocabulary).encode()
    arrays = [vocabulary, *(table[name] for table in tables.values() for name in _ARRAYS)]
    for table in tables.values():
        table.update({name: len(table[name]) for name in _ARRAYS})
    whole = {**head, "vocabulary": len(vocabulary), "classifiers": tables}
    line = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
    return gzip.compress(b"".join([line, b"\n", *arrays]), mtime=0)


def opened(content: bytes, form: int) -> tuple[dict[str, Any], BytesIO]:
    """The head, and what follows it. ValueError where this is nothing packed, or of another format."""
    try:
        stream = BytesIO(gzip.decompress(content))
        head = json.loads(stream.readline())
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error)) from error
    if not isinstance(head, dict) or head.get("format") != form:
        raise ValueError(f"this is no model of format {form}")
    return head, stream


def unpacked(content: bytes, form: int) -> tuple[dict[str, Any], dict[str, LinearClassifier]]:
    """The head, and the classifiers by name. ValueError, KeyError or TypeError where it holds none."""
    head, stream = opened(content, form)
    vocabulary = Vocabulary(_words(stream.read(head["vocabulary"]).decode()))
    return head, {name: _classifier(table, stream, vocabulary) for name, table in head["classifiers"].items()}


def _words(text: str) -> Iterator[str]:
    """Its words one after the other; to split all of it at once takes as much memory as all that is made of it."""
    while text:
        words = text.split(" ", AT_A_TIME)
        text = words.pop() if len(words) > AT_A_TIME else ""
        yield from words


def _table(classifier: LinearClassifier) -> dict[str, Any]:
    """All but the vocabulary. The IDF is left out where it is 0 everywhere."""
    return {
        "labels": classifier.labels,
        "idf": array("H", classifier.idf if any(classifier.idf) else ()).tobytes(),
        "sizes": array("H", (end - start for start, end in pairwise(classifier.starts))).tobytes(),
        "holders": array("H", classifier.holders).tobytes(),
        "width": classifier.weights.typecode,
        "weights": classifier.weights.tobytes(),
        "scales": list(classifier.scales),
        "intercepts": list(classifier.intercepts),
        "findings": classifier.findings,
    }


def _classifier(table: Mapping[str, Any], stream: BytesIO, vocabulary: Vocabulary) -> LinearClassifier:
    idf, sizes, holders, weights = (stream.read(table[name]) for name in _ARRAYS)
    return LinearClassifier(
        labels=tuple(table["labels"]),
        vocabulary=vocabulary,
        idf=array("H", idf),
        starts=array("I", accumulate(array("H", sizes), initial=0)),
        holders=array("H", holders),
        weights=array(table["width"], weights),
        scales=table["scales"],
        intercepts=table["intercepts"],
        findings=table["findings"],
    )
