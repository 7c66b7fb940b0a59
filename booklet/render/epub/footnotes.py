"""Footnotes as pop-ups, for every kind of reading system.

Apple Books, Kobo, foliate and KOReader go by `epub:type`; 多看 and readers that follow it go by the classes
of a list, whose item must be the link's target. So the item carries the id, within the aside that has type
and role: EPUBCheck takes no `doc-footnote` for an item, and Ace no type without that role. Each note stands
on its own: a type on their container makes KOReader take the whole section for one note.
"""

from __future__ import annotations

from lxml import etree

from booklet.render.epub.namespaces import EPUB, XHTML

_TYPE = f"{{{EPUB}}}type"
_NOTE_CLASS, _CALL_CLASS = "footnote", "noteref"


def mark_footnotes(html: etree._Element) -> None:
    """Type the calls and the notes of a document; each note's number leads back to its first call."""
    calls: dict[str, etree._Element] = {}
    for link in html.iter(f"{{{XHTML}}}a"):
        if _CALL_CLASS in _classes(link):
            link.set(_TYPE, "noteref")
            link.set("role", "doc-noteref")
            link.set("class", f"{link.get('class')} duokan-footnote")
            calls.setdefault(link.get("href", "").removeprefix("#"), link)
    for note in html.iter(f"{{{XHTML}}}aside"):
        if _NOTE_CLASS in _classes(note):
            _mark_note(note, calls.get(note.get("id", "")))


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def _mark_note(note: etree._Element, call: etree._Element | None) -> None:
    note.set(_TYPE, "footnote")
    note.set("role", "doc-footnote")
    identifier = note.get("id")
    if call is not None and identifier is not None:
        _lead_back(note, call, back=call.get("id") or f"{identifier}-call")
    listed = etree.Element(f"{{{XHTML}}}ol", {"class": "duokan-footnote-content"})
    item = etree.SubElement(listed, f"{{{XHTML}}}li", {"class": "duokan-footnote-item"})
    if identifier is not None:
        del note.attrib["id"]
        item.set("id", identifier)
    item.text, note.text = note.text, None
    item.extend(list(note))
    note.append(listed)


def _lead_back(note: etree._Element, call: etree._Element, *, back: str) -> None:
    number = next((span for span in note.iter(f"{{{XHTML}}}span") if "note-number" in _classes(span)), None)
    if number is not None:
        call.set("id", back)
        number.tag = f"{{{XHTML}}}a"
        number.set("href", f"#{back}")
        number.set(_TYPE, "backlink")
        number.set("role", "doc-backlink")
        number.tail = f" {number.tail or ''}"  # some engines know no margins inside a line
