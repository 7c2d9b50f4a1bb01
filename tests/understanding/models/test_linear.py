"""The vocabulary that classifiers share: as a dictionary of n-grams would answer, in less memory."""

import random
import tracemalloc
from collections.abc import Callable, Sized

import pytest

from bot.understanding.models.linear import Vocabulary

NGRAMS = sorted({"灯", "灯不", "灯_亮", "灯__了", "^灯不", "亮", "亮$", "^亮", "a", "ab"})


def test_an_n_gram_has_its_number_in_their_order() -> None:
    vocabulary = Vocabulary(NGRAMS)
    assert list(vocabulary) == NGRAMS
    assert len(vocabulary) == len(NGRAMS)
    assert [vocabulary.place(ngram) for ngram in NGRAMS] == list(range(len(NGRAMS)))


@pytest.mark.parametrize("ngram", ["", "不", "灯亮", "灯不亮", "^"])
def test_what_is_not_known_has_none(ngram: str) -> None:
    assert Vocabulary(NGRAMS).place(ngram) is None


def test_of_several_n_grams_those_that_are_known_are_found() -> None:
    vocabulary = Vocabulary(NGRAMS)
    assert sorted(vocabulary.places({"灯不", "不", "ab", "b", "亮$"})) == sorted(
        map(NGRAMS.index, ("灯不", "ab", "亮$"))
    )


def test_an_empty_one_knows_nothing() -> None:
    vocabulary = Vocabulary(())
    assert (list(vocabulary), len(vocabulary), vocabulary.places({"灯"})) == ([], 0, [])


def test_n_grams_that_are_not_sorted_are_refused() -> None:
    with pytest.raises(ValueError, match="灯"):
        Vocabulary(["灯不", "亮", "灯"])


def test_it_takes_less_than_half_of_what_a_dictionary_takes() -> None:
    characters, choice = [chr(0x4E00 + at) for at in range(600)], random.Random(1).choice
    ngrams = sorted({choice(characters) + choice(characters) for _ in range(30_000)})
    parts = [(ngram[:1], ngram[1:]) for ngram in ngrams]
    whole = _bytes_of(lambda: {first + rest: place for place, (first, rest) in enumerate(parts)})
    assert _bytes_of(lambda: Vocabulary(first + rest for first, rest in parts)) < 0.5 * whole


def _bytes_of(make: Callable[[], Sized]) -> int:
    tracemalloc.start()
    made = make()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(made) > 0
    return size
