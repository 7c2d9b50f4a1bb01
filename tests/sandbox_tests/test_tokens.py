"""Access tokens: both calls, their overlap, the forced refresh and its limits."""

from collections.abc import Iterator

import pytest
import requests

from tests.sandbox.client import Sandbox
from tests.sandbox.options import Options
from tests.sandbox.server import running
from tests.sandbox_tests.conftest import APP_ID, SECRET, Api


@pytest.fixture
def own(options: Options) -> Iterator[Sandbox]:
    """A sandbox whose clock and tokens nobody else uses."""
    with running(options) as sandbox:
        yield sandbox


def works(api: Api, token: str) -> int:
    """The errcode of a harmless call; 0 when the token is good."""
    return int(api.post("message/custom/typing", {"touser": "o", "command": "Typing"}, token=token)["errcode"])


def plain_token(sandbox: Sandbox) -> str:
    query = {"grant_type": "client_credential", "appid": APP_ID, "secret": SECRET}
    return str(requests.get(f"{sandbox.base_url}/cgi-bin/token", query, timeout=5).json()["access_token"])


def test_the_stable_token_stays_the_same_until_five_minutes_before_its_end(own: Sandbox) -> None:
    own.new_user("o")
    api = Api(own)
    first = api.stable_token()
    own.advance(6800)
    again = api.stable_token()
    assert again["access_token"] == first["access_token"]
    assert again["expires_in"] <= 400
    own.advance(150)
    new = api.stable_token()
    assert new["access_token"] != first["access_token"]
    assert (works(api, str(first["access_token"])), works(api, str(new["access_token"]))) == (0, 0)
    own.advance(300)
    assert (works(api, str(first["access_token"])), works(api, str(new["access_token"]))) == (42001, 0)


def test_a_forced_refresh_kills_the_old_token_but_not_within_thirty_seconds(own: Sandbox) -> None:
    own.new_user("o")
    api = Api(own)
    forced = str(api.stable_token(force_refresh=True)["access_token"])
    assert forced != api.token
    assert works(api, api.token) == 40001
    assert api.stable_token(force_refresh=True)["access_token"] == forced
    own.advance(31)
    assert api.stable_token(force_refresh=True)["access_token"] != forced


def test_twenty_forced_refreshes_a_day(own: Sandbox) -> None:
    api = Api(own)
    tokens = set()
    for _ in range(22):
        own.advance(31)
        tokens.add(api.stable_token(force_refresh=True)["access_token"])
    assert len(tokens) in (20, 21)  # 21 if midnight fell between


def test_the_older_call_is_isolated_and_its_old_token_works_five_minutes_more(own: Sandbox) -> None:
    own.new_user("o")
    api = Api(own)
    first, second = plain_token(own), plain_token(own)
    assert first != second
    assert [works(api, token) for token in (api.token, first, second)] == [0, 0, 0]
    own.advance(301)
    assert [works(api, token) for token in (api.token, first, second)] == [0, 42001, 0]


@pytest.mark.parametrize(
    ("wrong", "code"), [({"secret": "no"}, 40125), ({"appid": "wx"}, 40013), ({"appid": ""}, 41002)]
)
def test_wrong_credentials_are_named(api: Api, wrong: dict[str, str], code: int) -> None:
    assert api.stable_token(**wrong)["errcode"] == code


def test_errors_come_with_http_200_and_a_request_id_that_begins_with_the_time(api: Api) -> None:
    answer = requests.post(api.address("message/custom/send"), b"{}", timeout=5)
    assert answer.status_code == 200
    said = answer.json()
    assert said["errcode"] == 41001
    rid = said["errmsg"].split("rid: ")[1]
    assert [len(part) for part in rid.split("-")] == [8, 8, 8]


def test_a_token_may_end_at_any_moment(api: Api, sandbox: Sandbox) -> None:
    sandbox.new_user("o")
    sandbox.set_faults(token_expired="once")
    assert works(api, api.token) == 42001
    new = str(api.stable_token()["access_token"])
    assert works(api, new) == 0
    sandbox.set_faults(token_expired=True)
    assert works(api, new) == 42001
