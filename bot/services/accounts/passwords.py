"""Passwords: which are taken, and their Argon2id hashes. Hashing takes 30 ms and 19 MiB: never inside a transaction."""

import unicodedata
from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import NotUnderstood
from bot.texts import Texts
from bot.understanding.normalize import fold_name

LEAST, MOST = 10, 128  # characters
LONGEST = 1024  # characters that are looked at
STRAIGHT = "01234567890" * 2, "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl;'"


@cache
def _hasher() -> PasswordHasher:
    """Argon2id with the least parameters that OWASP's password storage cheat sheet advises."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def dummy() -> str:
    """A hash that no password fits: it is verified where nobody is known, so that both take the same time."""
    return _hasher().hash("\0")


def plain(password: str) -> str:
    """The form that is hashed: compatibility forms (NFKC), so that full-width digits are digits."""
    return unicodedata.normalize("NFKC", password[:LONGEST])


def check(texts: Texts, password: str, name: str | None, phone: str | None) -> None:
    """NotUnderstood with the rule that this password of this person breaks."""
    chosen = plain(password)
    if len(chosen) < LEAST:
        raise NotUnderstood("accounts.password.short", least=LEAST)
    if len(chosen) > MOST:
        raise NotUnderstood("accounts.password.long", most=MOST)
    folded, known = fold_name(chosen), fold_name(name or "")
    if (known and known in folded) or (phone and phone in folded):
        raise NotUnderstood("accounts.password.own")
    if _is_common(chosen.casefold(), texts.sentences["accounts"]["password"]["commonest"]):
        raise NotUnderstood("accounts.password.common")


def _is_common(chosen: str, common: Sequence[str]) -> bool:
    """Whether it is one of the listed ones, of few different characters, or one row of the keyboard."""
    straight = any(chosen in row or chosen in row[::-1] for row in STRAIGHT)
    return chosen in common or len(set(chosen)) < 4 or straight


def hashed(password: str) -> str:
    """The hash to store."""
    return _hasher().hash(plain(password))


def fits(known: str, password: str) -> bool:
    """Whether the hash is this password's."""
    try:
        return _hasher().verify(known, plain(password))
    except (VerificationError, InvalidHashError):
        return False


def renewed(known: str, password: str) -> str | None:
    """The hash of a password that fits, with today's parameters; None where it has them already."""
    return hashed(password) if _hasher().check_needs_rehash(known) else None
