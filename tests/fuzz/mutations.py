"""Changes to a document, a query or a file, drawn from one seeded source of chance."""

import json
import re
from random import Random

from tests.sandbox.pushing.markup import parse

ODD = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"&#0;", b"&#xD800;", b"]]>", b"<![CDATA[", b"<", b"</xml>", b"&amp;", b'"', b"{", b"}", b"[", b"\\u0000",
    b"9" * 400, b"-1", b"1e999", "９".encode(), "\u202e".encode(), "🏳️‍🌈".encode(), "㊙".encode(), b"\r\n", b"\t", b"%00", b"=1+1", b"' OR 1=1 --",
)  # fmt: skip
VALUES = (
    "", " ", "0", "-1", "9" * 30, "text", "event", "image", "subscribe", "unsubscribe", "SCAN", "CLICK", "TEMPLATESENDJOBFINISH", "接单 1234567",
    "评价 5", "撤回", "1", "①", "更多", "我不想活了", "绑定 ABCDEFGH", "待派", "派单 1234567 张三", "代录 灯坏了", "金色春天3号楼楼道灯不亮", "人工", "隐私",
    "举报社区书记收红包", "满意", "不满意 还是漏水", "补充 在三楼", "转告 你好", "x" * 3000, "长" * 3000, "\u0000", "<b>", "]]>", "\ud800",
)  # fmt: skip
LEAF = re.compile(rb"<(\w+)>(?:<!\[CDATA\[)?[^<]*?(?:\]\]>)?</\1>")


def spliced(chance: Random, body: bytes) -> bytes:
    """Pieces cut out, doubled, moved and put in."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randint(0, len(body)), chance.choice((0, 0, 1, 2, 8, 40))
        put = chance.choice((chance.choice(ODD), chance.randbytes(chance.randint(0, 6)), body[at : at + 30], b""))
        body = body[:at] + put + body[at + length :]
    return body


def refilled(chance: Random, body: bytes) -> bytes:
    """Fields with other values, twice, or gone."""
    found = list(LEAF.finditer(body))
    for one in chance.sample(found, min(len(found), chance.randint(1, 3))):
        name, value = one[1].decode(), chance.choice(VALUES).encode("utf-8", "surrogatepass")
        whole = f"<{name}><![CDATA[".encode() + value + f"]]></{name}>".encode()
        body = body.replace(one[0], chance.choice((whole, one[0] + whole, b"", whole * 3)), 1)
    return body


def as_json(chance: Random, body: bytes) -> bytes:
    """The same message in JSON, with values of other kinds."""
    try:
        fields = parse(body)
    except (ValueError, LookupError):
        return body
    for name in chance.sample(sorted(fields), min(len(fields), chance.randint(0, 3))):
        odd: tuple[object, ...] = (
            None,
            True,
            0,
            -1.5,
            10**30,
            [],
            {},
            [[]],
            {"#text": "灯"},
            ["a", {"b": 1}],
            chance.choice(VALUES),
        )
        fields[name] = chance.choice(odd)
    return json.dumps(fields).encode()


def changed(chance: Random, body: bytes) -> bytes:
    """The document after one to three of these."""
    for _ in range(chance.randint(1, 3)):
        body = chance.choice((spliced, refilled, refilled, as_json))(chance, body)
    return body


def requeried(chance: Random, query: dict[str, str]) -> dict[str, str]:
    """A query with a part that is gone, empty, cut, doubled or of other characters."""
    name = chance.choice(sorted(query))
    value = query[name]
    other = chance.choice(
        ("", value[:-1], value * 2, value.upper(), "签", "\x00", "-" + value, value + " ", "1" * 5000)
    )
    return {key: each for key, each in {**query, name: other}.items() if key != name or chance.random() < 0.8}
