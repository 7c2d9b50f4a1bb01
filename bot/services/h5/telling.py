"""What is said in a form: read, answered and kept as a message of the chat."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.errors import NotUnderstood
from bot.messages import LONGEST, PAGE, Inbound
from bot.services.h5 import uploads
from bot.services.h5.sessions import Signed
from bot.services.office import Office
from bot.services.receive import receive

KEY_LENGTH = 32  # hexadecimal digits of the form's own number
HEX = frozenset("0123456789abcdef")


def tell(
    office: Office, signed: Signed, form: str, parts: dict[str, str], now: datetime, pictures: Sequence[bytes] = ()
) -> str:
    """The answer. The same `form` again gets the same answer, and nothing is done twice. `parts`: words, place, when, phone.
    NotUnderstood without words, with more than are read, and as of `uploads.keep`."""
    if not parts.get("words"):
        raise NotUnderstood("h5.new.no_words")
    text = "\n".join(office.say(f"h5.said.{name}", said=said) for name, said in parts.items() if said)
    if len(text) > LONGEST:
        raise NotUnderstood("h5.new.too_long", most=LONGEST)
    return _receive(
        office, signed, form, text, now, {"pictures": list(uploads.keep(office, pictures))} if pictures else None
    )


def ask_for_deletion(office: Office, signed: Signed, form: str, now: datetime) -> str:
    """As the chat answers whoever asks for it."""
    return _receive(office, signed, form, office.say("h5.said.delete"), now)


def _receive(
    office: Office, signed: Signed, form: str, text: str, now: datetime, facts: dict[str, Any] | None = None
) -> str:
    if len(form) != KEY_LENGTH or not HEX.issuperset(form):
        raise NotUnderstood("h5.new.old_form")
    inbound = Inbound(f"h5:{signed.person_id}:{form}", signed.openid, "", PAGE, text, facts=facts)
    return receive(office, inbound, now) or office.say("chat.too_many")
