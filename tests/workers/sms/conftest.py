"""A desk whose short messages go to the sandbox's providers, and people with telephone numbers."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.store.schema.sending import attempts as attempts_table
from bot.store.sealed import identity
from bot.store.sending import notices
from bot.store.tables import broadcasts, orders, persons
from tests.sandbox.client import Sandbox
from tests.workers.conftest import RECEIPT_PATH, add_person
from workers.resources import Desk

NUMBER = "13800001234"
TEXTS = {
    "tencent": "{1}有一条{2}，请打开服务号查看。", "aliyun": "${name}有一条${kind}，请打开服务号查看。",
}  # fmt: skip
ACCOUNT = {
    "SMS_ACCESS_KEY": "AKIDsandbox", "SMS_SECRET_KEY": "sandbox", "SMS_SIGNATURE": "凤凰办事处",
    "SMS_RECEIPT_PATH": RECEIPT_PATH,
}  # fmt: skip
PROVIDERS = ("tencent", "aliyun")
BOTH = pytest.mark.parametrize("provider", PROVIDERS)


@pytest.fixture
def provider() -> str:
    """Of most tests; BOTH runs one with each."""
    return "tencent"


@pytest.fixture
def address(sandbox: Sandbox) -> str:
    return sandbox.base_url


@pytest.fixture
def templates() -> Mapping[str, Any]:
    """No templates of the account: what nobody can be told in a conversation goes by short message."""
    return {}


def sms_environment(provider: str, address: str) -> dict[str, str]:
    template = {"id": "T1", "text": TEXTS[provider], "variables": ["who", "kind"]}
    app = {"SMS_APP_ID": "1400000001"} if provider == "tencent" else {}
    templates = json.dumps({"*": template}, ensure_ascii=False)
    return {**ACCOUNT, **app, "SMS_PROVIDER": provider, "SMS_API_URL": address, "SMS_TEMPLATES": templates}


@pytest.fixture
def environment(environment: dict[str, str], provider: str, address: str) -> dict[str, str]:
    return {**environment, **sms_environment(provider, address)}


def add_staff(desk: Desk, number: str = NUMBER, openid: str | None = None, **values: Any) -> int:
    """Somebody of the roster, who need not have bound an account."""
    known = add_person(desk, openid, phone_index=desk.db.vault.index(number), **values)
    with desk.db.transaction() as tx:
        sealed = tx.vault.seal(number, identity.of("persons", "phone_sealed", known))
        tx.run(update(persons).where(persons.c.id == known).values(phone_sealed=sealed))
    return known


def add_order(desk: Desk, person_id: int, contact: str | None = NUMBER, **values: object) -> int:
    """An order of this resident, who left this contact."""
    now, code = datetime.now(UTC), "1234564"
    with desk.db.transaction() as tx:
        sealed = {
            name: tx.vault.seal(text, identity.of("orders", name, code))
            for name, text in (("text_sealed", "灯泡坏了"), ("contact_sealed", contact))
            if text is not None
        }
        row = {
            "code": code, "lane": "wish", "category": "W01", "urgency": "U3", "state": "done", "person_id": person_id,
            "text": "灯泡坏了", "round": 0, "ring": 0, "source": "chat", "version": 1, "created_at": now, "updated_at": now,
            "is_demo": False, **sealed, **values,
        }  # fmt: skip
        key = tx.run(insert(orders).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def tell(desk: Desk, person_id: int, event: str = "late", **what: Any) -> None:
    facts = {"body": "您好", "title": "换灯泡", "code": "1234564", "what": "灯泡坏了"} | what.pop("facts", {})
    with desk.db.transaction() as tx:
        notices.write(tx, [person_id], event, now=datetime.now(UTC), facts=facts, **what)


def add_broadcast(desk: Desk, author_id: int, body: str = "请廉洁过节。", kind: str = "reminder") -> int:
    now = datetime.now(UTC)
    row = {
        "kind": kind, "title": "中秋提醒", "body": body, "audience": {}, "state": "sending", "author_id": author_id,
        "created_at": now, "is_demo": False,
    }  # fmt: skip
    with desk.db.transaction() as tx:
        key = tx.run(insert(broadcasts).values(**row)).inserted_primary_key
    assert key is not None
    return int(key[0])


def made(desk: Desk) -> list[tuple[str, str, str | None]]:
    """(channel, outcome, detail) of all attempts, the oldest first."""
    with desk.db.reading() as tx:
        found = tx.all(select(attempts_table).order_by(attempts_table.c.id))
    return [(row.channel, row.outcome, row.detail) for row in found]
