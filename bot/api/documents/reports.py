"""The API's documents of figures and of what went wrong."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

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
