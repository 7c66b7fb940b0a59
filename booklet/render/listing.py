"""Listings for print: each line of code a block, so that what goes on beside it can be marked as such."""

from __future__ import annotations

from lxml import etree

LINE = "code-line"
LINES_TOGETHER = 3
"""At either end of a listing."""


def set_lines(root: etree._Element) -> None:
    """Put every line of a listing into a `<span class="code-line">`; marks that cross lines are repeated."""
    for code in root.iterfind(".//pre/code"):
        lines = _Lines()
        lines.add(code)
        for child in list(code):
            code.remove(child)
        code.text = None
        code.extend(_grouped(lines.done))


def _grouped(lines: list[etree._Element]) -> list[etree._Element]:
    """The first and the last lines in groups that no page breaks, so that none stands alone."""
    if len(lines) <= 2 * LINES_TOGETHER:
        return [_group(lines)]
    middle = lines[LINES_TOGETHER:-LINES_TOGETHER]
    return [_group(lines[:LINES_TOGETHER]), *middle, _group(lines[-LINES_TOGETHER:])]


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
