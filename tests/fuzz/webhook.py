"""Mutated pushes against the webhook: an answer that the platform accepts, no error in the log, no growth of memory."""

import gc
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from flask import Flask

from bot.services.office import Office
from bot.store.persons.people import NEW_PERSON
from bot.store.tables import persons, roles
from tests.fuzz.mutations import changed, requeried, spliced
from tests.sandbox.pushing import aes
from tests.talk import NOON
from tests.wechat.pushing import APP_ID, KEY, MODES, collection, post, said, sealed

ACCEPTED = {200, 400, 403, 413}
SLOW_SECONDS = 2.0
PEOPLE = 200
SETTLED = 0.4  # share of the run after which memory must have settled
SHOWN = 300  # bytes of a finding


class Errors(logging.Handler):
    """Keeps what the service logs as an error: it answers 200 also where something broke behind the edge."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        cause = record.exc_info[1] if record.exc_info else None
        self.found.append(f"{record.getMessage()[:120]}: {cause!r}")


@dataclass
class Result:
    """What a run found. `grown`: megabytes of memory between settling and the end; `answers`: how many of each status."""

    findings: list[str] = field(default_factory=list)
    answers: dict[int, int] = field(default_factory=dict)
    grown: float = 0.0
    worst: float = 0.0  # seconds of CPU


def megabytes() -> float:
    """Memory that this process holds now."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def run(app: Flask, number: int, seed: int = 0) -> Result:
    """Push so many; one seed is one sequence."""
    errors, result, settled = Errors(), Result(), 0.0
    _employ(app)
    logging.getLogger().addHandler(errors)
    try:
        for done, (mode, query, outer) in enumerate(_pushes(Random(seed), number)):
            if done == int(number * SETTLED):
                settled = megabytes()
            problem = _push(app, mode, query, outer, result) or "".join(errors.found[:1])
            if problem:
                result.findings.append(f"{problem}\n  {mode} {query} {outer[:SHOWN]!r}")
                errors.found.clear()
    finally:
        logging.getLogger().removeHandler(errors)
    result.grown = megabytes() - settled
    return result


def _employ(app: Flask) -> None:
    """Somebody who can be alerted: an alarm that reaches nobody is an error in the log."""
    office: Office = app.extensions["office"]
    with office.db.transaction() as tx:
        for name, role in (("办事处甲", "admin"), ("纪检甲", "discipline")):
            values = {**NEW_PERSON, "name": name, "openid": f"o{role}", "created_at": NOON}
            key = tx.run(persons.insert().values(values)).inserted_primary_key
            assert key is not None
            tx.run(roles.insert().values(person_id=key[0], role=role, skills=[]))


def _push(app: Flask, mode: str, query: dict[str, str], outer: bytes, result: Result) -> str:
    """What is wrong with the answer; empty for nothing."""
    began = time.thread_time()
    try:
        status, content = post(app, mode, query, outer)
    except Exception as error:  # noqa: BLE001 - any of them is a finding
        return f"raised {error!r}"
    took = time.thread_time() - began
    result.worst = max(result.worst, took)
    result.answers[status] = result.answers.get(status, 0) + 1
    if status not in ACCEPTED:
        return f"answered {status}"
    if took > SLOW_SECONDS:
        return f"took {took:.1f} s of CPU"
    try:
        if status == 200:
            said(content, mode, account=None)  # what was sent may have lost it
    except (AssertionError, ValueError, KeyError) as error:
        return f"answered what the platform refuses: {error!r}"
    return ""


def _pushes(chance: Random, number: int) -> Iterator[tuple[str, dict[str, str], bytes]]:
    documents = collection()
    for _ in range(number):
        mode = chance.choice(MODES)
        body = chance.choice(documents).filled(f"oFuzz{chance.randrange(PEOPLE)}")
        if chance.random() < 0.9:
            body = changed(chance, body)
        query, outer = sealed(mode, body)
        where = chance.random()
        if where < 0.1:
            outer = spliced(chance, outer)
        elif where < 0.2:
            query = requeried(chance, query)
        elif where < 0.25:
            secret = spliced(chance, aes.encrypt(KEY, APP_ID, body).encode()).decode("utf-8", "replace")
            query, outer = sealed("safe", b"<xml></xml>", secret.replace("]]>", ""))
        yield mode, query, outer
