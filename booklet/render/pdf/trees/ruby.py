"""Ruby for print, whose engine does not know it: each base with its reading in one box, the reading above.

`<ruby>汉<rt>hàn</rt>字<rt>zì</rt></ruby>`: https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-ruby-element
"""

from __future__ import annotations

from lxml import etree


def set_ruby(root: etree._Element) -> None:
    """Replace every `<ruby>` by a run of `<span class="ruby">`; nested ones first."""
    for ruby in reversed(list(root.iter("ruby"))):
        parent = ruby.getparent()
        if parent is None:
            continue
        run = etree.Element("span")
        run.tail = ruby.tail
        base = _Base(ruby.text or "")
        for child in list(ruby):
            after, child.tail = child.tail or "", None
            if child.tag == "rt":
                run.append(base.with_reading(child))
                base = _Base(after)
            elif child.tag == "rp":
                base.add_text(after)
            else:
                base.add(child, after)
        run.extend(base.rest())
        parent.replace(ruby, run)


class _Base:
    """What has been read of a base, until its reading comes."""

    def __init__(self, text: str) -> None:
        self._box = etree.Element("span", {"class": "ruby"})
        self._text = text.strip()
        self._parts: list[etree._Element] = []

    def add(self, element: etree._Element, after: str) -> None:
        element.tail = after.strip() or None
        if element.tag == "rb":
            element.tag = "span"
        self._parts.append(element)

    def add_text(self, text: str) -> None:
        if self._parts:
            self._parts[-1].tail = ((self._parts[-1].tail or "") + text).strip() or None
        else:
            self._text = (self._text + text).strip()

    def with_reading(self, reading: etree._Element) -> etree._Element:
        """The box: the reading over the base."""
        reading.tag = "span"
        reading.attrib.clear()
        reading.set("class", "ruby-text")
        reading.tail = self._text or None
        self._box.append(reading)
        self._box.extend(self._parts)
        return self._box

    def rest(self) -> list[etree._Element]:
        """A base that got no reading."""
        if not self._text and not self._parts:
            return []
        plain = etree.Element("span")
        plain.text = self._text or None
        plain.extend(self._parts)
        return [plain]
