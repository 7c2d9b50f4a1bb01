"""Signatures, encryption and XML against the platform's own samples and against another implementation."""

import pytest
from wechatpy.crypto import WeChatCrypto

from tests.sandbox.account.values import admits
from tests.sandbox.pushing import aes
from tests.sandbox.pushing.markup import parse, render
from tests.sandbox_tests.conftest import APP_ID, KEY, TOKEN

OFFICIAL_KEY, OFFICIAL_APP = "A" * 43, "wxba5fad812f8e6fb9"


def test_the_official_signatures_come_out() -> None:
    assert aes.sign("AAAAA", "1714036504", "1514711492") == "f464b24fc39322e44b38aa78f5edd27bd1441696"
    assert aes.sign("AAAAA", "1714037059", "486452656") == "899cf89e464efb63f54ddac96b0a0a235f53aa78"


def test_the_official_push_is_opened_and_its_signature_comes_out() -> None:
    secret = (
        "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsX"
        "UnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajA"
        "sjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
    )
    assert aes.sign("AAAAA", "1714112445", "415670741", secret) == "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
    assert b'"debug_str":"hello world"' in aes.decrypt(OFFICIAL_KEY, OFFICIAL_APP, secret)


def test_the_official_encrypted_reply_comes_out() -> None:
    secret = aes.encrypt(OFFICIAL_KEY, OFFICIAL_APP, b'{"demo_resp":"good luck"}', b"707722b803182950")
    assert secret == "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    assert aes.sign("AAAAA", "1713424427", "415670741", secret) == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


def test_the_common_sample_of_other_libraries_comes_out() -> None:
    secret = aes.encrypt(KEY, APP_ID, "我是中文abcd123".encode(), b"aaaabbbbccccdddd")
    assert secret == "jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg=="


def test_another_implementation_opens_what_is_sealed_here() -> None:
    secret = aes.encrypt(KEY, APP_ID, "<xml>楼道灯</xml>".encode())
    signature = aes.sign(TOKEN, "1", "2", secret)
    assert (
        WeChatCrypto(TOKEN, KEY, APP_ID).decrypt_message({"Encrypt": secret}, signature, "1", "2")
        == "<xml>楼道灯</xml>"
    )


@pytest.mark.parametrize("secret", ["", "不是", "AAAA", "A" * 64, "QUJD" * 20])
def test_garbage_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match=r"Encrypt|multiple|length"):
        aes.decrypt(KEY, APP_ID, secret)


def test_another_accounts_message_is_refused() -> None:
    with pytest.raises(ValueError, match="app id"):
        aes.decrypt(KEY, "wx-other", aes.encrypt(KEY, APP_ID, b"x"))


@pytest.mark.parametrize("words", ["a]]>b", "]]>", "<x>&amp;", "两行\n第二行", "  两边有空格  ", "emoji 🍀"])
def test_no_text_breaks_the_xml(words: str) -> None:
    assert parse(render({"Content": words})) == {"Content": words}


def test_control_characters_are_left_out_and_numbers_stand_bare() -> None:
    assert render({"A": "x\x00\x1by", "MsgId": 24000000000000001, "L": [{"a": 1}, {"a": 2}]}) == (
        "<xml><A><![CDATA[xy]]></A><MsgId>24000000000000001</MsgId><L><a>1</a></L><L><a>2</a></L></xml>"
    )


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("thing1", "字" * 20, "字" * 21), ("number2", "12345", "12a"), ("letter1", "abc", "a1"), ("symbol1", "★", "a"),
        ("character_string1", "A-1", "单号1"), ("time1", "2026年11月24日 12:30", "中午"), ("time1", "12:30", "25:00"),
        ("date3", "2026-11-24", "24日"), ("amount1", "¥12.5", "十二元"), ("phone_number1", "+86-10-1234567", "电话"),
        ("car_number1", "皖M12345", "皖M12345678"), ("name1", "王阿姨", "王" * 11), ("phrase1", "办理中", "正在办理之中"),
        ("thing1", "一行", "两\n行"),
    ],
)  # fmt: skip
def test_each_type_of_value_has_its_limit(key: str, good: str, bad: str) -> None:
    assert admits(key, good)
    assert not admits(key, bad)
