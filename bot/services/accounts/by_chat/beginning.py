"""A sign-in through the chat begins: the page shows a code, which its person types."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.errors import NotAllowed
from bot.services.accounts import rate
from bot.services.accounts.by_chat import chat_rules, pictures
from bot.services.accounts.by_chat.chat import DIGITS, OPEN_MOST
from bot.services.accounts.clients import Client
from bot.services.office import Office
from bot.store.console import codes


@dataclass(frozen=True, slots=True)
class Begun:
    """`browser_secret` goes into the browser's cookie; `code` is shown, to be typed in the chat."""

    browser_secret: str
    code: str


def begin_chat(office: Office, client: Client, now: datetime) -> Begun:
    """A code of six digits, good for three minutes; a worker has a QR code made of it. NotAllowed where too many wait for this address."""
    secret = secrets.token_urlsafe(32)
    with office.db.transaction() as tx:
        many = codes.open_from(tx, client.address, now) >= OPEN_MOST
        if many and not rate.has_turn(office, client.address):
            raise NotAllowed("accounts.chat.many")
        code = _draw()
        while codes.valid(tx, codes.index(tx, codes.CHAT, code), now):
            code = _draw()
        index = codes.index(tx, codes.CHAT, code)
        wants_picture = len(codes.without_picture(tx, now, pictures.MOST_WAITING)) < pictures.MOST_WAITING
        codes.add(
            tx, codes.CHAT, now, now + chat_rules.LASTS, code_index=index,
            code_sealed=codes.sealed(tx, index, code) if wants_picture else None,
            browser_index=tx.vault.index(secret), address=client.address, agent=client.agent,
        )  # fmt: skip
    return Begun(secret, code)


def _draw() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
