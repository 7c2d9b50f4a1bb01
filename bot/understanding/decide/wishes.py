"""Tells a wish to speak with somebody, which is no report about that person, from all else that a text says."""

from bot.understanding.extract import clauses
from bot.understanding.extract.people.roster_names import RosterNames
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import simplify

_RULES = Rules("wishes")


def without_wishes(text: str, roster: RosterNames) -> str:
    """The clauses that are no such wish and say something; the whole text where there is no wish, or where the rest may speak of
    the same person without a name."""
    plain = simplify(text).text
    pieces = [piece for whole in clauses.by_sentences(plain) for piece in _in_one(whole, roster)]
    rest = [piece for piece in pieces if not _is_wish(piece, roster)]
    told = "，".join(piece for piece in rest if not _RULES.nothing.fullmatch(_solid(piece)))
    return text if len(rest) == len(pieces) or _RULES.unnamed.search(told) else told


def _in_one(sentence: str, roster: RosterNames) -> list[str]:
    """The sentence as one piece where it is a wish with blanks in it, else its pieces between blanks."""
    return [sentence] if _is_wish(sentence, roster) else clauses.by_marks(sentence)


def _is_wish(piece: str, roster: RosterNames) -> bool:
    return _RULES.wish.fullmatch(_solid(roster.marked(piece))) is not None


def _solid(piece: str) -> str:
    return "".join(piece.split())
