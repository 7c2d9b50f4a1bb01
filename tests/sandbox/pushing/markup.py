"""Writes and reads pushes and replies in XML (values cannot end their element, entities are not read) or JSON."""

import json
from collections.abc import Mapping
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

ALLOWED_LOW = "\t\n\r"


def render(fields: Mapping[str, Any]) -> str:
    """An `<xml>` document. Numbers stand bare, strings in CDATA, mappings nest, lists repeat their element."""
    return f"<xml>{_inner(fields)}</xml>"


def write(fields: Mapping[str, Any], format: str) -> str:
    """The fields in the account's format, xml or json."""
    return json.dumps(fields, ensure_ascii=False) if format == "json" else render(fields)


def _inner(fields: Mapping[str, Any]) -> str:
    return "".join(
        f"<{name}>{_value(each)}</{name}>"
        for name, value in fields.items()
        for each in (value if isinstance(value, list) else [value])
    )


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _inner(value)
    if isinstance(value, int | float):
        return str(value)
    clean = "".join(ch for ch in str(value) if ch >= " " or ch in ALLOWED_LOW)
    return f"<![CDATA[{clean.replace(']]>', ']]]]><![CDATA[>')}]]>"


def parse(content: bytes | str, format: str = "xml") -> dict[str, Any]:
    """The fields of an `<xml>` document, or of a JSON object where that is the format. ValueError for anything else."""
    if format == "json" and content[:1] in (b"{", "{"):
        fields = json.loads(content)
        assert isinstance(fields, dict)
        return fields
    try:
        root = xmltodict.parse(content, strip_whitespace=False)
    except (ExpatError, ValueError) as error:
        raise ValueError(f"not XML: {error}") from error
    fields = root.get("xml")
    if not isinstance(fields, dict):
        raise ValueError("no <xml> element with fields")
    return fields
