"""What a short message says, word for word, and how many messages of the provider's bill it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from config.sms_settings import PLACES, SmsTemplate

ONE_ITEM, EACH_ITEM = 70, 67
"""Characters of a message that is one item, and of each item of a longer one."""
_ADDRESS = re.compile(
    r"https?://[!-~]*|www\.[!-~]*|[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|gov|top)[!-~]*", re.I | re.ASCII
)
_NUMBER = re.compile(r"\d(?:[ -]?\d){6,}")
_BRACKETS = re.compile(r"[【】\[\]{}]")  # the signature's own, and those of places


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is sent: the values of its variables in their order, and the text that the person reads."""

    values: tuple[str, ...]
    text: str

    @property
    def items(self) -> int:
        """How many messages the provider counts."""
        return items(self.text)


def items(text: str) -> int:
    """How many messages the provider counts: the signature with its brackets counts, and each character is one."""
    return 1 if len(text) <= ONE_ITEM else -(-len(text) // EACH_ITEM)


def message(provider: str, signature: str, template: SmsTemplate, facts: Mapping[str, str], longest: int) -> Message:
    """The message of this template about these facts. `longest`: characters of a variable that the provider allows.

    Where nothing is left of a fact, the signature stands for it: it says who writes. The same function makes the
    preview and what is sent.
    """
    values = tuple(value(name, facts.get(name, ""), longest) or signature[:longest] for name in template.variables)
    by_place = dict(zip(template.places(provider), values, strict=True))
    body = PLACES[provider].sub(lambda found: by_place[found[1]], template.text)
    return Message(values, f"【{signature}】{body}")


def value(name: str, given: str, longest: int) -> str:
    """A fact as a variable admits it: one line, no address, no telephone number, cut. The number of an order (`code`)
    is whole or not there: a part of it would name another one."""
    plain = " ".join("".join(c if c.isprintable() else " " * c.isspace() for c in given).split())
    if name == "code":
        return plain if len(plain) <= longest else ""
    plain = _BRACKETS.sub("", _NUMBER.sub("", _ADDRESS.sub("", plain))).strip()
    return plain[:longest].rstrip()


def numbers(text: str) -> Sequence[str]:
    """The mobile numbers of mainland China in a contact, in digits: only these can get a short message."""
    return re.findall(r"(?<!\d)(?:\+?86)?(1[3-9]\d{9})(?!\d)", re.sub(r"(?<=\d)[ -](?=\d)", "", text))
