"""The API's documents of orders that are handed out."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel


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
