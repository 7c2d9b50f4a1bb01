"""The nginx example: it is whole, takes at most what the service takes, and shields it. nginx itself: programs/nginx.py."""

import re

from bot import texts as languages
from bot.request_body import LARGEST, LARGEST_WITH_PICTURES
from config.settings import CONFIG_DIR, ROOT

CONF = ROOT / "config" / "deploy" / "nginx" / "wutong.conf"


def directive(name: str) -> list[str]:
    return re.findall(rf"^\s*{name} +([^;]+);", CONF.read_text("utf-8"), flags=re.MULTILINE)


def location(path: str) -> str:
    """What stands in the block of this location."""
    found = re.search(rf"location (?:= )?{path} \{{(.*?)\}}", CONF.read_text("utf-8"), flags=re.DOTALL)
    assert found, path
    return found[1]


def test_every_block_is_closed_every_directive_ended_and_every_zone_and_upstream_made() -> None:
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", "x", CONF.read_text("utf-8"))
    bare = re.sub(r"#.*", "", bare)
    assert bare.count("{") == bare.count("}")
    assert [line for line in map(str.strip, bare.splitlines()) if line and line[-1] not in "{};"] == []
    made = set(re.findall(r"zone=(\w+):", bare))
    assert made == set(re.findall(r"(?:limit_conn |limit_req zone=)(\w+)", bare))
    assert set(re.findall(r"proxy_pass http://(\w+);", bare)) == set(
        re.findall(r"^upstream (\w+) ", bare, flags=re.MULTILINE)
    )
    assert set(re.findall(r"access_log \S+ (\w+);", bare)) == set(
        re.findall(r"^log_format (\w+) ", bare, flags=re.MULTILINE)
    )


def test_connections_of_one_address_are_counted_but_not_those_that_bring_messages() -> None:
    assert directive("limit_conn_zone") == ["$wutong_counted zone=wutong_open:10m"]
    assert directive("limit_conn") == ["wutong_open 60"]
    assert re.search(
        r'map \$uri \$wutong_counted \{\s*~\^/wechat\$ "";\s*default \$binary_remote_addr;', CONF.read_text("utf-8")
    )
    assert "limit_" not in location("/wechat")
    assert "limit_req zone=wutong_api" in location("/api/")


def test_a_body_that_the_service_takes_passes_and_is_read_whole_first() -> None:
    sizes = [int(most.removesuffix("k")) * 1024 for most in directive("client_max_body_size")]
    for size, least in zip(sizes, (LARGEST, LARGEST_WITH_PICTURES), strict=True):
        assert least <= size <= 1.2 * least
    assert directive("proxy_request_buffering") == ["on"]
    assert directive("client_body_timeout") == ["5s", "20s"]


def test_the_caller_s_address_is_nginx_s_own_word() -> None:
    assert "X-Forwarded-For $remote_addr" in directive("proxy_set_header")
    assert "$proxy_add_x_forwarded_for" not in CONF.read_text("utf-8")


def test_the_log_holds_no_query_string() -> None:
    (log,) = directive("log_format")
    assert not re.search(r"\$(request|request_uri|args|query_string|http_referer)\b", log)


def test_what_nginx_refuses_itself_is_said_to_people_as_the_pages_say_it() -> None:
    own = CONF.read_text("utf-8")
    said = languages.load(CONFIG_DIR).sentences["page_refused"]
    found = re.search(r"map \$status \$wutong_said \{(.*?)\}", own, flags=re.DOTALL)
    assert found
    shown = dict(re.findall(r'(\w+) "([^"]+)";', found[1]))
    assert shown.pop("default") == said["other"]
    assert shown == {status: said[status] for status in ("413", "502", "503")}
    assert f"<title>{said['title']}</title>" in location("@refused")
    assert directive("error_page") == ["413 502 503 504 @refused"] * 2
    for path in ("/wechat", "/api/"):  # programs get what they got
        assert "error_page" not in location(path)


def test_metrics_are_not_for_the_world() -> None:
    assert re.search(r"location = /metrics \{ return 404; \}", CONF.read_text("utf-8"))
