"""Puts standard words in the place of dialect words of the same length (rules/dialect.toml), so that topics need not list both."""

import re
from dataclasses import replace
from functools import cache

from bot.understanding.lexicon import LexiconError, Rules, any_of
from bot.understanding.normalize import Plain

_RULES = Rules("dialect")


def standard(plain: Plain) -> Plain:
    """The same text in standard words; every character stays where it was."""
    return replace(plain, text=standard_text(plain.text))


def standard_text(text: str) -> str:
    """As `standard`, of a simplified text."""
    pattern, words = _words()
    return pattern.sub(lambda met: words[met[0]], text)


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = _RULES.words["standard"]
    unequal = [word for word, meant in words.items() if len(word) != len(meant)]
    if unequal:
        raise LexiconError(f"dialect.toml: {unequal[0]} and its standard word differ in length")
    return re.compile(any_of(words)), words
