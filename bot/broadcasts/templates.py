"""The texts that broadcasts are written from: data of the office, each with a version and with places that staff fill."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

PLACE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One of them. `roles`: who usually gets it; `lead_days`: so many days before its day it is best sent."""

    key: str
    name: str
    version: int
    kind: str
    title: str
    body: str
    roles: tuple[str, ...]
    lead_days: int

    @property
    def places(self) -> tuple[str, ...]:
        """What staff fill in, in the order in which it comes."""
        return places(self.title + self.body)

    @property
    def digest(self) -> str:
        """Of what a version stands for: kind, title and body."""
        said = json.dumps([self.kind, self.title, self.body], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Templates:
    """All of them by key. `hints`: a word of help for each place; `digests`: of every version there ever was."""

    by_key: Mapping[str, Template]
    hints: Mapping[str, str]
    digests: Mapping[str, Mapping[int, str]]

    def changed(self) -> list[Template]:
        """Those whose text is not the one that their version stands for: evidence could not say what was sent from."""
        return [each for key, each in self.by_key.items() if self.digests.get(key, {}).get(each.version) != each.digest]


def places(text: str) -> tuple[str, ...]:
    """The names in braces, each once: of a text to be sent, what is still to be filled in."""
    return tuple(dict.fromkeys(PLACE.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """With these values in their places. A place without a value, or with an empty one, stays in its braces."""
    return PLACE.sub(lambda found: values.get(found[1], "").strip() or found[0], text)
