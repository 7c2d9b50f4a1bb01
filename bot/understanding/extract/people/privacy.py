"""What others may read of a text: four degrees of masking, by how near the reader is to the matter."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.understanding.extract.people import accounts
from bot.understanding.extract.people.masking import SHORTEST, again, mask, numbers
from bot.understanding.extract.people.person_names import Names
from bot.understanding.extract.places.gazetteer import Gazetteer
from bot.understanding.normalize import Plain, Span, simplify


@dataclass(frozen=True, slots=True)
class Masks:
    """Takes out of a text what its reader may not see. `names` are known already: they are found wherever they stand."""

    names: Names
    gazetteer: Gazetteer

    def for_others(self, text: str, names: Iterable[str] = ()) -> str:
        """Without numbers of people in any written form, names, number plates, codes of doors, and rooms."""
        return self.of(simplify(text), names)

    def for_owner(self, text: str) -> str:
        """Without numbers of people alone: one's own room and the names that one has said are no secret to oneself."""
        plain = simplify(text)
        return mask(plain, numbers(plain.text))

    def for_helper(self, text: str, names: Iterable[str] = ()) -> str:
        """With what a helper must know to come and to act: the room, the code of the door, a number plate."""
        plain = simplify(text)
        return mask(plain, self._of_people(plain, names))

    def before_accepting(self, text: str, names: Iterable[str] = ()) -> str:
        """Without building, unit and position too: for whoever has not promised to come yet."""
        plain = simplify(text)
        doors = [span for door in self.gazetteer.doors(plain) for span in door.spans]
        return mask(
            plain,
            [
                *self._of_people(plain, names), *_of_things(plain), *accounts.positions(plain.text),
                *accounts.spots(plain.text), *doors,
            ],
        )  # fmt: skip

    def names_in(self, text: str) -> frozenset[str]:
        """The names in a text that tell who it is: no surnames alone."""
        plain = simplify(text)
        found = {plain.text[start:end] for start, end in self.names.find(plain.text)}
        return frozenset(name for name in found if len(name) >= SHORTEST)

    def of(self, plain: Plain, names: Iterable[str] = ()) -> str:
        """As `for_others`, of a text that is simplified already."""
        rooms = [door.room_span for door in self.gazetteer.doors(plain) if door.room_span]
        return mask(plain, [*self._of_people(plain, names), *_of_things(plain), *rooms])

    def _of_people(self, plain: Plain, names: Iterable[str]) -> list[Span]:
        """A name that something announces is one everywhere in the text."""
        found = self.names.find(plain.text)
        known = {plain.text[start:end] for start, end in found} | {simplify(name).text for name in names}
        return [*numbers(plain.text), *found, *again(plain.text, known)]


def _of_things(plain: Plain) -> list[Span]:
    """Number plates and the codes of doors."""
    return [*accounts.plates(plain.text), *accounts.door_codes(plain.text)]
