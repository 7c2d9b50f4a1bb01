"""The API's documents of broadcasts that are handed out."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel


class Counts(BaseModel):
    """`recipients` = `sent` + `waiting` + `failed`; `delivered` and `acked` (who answered) are parts of `sent`."""

    recipients: int
    sent: int
    delivered: int
    waiting: int
    failed: int
    acked: int


class MassSend(BaseModel):
    """So many people would be told by a mass send, which cannot be recalled; for whoever had most of them it is the `turn`-th of
    the `most` that a person gets in a month."""

    people: int
    turn: int
    most: int


class Broadcast(BaseModel):
    """A broadcast, its state and its counts. `mass`: only while it waits for approval and a mass send would be used."""

    id: int
    kind: str
    title: str
    state: Literal["review", "scheduled", "sending", "paused", "sent", "rejected", "recalled"]
    author: str
    approvers: list[str]
    counts: Counts
    mass: MassSend | None = None


class BroadcastText(BaseModel):
    """What a broadcast says, to whom and when; an approval that names `version` or `digest` counts for this text alone."""

    id: int
    version: int
    digest: str
    kind: str
    title: str
    body: str
    at: str | None
    until: str | None
    place: str | None
    audience: dict[str, list[str]]
    send_at: datetime | None
