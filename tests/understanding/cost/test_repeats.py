"""No expression takes time that doubles with every further word of a text: one message of 60 characters could stop the service."""

import ast
import gc
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.understanding import Reader
from bot.understanding.lexicon import FOLDER, read_rules
from bot.understanding.models.expressions import Expression
from config.settings import ROOT
from tests.understanding.cost.ambiguity import ambiguous

CALLS = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("(?:a|aa)*b", "aa"), ("(?:a+)*b", "aa"), (r"(?:好|好的?)+$", "好"), ("^(?:ab?|b)*$", "ab"), ("(?:a|aa)*+b", None),
        ("(?>(?:a|aa)*)b", None), ("(?:a|b)*c", None), ("[ab]*c", None), ("(?:a|aa){0,5}b", None),
    ],
)  # fmt: skip
def test_a_repeat_that_reads_a_text_in_several_ways_is_found(source: str, text: str | None) -> None:
    assert (ambiguous(source) is None) == (text is None)


def test_no_expression_of_the_office_reads_a_text_in_several_ways(reader: Reader) -> None:
    found = {source: text for source in sorted(expressions(reader)) if (text := ambiguous(source))}
    assert found == {}


def test_a_name_among_words_that_say_nothing_is_read_at_once(reader: Reader) -> None:
    for unit in ("号楼", "陈桥甲陈桥乙", "书记主任", "想要请问", "附近", "嗯"):
        assert reader.understand(f"陈桥甲{unit * 40}都没来").text


def expressions(reader: Reader) -> set[str]:
    """Those of the rules and their templates, of the lexicon that the reader holds, and of the program."""
    assert reader.categories
    found = {each.source for each in gc.get_objects() if isinstance(each, Expression)}
    for path in FOLDER.glob("*.toml"):
        rules = read_rules(path)
        found |= {*rules.expressions.values(), *_texts(rules.templates)}
    for path in sorted((ROOT / "bot").rglob("*.py")):
        found |= set(_of_program(path.read_text("utf-8")))
    return {source for source in found if _is_whole(source)}


def _texts(templates: Mapping[str, Any]) -> Iterator[str]:
    """What the program fills in is any word."""
    for value in templates.values():
        if isinstance(value, str):
            yield re.sub(r"\{[a-z_]+\}", "字", value)
        else:
            yield from _texts(value)


def _of_program(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=called), args=[ast.Constant(value=str(source)), *_]
            ) if called in CALLS:
                yield source


def _is_whole(source: str) -> bool:
    try:
        re.compile(source)
    except re.error:
        return False
    return True
