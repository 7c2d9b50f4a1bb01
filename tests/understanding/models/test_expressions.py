"""Expressions are tried by the characters of a text: none that could match is left out."""

import re

import pytest

from bot.training.corpus import read_messages
from bot.understanding import Reader
from bot.understanding.lexicon import read_lexicon
from bot.understanding.models.expressions import Expression, Expressions, necessary
from bot.understanding.models.ngrams import joined
from bot.understanding.normalize import simplify
from tests.understanding.conftest import CONFIG


@pytest.mark.parametrize(
    ("source", "characters"),
    [
        ("跳楼", "跳"),
        ("跳楼?(?:梯|机)", "跳"),
        ("火?警", "警"),
        ("火*灾{0,2}警+", "警"),
        ("(?:猫|狗)+", "猫狗"),
        ("[东西]门?", "东西"),
        ("烟|火(?!车)", "烟火"),
        (r"(?<!没)有个|\|救", "有救"),
        ("的[^|]{0,3}着", "着"),
    ],
)
def test_the_characters_of_which_each_match_holds_one_are_told_by_the_expression(source: str, characters: str) -> None:
    assert necessary(source) == frozenset(characters)


@pytest.mark.parametrize("source", ["[^火]*", "火?", "火*|烟", "[0-9]+", ".", "(?:火|烟)?", r"\d", "(?=火)"])
def test_where_a_match_may_lack_any_literal_nothing_is_told(source: str) -> None:
    assert necessary(source) is None


def test_no_expression_of_the_lexicon_matches_a_message_without_these_characters(reader: Reader) -> None:
    lexicon = read_lexicon(CONFIG / "lexicon")
    sources = [source for sources in lexicon["negation_patterns"].values() for source in sources]
    sources += [*lexicon["terms"].values(), *lexicon["intents"]["terms"].values()]
    texts = [joined(simplify(m.text).text) for m in read_messages(CONFIG / "lexicon" / "messages", reader.categories)]
    told = {source: characters for source in sources if (characters := necessary(source))}
    assert len(told) > 0.95 * len(sources)
    text = "\n".join(texts[::20])
    for source, characters in told.items():
        for found in re.finditer(source, text):
            assert not characters.isdisjoint(found.group()), (source, found.group())


@pytest.mark.parametrize("text", ["灯泡爆了真热死了", "热死人了", "没有这些词", "热死热死人", "", "想死你了灯爆"])
def test_blanks_stand_where_one_expression_of_all_would_match(text: str) -> None:
    sources = ["灯(?:泡|管)?(?:炸|爆)了?", "热死(?:了|人)?", "热死人了", "(?<!真)想死你"]
    whole = re.sub("|".join(sources), lambda found: "〇" * len(found.group()), text)
    assert Expressions(sources).blank(text, "〇") == whole


def test_an_expression_is_compiled_when_it_is_first_used() -> None:
    expression = Expression("火")
    assert "compiled" not in vars(expression)
    assert expression.search("着火了")
    assert "compiled" in vars(expression)
