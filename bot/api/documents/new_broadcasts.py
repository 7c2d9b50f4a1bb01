"""The API's documents of broadcasts that come in."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict

from bot.api.documents.fields import Moment, OneLine, Words
from bot.broadcasts.life import MEETING
from bot.broadcasts.written import LONGEST

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
