"""Reads the XML of a message: no types and no entities, and in little time whatever it holds."""

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ParserCreate

DEEPEST = 8  # levels of a document that are read; the platform's have four
MOST_ELEMENTS = 5_000  # of a document that are read


class _Tree:
    """Builds a document without a type: types bring entities, which multiply or name files. What stands behind MOST_ELEMENTS is
    checked and left out, as its reading would take long; a message has a few dozen."""

    def __init__(self) -> None:
        self._parser = ParserCreate("utf-8", "}")
        self._builder, self._open, self._count = TreeBuilder(), list[str](), 0
        self._parser.buffer_text = self._parser.ordered_attributes = True  # a list of attributes is made faster
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._builder.data

    def read(self, content: bytes) -> Element:
        """The root. ExpatError, ValueError."""
        self._parser.Parse(content, True)
        while self._open:
            self._end(self._open[-1])
        return self._builder.close()

    def _doctype(self, *_: object) -> None:
        raise ValueError("a document type")

    def _start(self, name: str, _: object) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            self._parser.StartElementHandler = self._parser.EndElementHandler = self._parser.CharacterDataHandler = None
            return
        self._open.append(name)
        self._builder.start(name, {})

    def _end(self, name: str) -> None:
        self._open.pop()
        self._builder.end(name)


def content_of(content: bytes) -> Any:
    """What stands in <xml>: text, or fields by name as in JSON; None where the document is another one. ExpatError, ValueError."""
    root = _Tree().read(content)
    return _value(root, DEEPEST) if _name(root) == "xml" else None


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: Element, levels: int) -> Any:
    """Its text, or its elements by name: a list where one is repeated, and the text between them as "#text". None for what lies
    deeper than so many levels."""
    if not levels:
        return None
    if not len(element):
        return element.text
    found: dict[str, Any] = {"#text": "".join(filter(None, (element.text, *(each.tail for each in element))))}
    for each in element:
        name, value = _name(each), _value(each, levels - 1)
        known = found.get(name)
        if name not in found:
            found[name] = value
        elif isinstance(known, list):
            known.append(value)
        else:
            found[name] = [known, value]
    return found
