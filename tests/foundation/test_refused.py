"""What people read where no page of ours is reached: an address that is none, and a body that the server does not read."""

import asyncio
import json

import pytest
from flask import Flask

from bot.app import create_app
from bot.request_body import LARGEST, LARGEST_WITH_PICTURES
from bot.services.office import Office
from bot.serving.server import Server
from tests.databases import SQLITE
from tests.serving.test_server import Exchange, Headers, Request, in_a_loop


@pytest.fixture
def app(office: Office) -> Flask:
    return create_app(office.settings)


@SQLITE
@pytest.mark.parametrize("address", ["/", "/nothing", "/favicon.ico", "/console/broadcasts/" + "9" * 20])
def test_an_address_that_is_none_is_a_page_in_chinese(app: Flask, address: str) -> None:
    answer = app.test_client().get(address)
    said = answer.get_data(as_text=True)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert '<html lang="zh-CN"' in said
    assert "页" in said
    assert "Not Found" not in said


@SQLITE
def test_machines_read_what_they_read_before(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/api/v1/nothing").content_type == "application/problem+json"
    refused = client.put("/wechat")
    assert (refused.status_code, "POST" in refused.headers["Allow"]) == (405, True)
    assert client.get("/wechat").status_code == 403


@SQLITE
@pytest.mark.parametrize(
    ("path", "length", "said"),
    [
        ("/console/intake/file", LARGEST + 1, "最多 1 MB"),
        ("/h5/new", LARGEST_WITH_PICTURES + 1, "图片请少选几张"),
        ("/h5/privacy/copy", LARGEST + 1, "太大"),
        ("/console/nothing/at/all", LARGEST + 1, "太"),
    ],
)
def test_a_body_that_is_too_large_is_refused_on_a_page(app: Flask, path: str, length: int, said: str) -> None:
    status, page = _answer(app, path, length)
    assert (status, said in page) == (413, True)
    assert '<html lang="zh-CN"' in page


@SQLITE
@pytest.mark.parametrize("path", ["/wechat", "/api/v1/orders", "/nothing"])
def test_a_program_whose_body_is_too_large_gets_a_problem_document(app: Flask, path: str) -> None:
    status, document = _answer(app, path, LARGEST + 1)
    assert (status, json.loads(document)["status"]) == (413, 413)


def _answer(app: Flask, path: str, length: int) -> tuple[int, str]:
    async def asked() -> list[tuple[int, bytes]]:
        running, exchange = Server(app), Exchange([])
        running.__rsgi_init__(asyncio.get_running_loop())
        await running.__rsgi__(Request(Headers([("content-length", str(length))]), path=path), exchange)
        return exchange.answers

    ((status, body),) = in_a_loop(asked())
    return status, body.decode()
