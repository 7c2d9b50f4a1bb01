"""Who may read the metrics, and whose address a request has."""

from dataclasses import replace

import pytest
from flask import Flask, request

from bot.client_address import TrustedProxies
from tests.api.conftest import World
from tests.databases import SQLITE

PASSED_ON = [
    {"X-Forwarded-For": "127.0.0.1"}, {"X-Forwarded-For": ""}, {"X-Real-IP": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"},
    {"X-Forwarded-Host": "a"}, {"X-Forwarded-Proto": "https"}, {"Via": "1.1 nginx"},
    *({name: "127.0.0.1"} for name in ("CF-Connecting-IP", "True-Client-IP", "X-Client-IP", "X-Forwarded-Port", "X-Forwarded", "X-Cluster-Client-IP")),
    *({"Host": host} for host in ("office.example.cn", "office.example.cn:8000", "10.0.0.1", "localhost.example.cn", "127.0.0.1.example.cn", "[fd00::1]:8000", "")),
]  # fmt: skip
TRUSTED = ["10.0.0.0/8", "127.0.0.1/32", "fd00::/8"]


def scrape(world: World, address: str, headers: dict[str, str] | None = None) -> int:
    return world.client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address}).status_code


@SQLITE
def test_without_a_token_metrics_are_read_on_loopback_alone_and_never_through_a_proxy(world: World) -> None:
    assert [scrape(world, address) for address in ("127.0.0.1", "127.8.0.9", "::1", "::ffff:127.0.0.1")] == [200] * 4
    for host in ("localhost", "LOCALHOST:8000", "127.0.0.1:8000", "127.0.0.1", "[::1]:8000", "[::1]"):
        assert scrape(world, "127.0.0.1", {"Host": host}) == 200
    for address in ("10.0.0.1", "192.168.1.5", "8.8.8.8", "fd00::1", "", "localhost", "::ffff:8.8.8.8"):
        assert scrape(world, address) == 403
    for headers in PASSED_ON:
        assert scrape(world, "127.0.0.1", headers) == 403
    assert scrape(world, "8.8.8.8", {"Authorization": "Bearer "}) == 403


@SQLITE
def test_with_a_token_it_is_asked_of_everybody(world: World) -> None:
    app = world.client.application
    settings = replace(world.office.settings, metrics_token="scrape-me")
    app.extensions["office"] = replace(world.office, settings=settings)
    good = {"Authorization": "Bearer scrape-me"}
    assert [scrape(world, address, good) for address in ("127.0.0.1", "8.8.8.8")] == [200, 200]
    assert scrape(world, "8.8.8.8", {**good, "X-Forwarded-For": "9.9.9.9"}) == 200
    for headers in (
        {},
        {"Authorization": "Bearer scrape"},
        {"Authorization": "scrape-me"},
        {"Authorization": "Bearer x x"},
    ):
        answer = world.client.get("/metrics", headers=headers)
        assert answer.status_code == 401
        assert "wutong_" not in answer.text
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", "8.8.8.8", "8.8.8.8"), ("10.0.0.1", "1.1.1.1, 8.8.8.8", "8.8.8.8"),
        ("10.0.0.1", "127.0.0.1, 8.8.8.8", "8.8.8.8"), ("10.0.0.1", "8.8.8.8, 10.0.0.7", "8.8.8.8"),
        ("10.0.0.1", "8.8.8.8:4711", "8.8.8.8"), ("fd00::1", "[2001:db8::1]:443", "2001:db8::1"),
        ("::ffff:10.0.0.1", "8.8.8.8", "8.8.8.8"), ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "8.8.8.8, unknown", "10.0.0.1"), ("10.0.0.1", "unknown, 8.8.8.8", "8.8.8.8"), ("10.0.0.1", "", "10.0.0.1"),
        ("8.8.8.8", "127.0.0.1", "8.8.8.8"), ("8.8.8.8", "10.0.0.1", "8.8.8.8"), ("192.168.0.1", "1.1.1.1", "192.168.0.1"),
    ],
)  # fmt: skip
def test_the_client_is_whom_a_trusted_proxy_names(peer: str, forwarded: str, client: str) -> None:
    app = Flask("tested")
    app.add_url_rule("/", view_func=lambda: str(request.remote_addr))
    app.wsgi_app = TrustedProxies(app.wsgi_app, TRUSTED)  # type: ignore[method-assign]
    answer = app.test_client().get("/", headers={"X-Forwarded-For": forwarded}, environ_base={"REMOTE_ADDR": peer})
    assert answer.text == client
