"""What counts where a stretch of a text is compared with a name of digits and characters."""

from collections.abc import Iterator

from bot.understanding.normalize import CHINESE


def is_whole(plain: str, start: int, stop: int) -> bool:
    """Whether a name that begins or ends with a digit is no part of a longer number (党员20 in 党员201)."""
    return not any(plain[at - 1 : at].isdigit() and plain[at : at + 1].isdigit() for at in (start, stop) if at)


def same_characters(written: str, name: str) -> Iterator[bool]:
    """For each character of the name whether it is written so; a digit tells nothing, it stands in any address."""
    return (a == b for a, b in zip(written, name, strict=True) if CHINESE.match(b))
