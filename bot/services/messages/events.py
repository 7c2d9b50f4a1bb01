"""What the platform's events change without an answer: receipts, consents, leaving, privacy, the account's certificate."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.services.deletion import requests
from bot.services.notices import mass_receipts, receipts
from bot.services.office import Office
from bot.services.restricted import box
from bot.store import inbound, orders
from bot.store.database import Tx
from bot.store.persons import h5, people
from bot.store.rows import Person
from bot.store.sending import notices

ANSWERED = frozenset({"subscribe", "scan", "click", "scancode_waitmsg"})  # the person waits for words
CLICKS = frozenset({"click", "scancode_push", "scancode_waitmsg", "subscribe", "scan"})  # open the short window
# a picture or place chosen by a menu button follows as a message of its own: pic_*, location_select stay silent
CERTIFICATE: Mapping[str | None, str] = {
    "qualification_verify_success": "account_verified", "naming_verify_success": "account_verified",
    "qualification_verify_fail": "account_refused", "naming_verify_fail": "account_refused",
    "annual_renew": "account_renew", "verify_expired": "account_expired",
}  # fmt: skip
LATEST = 4_102_444_800  # 2100: a larger number of seconds is no date


def known(event: str | None) -> bool:
    """Whether there is anything to do; the others (LOCATION every five seconds, VIEW, …) touch nothing."""
    return event in CLICKS or event in CERTIFICATE or event in _RECEIPTS or event in _PERSONAL


def apply(
    office: Office, tx: Tx, event: str | None, openid: str, facts: Mapping[str, Any], key: str, now: datetime
) -> bool:
    """Do what the event asks; False for those that a person's conversation takes."""
    if event in _RECEIPTS:
        _RECEIPTS[event](tx, openid, facts, now)
    elif event in CERTIFICATE:
        _warn_administrators(office, tx, CERTIFICATE[event], facts, key, now)
    elif event in _PERSONAL:
        person = people.known_by_openid(tx, openid)
        if person is not None:
            _PERSONAL[event](tx, person, facts)
            if event == "unsubscribe":
                requests.ask(office, tx, person, requests.UNSUBSCRIBE, now)
        elif event == "unsubscribe":  # of somebody who is deleted: nor does this say who it was
            inbound.forget(tx, key)
    else:
        return False
    return True


def _template(tx: Tx, openid: str, facts: Mapping[str, Any], now: datetime) -> None:
    receipts.template_finished(tx, str(facts.get("message_id", "")), str(facts.get("status", "")), now)


def _mass(tx: Tx, openid: str, facts: Mapping[str, Any], now: datetime) -> None:
    mass_receipts.finished(tx, facts, now)


def _subscription(tx: Tx, openid: str, facts: Mapping[str, Any], now: datetime) -> None:
    receipts.subscription_sent(tx, openid, facts.get("list", []), now)


def _consent(tx: Tx, person: Person, facts: Mapping[str, Any]) -> None:
    receipts.consent_changed(tx, person, facts.get("list", []))


def _left(tx: Tx, person: Person, facts: Mapping[str, Any]) -> None:
    """Unfollowed: nothing reaches the person, and the platform's rules ask that what was given is deleted."""
    people.change(tx, person.id, subscribed=False, unreachable="unsubscribed", chat_left=0, click_left=0)
    _forget(tx, person, facts)
    people.end_session(tx, person.id)
    h5.drop(tx, person.id)
    orders.forget_contact(tx, person.id)
    box.forget_contact(tx, person.id)


def _forget(tx: Tx, person: Person, facts: Mapping[str, Any]) -> None:
    """A consent was revoked or the account closed: place and telephone go; the roster's numbers are the office's own."""
    given = {"place_sealed": None, "community": None}
    people.change(tx, person.id, **given if person.phone_index is not None else given | {"phone_sealed": None})


def _warn_administrators(
    office: Office, tx: Tx, notice: str, facts: Mapping[str, Any], key: str, now: datetime
) -> None:
    staff = people.with_role(tx, ("admin",)) or people.with_role(tx, ("staff",))
    told = {"until": _date(office, str(facts.get("until", ""))), "reason": str(facts.get("reason", ""))}
    notices.write(tx, staff, notice, now=now, facts={"code": "", "title": "", **told}, once=f"account:{key}"[:100])


def _date(office: Office, seconds: str) -> str:
    if not seconds.isascii() or not seconds.isdigit() or len(seconds) > 10 or int(seconds) > LATEST:
        return office.texts.say("account.no_date")
    return office.texts.say(
        "account.date", at=datetime.fromtimestamp(int(seconds), UTC).astimezone(office.calendar.zone)
    )


# the platform's word on what was sent: there may be thousands at once, so nothing else is touched
_RECEIPTS: Mapping[str | None, Callable[[Tx, str, Mapping[str, Any], datetime], None]] = {
    "templatesendjobfinish": _template, "masssendjobfinish": _mass, "subscribe_msg_sent_event": _subscription,
}  # fmt: skip
_PERSONAL: Mapping[str | None, Callable[[Tx, Person, Mapping[str, Any]], None]] = {
    "subscribe_msg_popup_event": _consent, "subscribe_msg_change_event": _consent, "unsubscribe": _left,
    "user_info_modified": _forget, "user_authorization_revoke": _forget, "user_authorization_cancellation": _forget,
}  # fmt: skip
