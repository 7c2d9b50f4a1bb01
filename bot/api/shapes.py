"""The API's documents, in and out, as pydantic models: checked with them and described from them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, StringConstraints, model_validator
from pydantic.config import JsonDict

from bot.characters import clean


def _clean(value: Any) -> Any:
    """Characters that no database carries are dropped before anything is checked."""
    return clean(value) if isinstance(value, str) else value


Clean = BeforeValidator(_clean)
Word = Annotated[str, Clean, StringConstraints(strip_whitespace=True, min_length=1, max_length=64)]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[list[Word], BeforeValidator(_as_list, json_schema_input_type=str | list[str]), Field(min_length=1)]


Moment = Annotated[datetime, Field(strict=True)]
"""An RFC 3339 text; a number is none."""


AUDIENCE_PARTS = ("role", "community", "branch", "grid", "names")


def _named(part: str) -> JsonDict:
    """The JSON schema of a document in which this part is given and not null."""
    return {"required": [part], "properties": {part: {"type": ["string", "array"]}}}


class Audience(BaseModel):
    """Whom a broadcast is for: everything given must fit; each a word or a list of words."""

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
    """A broadcast to be reviewed. `send_at` without a zone is the office's local time."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["reminder", "bulletin", "meeting", "service"]
    title: Annotated[str, Clean, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    body: Annotated[str, Clean, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
    audience: Audience
    send_at: Moment | None = None


class NewOrder(BaseModel):
    """A matter that another system took in. The same `external_id` again is the same order."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Clean, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
    community: Word | None = None
    place: Annotated[str, Clean, StringConstraints(strip_whitespace=True, max_length=200)] | None = None
    contact_name: Word | None = None
    contact_phone: Annotated[str, Clean, StringConstraints(strip_whitespace=True, max_length=32)] | None = None
    external_id: Word | None = None
    due_at: Moment | None = None


class Counts(BaseModel):
    """`recipients` are sent, waiting or failed; `sent` includes the delivered; `acked` are those who answered that they read it."""

    recipients: int
    sent: int
    delivered: int
    waiting: int
    failed: int
    acked: int


class Broadcast(BaseModel):
    """A broadcast and what became of it."""

    id: int
    kind: str
    title: str
    state: Literal["review", "scheduled", "sending", "sent", "rejected"]
    author: str
    approvers: list[str]
    counts: Counts


class Category(BaseModel):
    """An entry of the office's catalogue."""

    code: str
    name: str


class Handler(BaseModel):
    """Who helps."""

    name: str


class Line(BaseModel):
    """One thing that happened to an order."""

    at: datetime
    action: str
    by: str
    state: str
    note: str | None


class Order(BaseModel):
    """An order as other systems see it: no contact data, numbers and names in texts masked."""

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
    """All that whoever handed in a restricted matter learns of it."""

    model_config = ConfigDict(extra="forbid")

    code: str


class TakenOrder(RootModel[Order | OrderCode]):
    """The order, or of a restricted matter its code alone."""


class Orders(BaseModel):
    """A page of orders, newest first, each without its history; `next` is the cursor of the page after it."""

    items: list[Order]
    next: str | None


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
