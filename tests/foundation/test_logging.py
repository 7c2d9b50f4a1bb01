"""The log holds no token and no secret, at whatever level and from whatever library."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from config import logging as logs

TOKEN = "87_kJhGfDsAqWeRtYuIoP"


@pytest.fixture
def root() -> Iterator[None]:
    known = logging.getLogger()
    before = (known.handlers, known.level)
    yield
    known.handlers, known.level = before[0], before[1]


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize(
    "words",
    [
        f"POST /cgi-bin/message/template/send?access_token={TOKEN} HTTP/1.1",
        f"GET https://api.weixin.qq.com/cgi-bin/token?grant_type=client_credential&appid=wx1&secret={TOKEN}",
        f'{{"access_token":"{TOKEN}","expires_in":7200}}', f"{{'access_token': '{TOKEN}'}}", f"Authorization: Bearer {TOKEN}",
        f"headers={{'Authorization': 'Bearer {TOKEN}'}}", f"ticket={TOKEN}",
        f"APP\u017fECRET={TOKEN}",  # a letter that counts as an s where capitals do not matter
    ],
)  # fmt: skip
def test_what_is_secret_is_left_out_of_a_line_and_of_a_traceback(
    capsys: pytest.CaptureFixture[str], words: str
) -> None:
    logs.configure("DEBUG")
    logging.getLogger("somebody").debug("sent: %s", words)
    try:
        raise ValueError(words)
    except ValueError:
        logging.getLogger("somebody").exception("it broke")
    said = shown(capsys)
    assert TOKEN not in said
    assert [json.loads(line)["event"] for line in said.splitlines()][1] == "it broke"


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "urllib3.connectionpool", "wechatpy.client"])
def test_libraries_that_tell_whole_addresses_are_quiet(capsys: pytest.CaptureFixture[str], name: str) -> None:
    logs.configure("DEBUG")
    logging.getLogger(name).info("https://api/%s", TOKEN)
    logging.getLogger(name).debug("https://api/%s", TOKEN)
    assert shown(capsys) == ""
    assert sys.stderr is not None
