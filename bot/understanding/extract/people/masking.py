"""What others may read of a text: four degrees of masking, by how near the reader is to the matter."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.understanding.extract.people.person_names import Names
from bot.understanding.extract.people.phone import in_digits, phones
from bot.understanding.extract.places.gazetteer import Gazetteer
from bot.understanding.lexicon import Rules
from bot.understanding.normalize import Plain, Span, simplify

_RULES = Rules("accounts")
SHORTEST = 2
"""Characters of a name that is looked for wherever it stands."""
_KINDS = {
    "accounts": (
        ("mail", "odd_mail", "loose_mobile", "certificate", "han_local", "odd_handle", "disguised"),
        ("disguised", "piece", "handle", "qq", "parted", "local"),
    ),
    "plates": (("plate", "odd_plate"), ("spaced_plate",)),
    "door_codes": (("opens",), ("door_code", "odd_door_code", "opens")),
    "cards": (("identity", "bank_card"), ("identity", "bank_card")),
    "spots": (("spot",), ()),
    "positions": (("position",), ()),
}
"""The expressions of each kind that are looked for in a text as it stands, and with spoken digits as digits."""
_HINTED = {"accounts", "plates", "door_codes"}
"""Kinds of which a text without the expression `hint` holds none."""


@dataclass(frozen=True, slots=True)
class Masks:
    """Takes out of a text what its reader may not see. `names` are known already: they are found wherever they stand."""

    names: Names
    gazetteer: Gazetteer

    def for_others(self, text: str, names: Iterable[str] = ()) -> str:
        """Without numbers of people in any written form, names, number plates, codes of doors, and rooms."""
        plain = simplify(text)
        rooms = [door.room_span for door in self.gazetteer.doors(plain) if door.room_span]
        return mask(plain, [*self._of_people(plain, names), *spans(plain.text, "plates", "door_codes"), *rooms])

    def for_owner(self, text: str) -> str:
        """Without numbers of people alone: one's own room and the names that one has said are no secret to oneself."""
        plain = simplify(text)
        return mask(plain, _numbers(plain.text))

    def for_helper(self, text: str, names: Iterable[str] = ()) -> str:
        """With what a helper must know to come and to act: the room, the code of the door, a number plate."""
        plain = simplify(text)
        return mask(plain, self._of_people(plain, names))

    def before_accepting(self, text: str, names: Iterable[str] = ()) -> str:
        """Without building, unit and position too: for whoever has not promised to come yet."""
        plain = simplify(text)
        doors = [span for door in self.gazetteer.doors(plain) for span in door.spans]
        things = spans(plain.text, "plates", "door_codes", "positions", "spots")
        return mask(plain, [*self._of_people(plain, names), *things, *doors])

    def names_in(self, text: str) -> frozenset[str]:
        """The names in a text that tell who it is: no surnames alone."""
        plain = simplify(text).text
        return frozenset(plain[start:end] for start, end in self.names.find(plain) if end - start >= SHORTEST)

    def _of_people(self, plain: Plain, names: Iterable[str]) -> Iterator[Span]:
        """A name that something announces is one everywhere in the text, also with marks or blanks between its characters."""
        yield from _numbers(plain.text)
        found = self.names.find(plain.text)
        yield from found
        for name in {plain.text[start:end] for start, end in found} | {simplify(name).text for name in names}:
            if len(name) >= SHORTEST:
                pattern = re.compile(r"[\s·.•_-]{0,2}".join(map(re.escape, name)))
                yield from (met.span() for met in pattern.finditer(plain.text))


def mask(plain: Plain, found: Iterable[Span]) -> str:
    """The raw text with these parts of it replaced by stars."""
    signs = list(plain.raw)
    for start, end in found:
        first, last = plain.raw_span(start, end)
        signs[first:last] = "*" * (last - first)
    return "".join(signs)


def spans(text: str, *kinds: str) -> Iterator[Span]:
    """Where things of these kinds stand in a simplified text: of an expression with groups, the last group that matched."""
    hinted, spoken = _RULES.hint.search(text), in_digits(text)
    for kind in kinds:
        if hinted or kind not in _HINTED:
            for form, names in zip((text, spoken), _KINDS[kind], strict=True):
                for pattern in (getattr(_RULES, name) for name in names):
                    yield from (found.span(found.lastindex or 0) for found in pattern.finditer(form))


def _numbers(text: str) -> Iterator[Span]:
    """Where the numbers of people stand: telephones, identity and bank cards, mail, names of accounts."""
    yield from spans(text, "cards", "accounts")
    yield from (phone.span for phone in phones(text))
