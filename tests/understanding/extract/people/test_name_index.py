"""Which of many names stand in a text: every way of writing one, and a time that does not grow with their number."""

import time
from itertools import islice, product

import pytest

from bot.understanding import Reader
from bot.understanding.extract.people.name_index import NameIndex

NAMES = ("刘志强", "欧阳雪梅", "周建国", "王芳", "党员15", "阿卜杜热合曼")


@pytest.fixture
def index(reader: Reader) -> NameIndex:
    return NameIndex(reader.naming, NAMES)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("举报刘志强收红包", "刘志强"), ("举报 刘·志·强 收红包", "刘志强"), ("刘智强收红包", "刘志强"), ("强志刘收红包", "刘志强"), ("liuzhiqiang收红包", "刘志强"),
        ("刘zhi强收红包", "刘志强"), ("刘z强收红包", "刘志强"), ("刘x强收红包", "刘志强"), ("刘zq收红包", "刘志强"), ("l志强收红包", "刘志强"), ("刘某强收红包", "刘志强"),
        ("刘*强收红包", "刘志强"), ("lzq收红包", "刘志强"), ("欧阳xm收红包", "欧阳雪梅"), ("欧y雪梅收红包", "欧阳雪梅"), ("周健国收红包", "周建国"),
        ("阿卜杜x合曼收红包", "阿卜杜热合曼"), ("阿卜杜热合man收红包", "阿卜杜热合曼"), ("党员15收红包", "党员15"), ("dy15收红包", "党员15"), ("党x15收红包", "党员15"),
        ("王某收红包", "王芳"), ("周*国和刘z强收红包", "刘志强 周建国"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(reader: Reader, index: NameIndex, text: str, named: str) -> None:
    assert index.named(reader.naming.said(text)) == set(named.split())


@pytest.mark.parametrize(
    "text",
    ["党员151收红包", "刘志收红包", "刘zhong强收红包", "刘zqx收红包", "alzq收红包", "刘某某收红包", "建国路3号收红包", "3号楼x单元", "zhiqiang", "雪梅", "", "x", "某某"],
)  # fmt: skip
def test_another_one_is_nobody(reader: Reader, index: NameIndex, text: str) -> None:
    assert index.named(reader.naming.said(text)) == set()


def test_of_no_names_none_is_found(reader: Reader) -> None:
    assert NameIndex(reader.naming, ()).named(reader.naming.said("王某x强收红包")) == set()


def _cpu(reader: Reader, index: NameIndex, text: str) -> float:
    said = reader.naming.said(text)
    index.named(said)
    started = time.process_time()
    for _ in range(200):
        index.named(said)
    return time.process_time() - started


def test_the_time_does_not_grow_with_the_names(reader: Reader) -> None:
    every = [
        "".join(each)
        for each in product("王李张刘陈杨黄赵吴周", "伟芳娜敏静丽强磊军洋勇艳杰娟涛", "明超秀霞平刚桂英华建国志文斌")
    ]
    few, many = (NameIndex(reader.naming, islice(every, count)) for count in (50, len(every)))
    for text in ("我不想活了，社区没人管我", "举报朱z强收红包，他住在a座，qq群里都在说"):
        assert _cpu(reader, many, text) < 3 * _cpu(reader, few, text) + 0.02
