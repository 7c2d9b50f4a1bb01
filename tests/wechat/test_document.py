"""A document of a message: read in little time whatever it holds, and what it says all the same."""

import time
from xml.parsers.expat import ExpatError

import pytest

from bot.wechat.document import MOST_ELEMENTS, content_of

WRAPPED = "<xml><MsgType>text</MsgType><Content>灯坏了</Content>{}</xml>"
COSTLY = {
    "nested tags": "<a>" * 140_000 + "</a>" * 140_000,
    "empty tags": "<a/>" * 250_000,
    "tags of many names": "".join(f"<a{number}/>" for number in range(100_000)),
    "attributes": "<a " + " ".join(f'a{number}="1"' for number in range(80_000)) + "/>",
    "references": "&amp;" * 200_000,
}


@pytest.mark.parametrize("what", COSTLY)
def test_what_costs_a_parser_time_is_left_out(what: str) -> None:
    document = WRAPPED.format(COSTLY[what]).encode()
    spent = []
    for _ in range(3):
        started = time.process_time()
        found = content_of(document)
        spent.append(time.process_time() - started)
    assert (found["MsgType"], found["Content"]) == ("text", "灯坏了")
    assert min(spent) < 0.1


def test_as_many_elements_as_are_read_are_all_there() -> None:
    found = content_of(WRAPPED.format("<a>1</a>" * (MOST_ELEMENTS - 3)).encode())
    assert found["a"] == ["1"] * (MOST_ELEMENTS - 3)
    cut = content_of(WRAPPED.format("<a>1</a>" * MOST_ELEMENTS + "<b>2</b>").encode())
    assert len(cut["a"]) == MOST_ELEMENTS - 3
    assert "b" not in cut


def test_names_are_read_without_their_space() -> None:
    assert content_of(b'<p:xml xmlns:p="u"><p:a>1</p:a><b c="2"><d>3</d></b></p:xml>')["a"] == "1"


@pytest.mark.parametrize(
    "document", ["<xml>", "<xml></a></xml>", "<a/>" * 2, WRAPPED.format("<a/>" * MOST_ELEMENTS + "<b>")]
)
def test_what_is_no_document_is_refused_behind_the_last_element_that_is_read_too(document: str) -> None:
    with pytest.raises(ExpatError):
        content_of(document.encode())
