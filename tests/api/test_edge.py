"""What the API does with characters that nobody can carry, with bodies that are broken, and with times of any form."""

import json
from io import BytesIO
from typing import Any

import pytest

from bot.api.bodies import MOST_BYTES
from tests.api.conftest import World
from tests.api.test_api import a_broadcast

LAMP = "陈桥社区路灯坏了"


def handed_in(world: World, body: bytes) -> Any:
    return world.client.post("/api/v1/orders", data=body, headers=world.token("hotline", "orders:write"))


@pytest.mark.parametrize("code", [0x00, 0x02, 0x07, 0x08, 0x0B, 0x0C, 0x10, 0x1D, 0x1F, 0x7F, 0x85, 0x9F, 0xFFFE])
@pytest.mark.parametrize("escaped", [False, True])
def test_a_control_character_is_dropped_raw_and_escaped(world: World, code: int, escaped: bool) -> None:
    control = f"\\u{code:04x}" if escaped else chr(code)
    answer = handed_in(world, f'{{"text": "陈桥社区路灯{control}坏了", "place": "3栋{control}"}}'.encode())
    assert (answer.status_code, answer.get_json()["text"]) == (201, LAMP)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'{"text": "\xff' + LAMP.encode() + b'"}', f"\ufffd{LAMP}"),
        (b'{"text": "' + LAMP.encode() + b'\\ud83d"}', f"{LAMP}\ufffd"),
        (b'\xef\xbb\xbf{"text": "' + LAMP.encode() + b'"}', LAMP),
        (b'{"text": "' + LAMP.encode() + b"\n\t\xe8\xaf\xb7\xe4\xbf\xae" + b'"}', f"{LAMP}\n\t请修"),
        (b'{"te\x00xt": "' + LAMP.encode() + b'"}', LAMP),
    ],
)
def test_broken_text_costs_no_matter_and_free_text_keeps_its_lines(world: World, body: bytes, text: str) -> None:
    answer = handed_in(world, body)
    assert (answer.status_code, answer.get_json()["text"]) == (201, text)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "big5", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("text", ["灯坏了", "金色春天3号楼2单元501灯泡坏了，想请人帮忙换一下"])
def test_a_body_in_another_encoding_is_400_and_no_order(world: World, text: str, encoding: str) -> None:
    body = json.dumps({"text": text, "place": "3号楼"}, ensure_ascii=False).encode(encoding, "ignore")
    assert handed_in(world, body).status_code == 400
    listed = world.client.get("/api/v1/orders", headers=world.token("reader", "orders:read")).get_json()
    assert listed["items"] == []


@pytest.mark.parametrize(
    "body", [b"", b"\x00", b"{", b"[1", b'{"text": NaN}', b"a=b", b"[" * 100_000, b'{"text": "a"} x']
)
def test_what_is_no_json_is_400(world: World, body: bytes) -> None:
    assert handed_in(world, body).status_code == 400


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"null", b"1"])
def test_json_that_is_no_object_is_422(world: World, body: bytes) -> None:
    assert handed_in(world, body).status_code == 422


@pytest.mark.parametrize("extra", [0, 1, 70_000])
def test_a_body_without_a_length_is_read_up_to_the_limit_and_refused_beyond_it(world: World, extra: int) -> None:
    body = json.dumps({"text": LAMP}).encode()
    pieces = body + b" " * (MOST_BYTES - len(body) + extra)
    answer = world.client.post(
        "/api/v1/orders",
        input_stream=BytesIO(pieces),
        headers={**world.token("hotline", "orders:write"), "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert (answer.status_code, answer.is_json) == (413 if extra else 201, True)


def test_names_and_numbers_are_one_line(world: World) -> None:
    token = world.token("hotline", "orders:write")
    matter = {"text": LAMP, "community": "陈桥\n社区\u0000", "external_id": "H\t-\u00001", "contact_name": "张\r\n三"}
    made = world.client.post("/api/v1/orders", json=matter, headers=token)
    assert (made.status_code, made.get_json()["community"]) == (201, "陈桥社区")
    again = world.client.post("/api/v1/orders", json={"text": LAMP, "external_id": "H-1"}, headers=token)
    assert (again.status_code, again.get_json()["code"]) == (200, made.get_json()["code"])


@pytest.mark.parametrize("field", ["text", "community", "contact_name", "external_id"])
@pytest.mark.parametrize("nothing", ["", " ", "\u0000", "\u0001\u007f", "\n\t", "\u0000\u200b", "\u202e"])
def test_a_field_of_which_nothing_is_left_is_422_and_nothing_is_written(world: World, field: str, nothing: str) -> None:
    token = world.token("hotline", "orders:write", "orders:read")
    answer = world.client.post("/api/v1/orders", json={"text": LAMP, field: nothing}, headers=token)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, field)
    assert world.client.get("/api/v1/orders", headers=token).get_json()["items"] == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "\u0000"}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"body": "\u0000\u001d"}, "body"),
        ({"audience": {"names": ["\u0000"]}}, "audience.names.0"),
        ({"audience": {"community": "\u0000"}}, "audience.community.0"),
    ],
)
def test_a_broadcast_of_which_a_part_is_empty_is_422(world: World, changes: dict[str, Any], field: str) -> None:
    token = world.token("hers", person_id=world.person("赵敏", "staff"))
    answer = world.client.post("/api/v1/broadcasts", json=a_broadcast(**changes), headers=token)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, field)


def test_a_broadcast_loses_its_control_characters(world: World) -> None:
    world.person("王一", "member")
    token = world.token("hers", person_id=world.person("赵敏", "staff"))
    body = a_broadcast(kind="remin\u0000der", title="节前\u0000提\n醒", audience={"role": ["党\u0000员"]})
    answer = world.client.post("/api/v1/broadcasts", json=body, headers=token)
    assert (answer.status_code, answer.get_json()["kind"], answer.get_json()["title"]) == (201, "reminder", "节前提醒")


def test_parameters_of_a_query_lose_their_control_characters(world: World) -> None:
    token = world.token("hotline", "orders:write", "orders:read")
    code = world.client.post("/api/v1/orders", json={"text": LAMP}, headers=token).get_json()["code"]
    for query in (
        "community=陈桥%00社区",
        "state=submitted%1d",
        "since=2020-01-01T00:00:00%00Z",
        "limit=1%00",
        "cursor=%00",
    ):
        page = world.client.get(f"/api/v1/orders?{query}", headers=token)
        assert [order["code"] for order in page.get_json()["items"]] == [code], query
    assert world.client.get(f"/api/v1/orders/{code}%00", headers=token).status_code == 200
    assert world.client.get("/api/v1/orders?since=%00", headers=token).status_code == 400
    assert world.client.get(f"/api/v1/orders?cursor={'W1tb' * 8000}", headers=token).status_code == 400


@pytest.mark.parametrize(
    "due",
    [0, 1.5, -1, True, [], {}, "", "0", "1764000000", "2026-12-01", "12:00:00", "2026-12-01T12:00", "2026-13-01T00:00:00Z",
     "2026-02-30T00:00:00Z", "2850-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+08:00",
     "0133-01-15T23:12:40+15:04", "1969-12-31T23:59:59Z"],
)  # fmt: skip
def test_a_limit_that_is_no_time_or_over_ten_years_away_or_before_1970_is_422(world: World, due: Any) -> None:
    answer = handed_in(world, json.dumps({"text": LAMP, "due_at": due}).encode())
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "due_at")


@pytest.mark.parametrize(
    ("due", "kept"),
    [
        ("2026-12-01T04:00:00Z", "2026-12-01T12:00:00+08:00"),
        ("2026-12-01t04:00:00.5z", "2026-12-01T12:00:00+08:00"),
        ("2026-12-01 12:00:00+08:00", "2026-12-01T12:00:00+08:00"),
        ("1970-01-01T00:00:00Z", "1970-01-01T08:00:00+08:00"),
        ("2026-12-01T12:00:00\u0000+08:00", "2026-12-01T12:00:00+08:00"),
    ],
)
def test_a_limit_is_a_timestamp_and_may_be_past(world: World, due: str, kept: str) -> None:
    answer = handed_in(world, json.dumps({"text": LAMP, "due_at": due}).encode())
    assert (answer.status_code, answer.get_json()["due_at"]) == (201, kept)


def test_systems_and_ids_with_colons_are_not_mixed_up(world: World) -> None:
    first, second = world.token("a", "orders:write"), world.token("a:b", "orders:write")
    codes = [
        world.client.post("/api/v1/orders", json={"text": LAMP, "external_id": number}, headers=token).get_json()[
            "code"
        ]
        for token, number in ((first, "b:c"), (second, "c"), (first, "b:c"))
    ]
    assert codes[0] == codes[2] != codes[1]


@pytest.mark.parametrize(
    "number",
    [
        "举报张敏收红包",
        "我不想活了",
        "无",
        "wo bu xiang huo le",
        "139 他打我",
        "13900001234 着火了",
        "-",
        "1",
        "++--",
        "１２",
    ],
)
def test_a_contact_that_is_no_telephone_number_is_422(world: World, number: str) -> None:
    token = world.token("hotline", "orders:write", "orders:read")
    answer = world.client.post("/api/v1/orders", json={"text": LAMP, "contact_phone": number}, headers=token)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "contact_phone")
    assert world.client.get("/api/v1/orders", headers=token).get_json()["items"] == []


@pytest.mark.parametrize(
    "number",
    [
        "",
        "13900001234",
        "+86 139 0000 1234",
        "(0519)88776655",
        "0519-88776655转8012",
        "12345",
        "139****1234",
        "13900001234、88776655",
        None,
    ],
)
def test_a_telephone_number_is_taken_as_people_write_it(world: World, number: str | None) -> None:
    token = world.token("hotline", "orders:write")
    answer = world.client.post("/api/v1/orders", json={"text": LAMP, "contact_phone": number}, headers=token)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("community", "place", "grid"),
    [
        ("花都路社区", "金色春天3号楼", None),
        ("陈桥社区", "陈桥社区金色春天3号楼", "网格28"),
        (None, "陈桥社区金色春天3号楼", "网格28"),
    ],
)
def test_a_matter_for_another_community_than_its_place_has_no_grid_of_that_one(
    world: World, community: str | None, place: str, grid: str | None
) -> None:
    body = {"text": "网格28金色春天3号楼路灯坏了", "place": "金色春天3号楼", "community": community}
    order = handed_in(world, json.dumps(body).encode()).get_json()
    assert (order["community"], order["place"]) == (community or "陈桥社区", place)
    assert order["grid"] == grid
