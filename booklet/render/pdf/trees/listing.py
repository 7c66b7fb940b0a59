"""Listings for print: each line of code a block, so that what goes on beside it can be marked as such.

No page ends between lines that are read together: those with which a listing or one of its passages begins
and ends, a comment or annotation and what it is about, a closing bracket and what it closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from lxml import etree

LINE = "code-line"
LINES_TOGETHER = 3
"""At either end of a listing."""
PASSAGE_LINES_TOGETHER = 2
"""At either end of what stands between blank lines."""
MOST_TOGETHER = 6
"""Longer groups would leave holes at the feet of pages."""

_INTRODUCES = re.compile(r"\s*(?://|/\*|\*(?:[\s/]|$)|#|--|<!--|[;%]|@\w|\[\w[^\]]*\]\s*$)")
"""A comment, annotation or attribute, in whatever language: nobody says of most listings which one it is."""
_CLOSES = re.compile(r"\s*(?:[\])}][\])};,.]*|</[\w:.-]+>|(?:end|fi|done|esac)\b[\w ;]*)\s*")


def set_lines(root: etree._Element) -> None:
    """Put every line of a listing into a `<span class="code-line">`; marks that cross lines are repeated."""
    for code in root.iterfind(".//pre/code"):
        lines = _Lines()
        lines.add(code)
        for child in list(code):
            code.remove(child)
        code.text = None
        code.extend(_grouped(lines.done))


def _grouped(lines: list[etree._Element]) -> Iterator[etree._Element]:
    """The lines in their order, in groups where no page may end between them."""
    kept = _kept_with_next(["".join(map(str, line.itertext())) for line in lines])
    group: list[etree._Element] = []
    for place, line in enumerate(lines):
        group.append(line)
        if place not in kept:
            yield from (_group(part) if len(part) > 1 else part[0] for part in _shared_out(group))
            group = []


def _kept_with_next(texts: list[str]) -> set[int]:
    """The lines, by number, after which no page may end."""
    everything = range(len(texts))
    if len(texts) <= 2 * LINES_TOGETHER:
        return {*_within(everything)}
    kept = {*_within(everything[:LINES_TOGETHER]), *_within(everything[-LINES_TOGETHER:])}
    for is_written, passage in groupby(everything, lambda place: bool(texts[place].strip())):
        places = [*passage] if is_written else []
        kept |= {*_within(places[:PASSAGE_LINES_TOGETHER]), *_within(places[-PASSAGE_LINES_TOGETHER:])}
        kept |= {
            place
            for place, following in pairwise(places)
            if _INTRODUCES.match(texts[place]) or _CLOSES.fullmatch(texts[following])
        }
    return kept


def _within(places: Sequence[int]) -> range:
    return range(places[0], places[-1]) if places else range(0)


def _shared_out(group: list[etree._Element]) -> Iterator[list[etree._Element]]:
    """Evenly, where one group would be too long."""
    parts = -(-len(group) // MOST_TOGETHER)
    for start, end in pairwise(len(group) * part // parts for part in range(parts + 1)):
        yield group[start:end]


def _group(lines: list[etree._Element]) -> etree._Element:
    group = etree.Element("span", {"class": "code-group"})
    group.extend(lines)
    return group


class _Lines:
    """Builds lines out of text and inline elements."""

    def __init__(self) -> None:
        self.done: list[etree._Element] = []
        self._open: list[etree._Element] = []
        """The elements open on the current line, the line itself first."""
        self._start_line([])

    def add(self, element: etree._Element) -> None:
        """Add the content of an element."""
        self._write(element.text or "")
        for child in element:
            self._push(child)
            self.add(child)
            self._open.pop()
            self._write(child.tail or "")

    def _write(self, text: str) -> None:
        first, *rest = text.split("\n")
        self._append(first)
        for line in rest:
            self._start_line(self._open[1:])
            self._append(line)

    def _start_line(self, inside: list[etree._Element]) -> None:
        line = etree.Element("span", {"class": LINE})
        self.done.append(line)
        self._open = [line]
        for element in inside:
            self._push(element)

    def _push(self, model: etree._Element) -> None:
        copy = etree.SubElement(self._open[-1], model.tag, {str(k): str(v) for k, v in model.attrib.items()})
        self._open.append(copy)

    def _append(self, text: str) -> None:
        if not text:
            return
        holder = self._open[-1]
        if len(holder):
            holder[-1].tail = (holder[-1].tail or "") + text
        else:
            holder.text = (holder.text or "") + text
