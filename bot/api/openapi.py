"""The API's description (OpenAPI 3.1), made from the models that check its documents."""

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.api.documents.broadcasts import Broadcast, BroadcastText
from bot.api.documents.new_broadcasts import Approval, NewBroadcast
from bot.api.documents.new_orders import NewOrder
from bot.api.documents.orders import Order, Orders, TakenOrder
from bot.api.documents.reports import Figures, ProblemDocument
from bot.orders.lifecycle import State

blueprint = Blueprint("api_openapi", __name__)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API: the scope it needs, what it takes and what it answers."""

    method: str
    path: str
    summary: str
    answer: type[BaseModel] | None
    status: int = 200
    scope: str | None = None
    body: type[BaseModel] | None = None
    problems: tuple[int, ...] = ()
    query: dict[str, Json] = field(default_factory=dict)
    known: str | None = None  # what a 200 besides `status` means


_ORDERS_QUERY: dict[str, Json] = {
    "state": {"type": "string", "enum": [*State, ""], "description": "Empty: any."},
    "community": {"type": "string", "description": "Empty: all."},
    "since": {"type": "string", "format": "date-time", "minLength": 1, "description": "Placed at this time or later."},
    "cursor": {
        "type": "string",
        "pattern": "^[A-Za-z0-9_-]*$",
        "description": "`next` of the page before, as it came; empty: the first page. Anything else answers 400.",
    },
    "limit": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
}
_FIGURES_QUERY: dict[str, Json] = {
    "from": {
        "type": "string",
        "minLength": 1,
        "description": "A day or a time; default: the first of the month of `to`.",
    },
    "to": {"type": "string", "minLength": 1, "description": "A day, which counts whole, or a time; default: today."},
    "community": {"type": "string", "description": "Empty: all."},
}
CALLS = (
    Call("get", "/orders", "Orders, newest first", Orders, 200, "orders:read", None, (400, 401, 403), _ORDERS_QUERY),
    Call("post", "/orders", "Hand in a matter", TakenOrder, 201, "orders:write", NewOrder,
         (400, 401, 403, 413, 422), known="This token's name handed in this external_id before: the same order"),
    Call("get", "/orders/{code}", "One order with its history", Order, 200, "orders:read", None, (401, 403, 404)),
    Call("get", "/figures", "The measures of a period", Figures, 200, "figures:read", None, (400, 401, 403), _FIGURES_QUERY),
    Call("post", "/broadcasts", "Write a broadcast", Broadcast, 201, "broadcasts:write", NewBroadcast,
         (400, 401, 403, 413, 422)),
    Call("post", "/broadcasts/{number}/approve", "Approve a broadcast of another person", Broadcast, 200,
         "broadcasts:approve", Approval, (400, 401, 403, 404, 409, 413, 422)),
    Call("get", "/broadcasts/{number}", "A broadcast and its counts", Broadcast, 200, "broadcasts:read", None,
         (401, 403, 404)),
    Call("get", "/broadcasts/{number}/text", "What a broadcast says, with the version and digest that an approval may name",
         BroadcastText, 200, "broadcasts:read", None, (401, 403, 404)),
    Call("get", "/openapi.json", "This document", None),
)  # fmt: skip


@blueprint.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    """The description of the API. Needs no token."""
    return describe()


def describe() -> Json:
    """The whole OpenAPI document as JSON objects."""
    paths: Json = {}
    for call in CALLS:
        paths.setdefault(f"/api/v1{call.path}", {})[call.method] = _operation(call)
    models = [
        Approval,
        NewBroadcast,
        NewOrder,
        Broadcast,
        BroadcastText,
        Figures,
        Order,
        Orders,
        ProblemDocument,
        TakenOrder,
    ]
    modes = [
        (model, "validation" if model in (Approval, NewBroadcast, NewOrder) else "serialization") for model in models
    ]
    _, schemas = models_json_schema(modes, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wutong", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(call: Call) -> Json:
    answer: Json = {"schema": _ref(call.answer) if call.answer else {"type": "object"}}
    responses: Json = {str(call.status): {"description": call.summary, "content": {"application/json": answer}}}
    if call.known is not None:
        responses["200"] = {"description": call.known, "content": {"application/json": answer}}
    problem = {"application/problem+json": {"schema": _ref(ProblemDocument)}}
    for status in call.problems:
        responses[str(status)] = {"description": "Problem", "content": problem}
    operation: Json = {"summary": call.summary, "parameters": _parameters(call), "responses": responses}
    operation["security"] = [{"token": []}] if call.scope else []
    if call.scope:
        operation["description"] = f"Scope: `{call.scope}`."
    if call.body:
        operation["requestBody"] = {
            "required": call.body is not Approval,
            "content": {"application/json": {"schema": _ref(call.body)}},
        }
    return operation


def _parameters(call: Call) -> list[Json]:
    found: list[Json] = [{"name": name, "in": "query", "schema": schema} for name, schema in call.query.items()]
    for part in call.path.split("/"):
        if part.startswith("{"):
            kind = "integer" if part == "{number}" else "string"
            found.append({"name": part[1:-1], "in": "path", "required": True, "schema": {"type": kind}})
    return found


def _ref(model: type[BaseModel]) -> Json:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
