"""What is said in a form: read, answered and kept as a message of the chat."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from bot.errors import NotUnderstood
from bot.messages import LONGEST, PAGE, Inbound
from bot.services.accounts import rate
from bot.services.h5 import uploads
from bot.services.h5.sessions import Signed
from bot.services.office import Office
from bot.services.reading import typed_text
from bot.services.receive import receive
from bot.services.settings import phone_numbers
from bot.store import inbound

KEY_LENGTH = 32  # hexadecimal digits of the form's own number
HEX = frozenset("0123456789abcdef")


def tell(
    office: Office, signed: Signed, form: str, parts: dict[str, str], now: datetime, pictures: Sequence[bytes] = ()
) -> str:
    """The answer. The same `form` with the same content again gets the same answer, and nothing is done twice. `parts`: words, place, when, phone.
    NotUnderstood without words, with more than are read, with a number that nobody can call back, after too many, and as of
    `uploads.keeping`. A danger is always taken; what is too many goes without its pictures."""
    many = not rate.may_try(office, f"act {signed.person_id}")
    if not parts.get("words"):
        raise NotUnderstood("h5.new.no_words")
    text = "\n".join(office.say(f"h5.said.{name}", said=said) for name, said in parts.items() if said)
    if len(text) > LONGEST:
        raise NotUnderstood("h5.new.too_long", most=LONGEST)
    wrong = "chat.too_many" if many else _wrong(parts)
    if wrong is not None and typed_text.danger_in(office, office.understand(text)) is None:
        raise NotUnderstood(wrong)
    key = _key(signed, form, text.encode(), *pictures)
    with office.db.reading() as tx:
        is_repeated = inbound.known(tx, key)
    with uploads.keeping(office, () if many or is_repeated else pictures) as kept:
        answer = _receive(office, signed, key, text, now, {"pictures": list(kept)} if kept else None)
        if answer is None or answer == office.say("chat.too_many"):
            raise NotUnderstood("chat.too_many")
    return answer


def ask_for_deletion(office: Office, signed: Signed, form: str, now: datetime) -> str:
    """As the chat answers whoever asks for it."""
    said = _receive(office, signed, _key(signed, form), office.say("h5.said.delete"), now)
    return said or office.say("chat.too_many")


def _wrong(parts: Mapping[str, str]) -> str | None:
    return "h5.new.bad_phone" if parts.get("phone") and not phone_numbers.is_callable(parts["phone"]) else None


def _key(signed: Signed, form: str, *content: bytes) -> str:
    """The form's own number alone would drop what somebody goes back to and corrects."""
    if len(form) != KEY_LENGTH or not HEX.issuperset(form):
        raise NotUnderstood("h5.new.old_form")
    digests = (sha256(each).digest() for each in (form.encode(), *content))
    return f"h5:{signed.person_id}:{sha256(b''.join(digests)).hexdigest()[:KEY_LENGTH]}"


def _receive(
    office: Office, signed: Signed, key: str, text: str, now: datetime, facts: dict[str, Any] | None = None
) -> str | None:
    return receive(office, Inbound(key, signed.openid, "", PAGE, text, facts=facts), now)
