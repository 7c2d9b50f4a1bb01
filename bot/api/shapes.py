"""The API's documents, in and out, as pydantic models. They check the documents and describe them."""

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, StringConstraints, model_validator
from pydantic.config import JsonDict

from bot.broadcasts.life import MEETING
from bot.broadcasts.written import LONGEST
from bot.characters import clean_line
from bot.services.intake import LONGEST_PHONE, LONGEST_PLACE, LONGEST_TEXT, TELEPHONE


def _one_line(value: Any) -> Any:
    """The text as one line: tabs and line ends are removed. Other forbidden characters were removed when the body was read."""
    return clean_line(value) if isinstance(value, str) else value


OneLine = BeforeValidator(_one_line)
"""Stands last in an `Annotated`: so it runs before the constraints are checked."""

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64), OneLine]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[list[Word], BeforeValidator(_as_list, json_schema_input_type=str | list[str]), Field(min_length=1)]


_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII)


def _timestamp(value: Any) -> Any:
    """A time must be the text of RFC 3339, not a number of seconds or a date alone. The zone may be missing. ValueError."""
    if value is not None and not (isinstance(value, str) and _RFC_3339.fullmatch(value)):
        raise ValueError("must be a text as in RFC 3339, such as 2026-03-02T12:00:00+08:00")
    return value


Moment = Annotated[datetime, BeforeValidator(_timestamp)]

AUDIENCE_PARTS = ("role", "community", "branch", "grid", "names")


def _named(part: str) -> JsonDict:
    """The JSON schema of an object in which this property is given and not null."""
    return {"required": [part], "properties": {part: {"type": ["string", "array"]}}}


class Audience(BaseModel):
    """Whom a broadcast is for: every condition given must hold; each is a word or a list of words."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"anyOf": [_named(part) for part in AUDIENCE_PARTS]})

    role: Words | None = None
    community: Words | None = None
    branch: Words | None = None
    grid: Words | None = None
    names: Words | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Audience":
        if not self.model_dump(exclude_none=True):
            raise ValueError("must name at least one of role, community, branch, grid, names")
        return self


class NewBroadcast(BaseModel):
    """A broadcast to be reviewed. Times without a zone are the office's local time. `at`, `until`, `place` are a meeting's; where
    none is given its words say when and where."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["reminder", "bulletin", "meeting", "service"]
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST["title"]), OneLine]
    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST["body"])]
    audience: Audience
    send_at: Moment | None = None
    at: Moment | None = None
    until: Moment | None = None
    place: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST["place"]), OneLine] | None = None

    @model_validator(mode="after")
    def _is_a_meeting(self) -> "NewBroadcast":
        if self.kind != MEETING and (self.at or self.until or self.place):
            raise ValueError("at, until and place are a meeting's")
        return self


class Approval(BaseModel):
    """Which text is approved: its version, or its digest. Without either it is the present one."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[int, Field(ge=1)] | None = None
    digest: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] | None = None


class NewOrder(BaseModel):
    """A matter from another system. The same `external_id` again is the same order."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]
    community: Word | None = None
    place: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_PLACE), OneLine] | None = None
    contact_name: Word | None = None
    contact_phone: (
        Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_PHONE, pattern=TELEPHONE), OneLine]
        | None
    ) = None
    external_id: Word | None = None
    due_at: Moment | None = None


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


class Category(BaseModel):
    """A category of the office's catalogue."""

    code: str
    name: str


class Handler(BaseModel):
    """Who handles the order."""

    name: str


class Line(BaseModel):
    """One line of an order's history."""

    at: datetime
    action: str
    by: str
    state: str
    note: str | None


class Order(BaseModel):
    """An order without contact data; telephone numbers and names in texts are masked."""

    code: str
    lane: str
    category: Category
    urgency: Literal["U0", "U1", "U2", "U3"]
    state: str
    outcome: str | None
    text: str
    community: str | None
    grid: str | None
    place: str | None
    when: str | None
    created_at: datetime
    due_at: datetime | None
    handler: Handler | None
    rating: int | None
    solved: bool | None
    history: list[Line]


class OrderCode(BaseModel):
    """The answer for a restricted matter: its code alone."""

    model_config = ConfigDict(extra="forbid")

    code: str


class TakenOrder(RootModel[Order | OrderCode]):
    """The order, or the code alone where the matter is restricted."""


class Orders(BaseModel):
    """A page of orders, newest first, each without its history; `next` is the cursor of the page after it."""

    items: list[Order]
    next: str | None


Share = Annotated[float, Field(ge=0, le=1)]
Breakdown = dict[str, int | Literal["<5"]]


class Figures(BaseModel):
    """The measures of a period.

    `by_state`, `by_category`, the shares, `reopened` and `unclaimed` count the orders received within the period;
    `outcomes` and the hours count those closed within it. A share is null where nothing was asked, hours are null where
    nothing was closed. Restricted matters are in none.
    """

    from_: Annotated[str, Field(alias="from")]
    to: str
    community: str | None
    received: int
    open: int
    overdue: int
    closed: int
    by_state: Breakdown
    by_category: Breakdown
    outcomes: Breakdown
    accepted_in_time: Share | None
    responded: Share | None
    solved: Share | None
    satisfied: Share | None
    answered: Share | None
    median_hours: float | None
    p90_hours: float | None
    reopened: int
    unclaimed: int


class Wrong(BaseModel):
    """A field or parameter, and what is wrong with it."""

    field: str
    detail: str


class ProblemDocument(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] = []
