"""Listings for print: each line of code a block, so that what goes on beside it can be marked as such.

No page ends between lines that are read together: those with which a listing or one of its passages begins
and ends, a comment or annotation and what it is about, a closing bracket and what it closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from lxml import etree

from booklet.render.pdf.trees.breaks.typography import ALLOW
from booklet.render.text.characters import width_em
from booklet.theme.pages import Room

LINE = "code-line"
LINES_TOGETHER = 3
"""At either end of a listing."""
PASSAGE_LINES_TOGETHER = 2
"""At either end of what stands between blank lines."""
MOST_TOGETHER = 6
"""Longer groups would leave holes at the feet of pages."""

_INTRODUCES = re.compile(r"\s*(?://|/\*|\*(?:[\s/]|$)|#|--|<!--|[;%]|@\w|\[\w[^\]]*\]\s*$)")
"""A comment, annotation or attribute, in whatever language: nobody says of most listings which one it is."""
CHARACTER_EM = 0.61
"""The width of a character of the faces for code (DejaVu Sans Mono; a Han takes a whole em)."""
TYPE = 0.8
"""The size of listings, as a share of the text's (themes/plain/print.css)."""
INDENT_EM = 3.0
"""The indent of a line that goes on, in em of the listing's type (`.code-line` there)."""
WITHIN_EM = 2.0
"""What a list or a quotation around a listing takes from its width, in em of the text's type."""
_WORD = re.compile(r"\S+")
_AFTER_MARK = re.compile(r"(?<=[^\w\s'\"`])(?=[\w'\"`])|(?<=[a-z0-9])(?=[A-Z])|(?<=_)(?=[^_])")
"""Where a word of code reads best if it must be parted: behind its marks, between the parts of a name."""
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


def part_long_words(root: etree._Element, room: Room) -> None:
    """Let words of code that are longer than a line be parted, in whatever colours they are written.

    The engine parts a word that is too long within one element only; what the next one holds of it would
    stand beyond the edge.
    """
    for listing in root.iterfind(".//pre"):
        around = sum(1 for one in listing.iterancestors("li", "dd", "blockquote", "aside"))
        width = (room.width - around * WITHIN_EM * room.font) / (TYPE * room.font) - INDENT_EM
        for line in listing.iter("span"):
            if line.get("class") == LINE:
                _part_words(line, max(width, INDENT_EM))


def _part_words(line: etree._Element, width: float) -> None:
    holders = [*_texts(line)]
    text = "".join(words for _, _, words in holders)
    if _width(text) <= width:
        return
    places: set[int] = set()
    for word in _WORD.finditer(text):
        if _width(word[0]) > width:
            places.update(word.start() + place for place in _places(word[0], width))
    start = 0
    for holder, is_tail, words in holders:
        parted = "".join(
            (ALLOW if start + index in places else "") + character for index, character in enumerate(words)
        )
        setattr(holder, "tail" if is_tail else "text", parted)
        start += len(words)


def _texts(line: etree._Element) -> Iterator[tuple[etree._Element, bool, str]]:
    """The texts of a line in their order: an element, whether it is its tail, and what it says."""
    for event, element in etree.iterwalk(line, events=("start", "end")):
        if event == "start" and element.text:
            yield element, False, element.text
        if event == "end" and element is not line and element.tail:
            yield element, True, element.tail


def _places(word: str, width: float) -> Iterator[int]:
    """Behind marks; anywhere in what is too long without one."""
    marks = [found.start() for found in _AFTER_MARK.finditer(word)]
    yield from marks
    for start, end in pairwise((0, *marks, len(word))):
        if _width(word[start:end]) > width:
            yield from range(start + 1, end)


def _width(code: str) -> float:
    """In em."""
    return sum(CHARACTER_EM if width_em(character) < 1 else 1.0 for character in code)


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
