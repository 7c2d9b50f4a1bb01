"""Every document of the collection, in three modes: the right answer, the same one again, and one effect."""

import hashlib
import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from bot.services.office import Office
from bot.store.inbound import SPENT
from bot.store.persons.people import NEW_PERSON
from bot.store.tables import inbound, notices, orders, persons, roles
from tests.databases import POSTGRESQL
from tests.talk import NOON
from tests.wechat.pushing import MODES, Document, collection, push, said

DOCUMENTS = collection()
KEPT = {"persons": persons, "inbound": inbound, "orders": orders, "notices": notices}


@pytest.fixture(autouse=True, scope="module")
def administrator(shared_app: Flask) -> None:
    """Somebody who is told what could not be read."""
    employ(shared_app)


def employ(app: Flask) -> None:
    office: Office = app.extensions["office"]
    with office.db.transaction() as tx:
        tx.run(persons.insert().values(**NEW_PERSON, name="甲", openid="oAdmin", created_at=NOON))
        tx.run(roles.insert().values(person_id=1, role="admin", skills=[]))


def counts(app: Flask) -> dict[str, int]:
    """Rows of each table; what says only that a signature is used up is no effect."""
    office: Office = app.extensions["office"]
    with office.db.reading() as tx:
        found = {name: int(tx.value(select(func.count()).select_from(table))) for name, table in KEPT.items()}
        spent = int(tx.value(select(func.count()).where(inbound.c.kind == SPENT)))
    return {**found, "inbound": found["inbound"] - spent}


def somebody(*parts: str) -> str:
    return "o" + hashlib.sha256("".join(parts).encode()).hexdigest()[:27]


def check(app: Flask, document: Document, mode: str) -> None:
    who = somebody(document.name, mode)
    body, before = document.filled(who), counts(app)
    status, first = push(app, mode, body)
    assert status == 200
    words, after = said(first, mode, who), counts(app)
    if document.answer.startswith("says "):
        assert words is not None
        assert re.search(document.answer.removeprefix("says "), words), words
        assert after["persons"] == before["persons"] + 1
    else:
        assert words is None
        assert after["orders"] == before["orders"]
    if "keeps no person" in document.answer:
        assert after["persons"] == before["persons"]
    if "writes nothing" in document.answer:
        assert after == before
    status, again = push(app, mode, body)
    assert (status, said(again, mode, who)) == (200, words)
    assert counts(app) == after


def test_the_collection_is_large() -> None:
    assert len({document.name for document in DOCUMENTS}) == len(DOCUMENTS) >= 120


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_document_gets_its_answer_and_has_one_effect(shared_app: Flask, document: Document, mode: str) -> None:
    check(shared_app, document, mode)


@POSTGRESQL
def test_the_same_on_a_database_that_checks_every_length(safe_app: Flask) -> None:
    employ(safe_app)
    for document in DOCUMENTS:
        check(safe_app, document, "safe")
