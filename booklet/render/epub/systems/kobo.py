"""Kobo's own engine wants each sentence in a span and the page in two boxes, to mark, count and turn rightly.

The markup is that of Kobo's shop and of kepubify (`kepub/transform.go`, v4): `<span class="koboSpan"
id="kobo.PARAGRAPH.SENTENCE">`, whose text with its white space is the source's to the letter; pictures get a
span of their own; `body > div#book-columns > div#book-inner`. The file is called `….kepub.epub`: by that
ending alone Kobo picks this engine.
"""

from __future__ import annotations

import re
from itertools import count, pairwise

from lxml import etree

from booklet.render.epub.documents.document import MATHML, SVG, XHTML, Document

CSS = "#book-inner { margin-top: 0; margin-bottom: 0 }\n"
"""As Kobo's shop has it: the reader's own margins hold."""

_CLASS = "koboSpan"
_SENTENCE_END = re.compile(
    r"""
    (?: [。！？!?；…]+ | [.:](?=["'”’»)\]]*\s) )   # a Latin mark only before a space, for 3.5 and 10:30
    ["'”’」』》〉）】)\]»]*                         # with the marks that close with it
    \s*
    """,
    re.VERBOSE,
)
_BEGINS_PARAGRAPH = frozenset(
    f"{{{XHTML}}}{name}" for name in ("p", "ol", "ul", "table", "h1", "h2", "h3", "h4", "h5", "h6")
)
_SKIPPED = frozenset(
    (
        f"{{{MATHML}}}math",
        f"{{{SVG}}}svg",
        *(f"{{{XHTML}}}{name}" for name in ("pre", "rp", "script", "style")),
    )
)
"""kepubify's, and `rp`, which may hold nothing but text."""
_PICTURE = f"{{{XHTML}}}img"


def wrap(document: Document) -> None:
    """Put the document's sentences into spans, and its block into the two boxes."""
    root = document.root
    _Spans().wrap(root)
    body = document.html[1]
    body.remove(root)
    columns = etree.SubElement(body, f"{{{XHTML}}}div", {"id": "book-columns"})
    inner = etree.SubElement(columns, f"{{{XHTML}}}div", {"id": "book-inner"})
    inner.append(root)


def sentences(text: str) -> list[str]:
    """The text in pieces that end with a sentence; joined they are the text."""
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text))]
    if ends[-1] < len(text):
        ends.append(len(text))
    return [text[begin:end] for begin, end in pairwise(ends)]


class _Spans:
    def __init__(self) -> None:
        self._paragraph = 0
        self._numbers = count(1)

    def wrap(self, element: etree._Element) -> None:
        if element.tag in _SKIPPED:
            return
        if element.tag in _BEGINS_PARAGRAPH:
            self._begin_paragraph()
        children = list(element)
        before, element.text = self._spans(element.text), self._space(element.text)
        for place, span in enumerate(before):
            element.insert(place, span)
        for child in children:
            self.wrap(child)
            last = self._framed(child) if child.tag == _PICTURE else child
            after, last.tail = self._spans(last.tail), self._space(last.tail)
            for span in reversed(after):
                last.addnext(span)

    def _begin_paragraph(self) -> None:
        self._paragraph += 1
        self._numbers = count(1)

    @staticmethod
    def _space(text: str | None) -> str | None:
        """White space between elements stays where it is: between rows and items no span may stand."""
        return text if text is not None and not text.strip() else None

    def _spans(self, text: str | None) -> list[etree._Element]:
        if text is None or not text.strip():
            return []
        spans = []
        for sentence in sentences(text):
            span = self._span()
            span.text = sentence
            spans.append(span)
        return spans

    def _span(self) -> etree._Element:
        if not self._paragraph:
            self._begin_paragraph()
        identifier = f"kobo.{self._paragraph}.{next(self._numbers)}"
        return etree.Element(f"{{{XHTML}}}span", {"class": _CLASS, "id": identifier})

    def _framed(self, picture: etree._Element) -> etree._Element:
        """A span around the picture, as a paragraph of its own."""
        self._begin_paragraph()
        span = self._span()
        picture.addprevious(span)
        tail, picture.tail = picture.tail, None
        span.append(picture)
        span.tail = tail
        return span
