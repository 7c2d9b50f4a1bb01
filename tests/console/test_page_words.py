"""Sentences in their form for pages: each is one of the chat's, with the same facts at most, and sends nobody to the chat."""

import string
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot import texts
from config.settings import CONFIG_DIR

TEXTS = texts.load(CONFIG_DIR)


def forms(table: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """The keys of the chat that have a form for pages."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from forms(value, f"{within}{name}.")
        else:
            yield within + name


def facts(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("key", list(forms(TEXTS.sentences["on_page"])))
def test_a_form_for_pages_is_of_a_sentence_of_the_chat_and_names_no_command(key: str) -> None:
    said = TEXTS.template(f"on_page.{key}")
    assert facts(said) <= facts(TEXTS.template(key))
    assert "回复“" not in said
    assert said != TEXTS.template(key)
