"""A short word that was typed wrong: other characters of the same sound (收倒), its pinyin, or one character twice."""

import re
from collections.abc import Iterable

from bot.understanding.extract.sounds import Sounds
from bot.understanding.normalize import fold

LEAST_SAME = 0.5  # of a word's characters: 手套 is no 收到


def reads_as(said: str, words: Iterable[str], sounds: Sounds, endings: re.Pattern[str]) -> bool:
    """Whether all of what was said is one of the words, typed wrong. The word itself is not. `endings`: what may stand behind
    a word and says nothing."""
    plain = _short(said, endings)
    return bool(plain) and any(_is(plain, _short(word, endings), sounds) for word in words)


def _short(word: str, endings: re.Pattern[str]) -> str:
    """Folded, without its ending."""
    folded = "".join(fold(word).split())
    return next((folded[:at] for at in range(1, len(folded)) if endings.fullmatch(folded[at:])), folded)


def _is(said: str, word: str, sounds: Sounds) -> bool:
    if said.isascii():
        return said == "".join(sounds.spelled.get(character, character) for character in word)
    if len(said) == len(word) + 1:  # 收收到
        return any(said[at] == said[at - 1] and said[:at] + said[at + 1 :] == word for at in range(1, len(said)))
    if len(said) != len(word) or said == word:
        return False
    pairs = list(zip(said, word, strict=True))
    alike = all(one == other or _sound_alike(one, other, sounds) for one, other in pairs)
    return alike and sum(one == other for one, other in pairs) >= LEAST_SAME * len(word)


def _sound_alike(one: str, other: str, sounds: Sounds) -> bool:
    sound = sounds.alike.get(one)
    return sound is not None and sound == sounds.alike.get(other)
