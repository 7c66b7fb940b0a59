"""Footnotes for print: each at its first call, from where the style sheet floats it to the foot of the page.

What cannot stand there stays where it is, at the article's end: notes that hold lists, tables or pictures,
notes so long that they would fill a page, and those called where no note can float from.
"""

from __future__ import annotations

from lxml import etree

from booklet.render.text.characters import width_em
from booklet.render.text.places import PAGE_NOTE, PLACE

NUMBER = "data-number"
"""The attribute from which the style sheet takes the number before the note."""
MOST_EM = 300
"""A third of a page of the smallest paper. The engine does not divide a note: one that is higher than the
page would leave pages empty before it."""
BLOCKS = frozenset(("blockquote", "dl", "figure", "hr", "img", "ol", "pre", "section", "table", "ul"))
"""What is no part of a line; a note's paragraphs are."""
NO_FLOAT = frozenset(("thead", "summary", "aside"))
"""A table's head is printed again on each page; a note has no notes."""


def set_page_notes(root: etree._Element) -> None:
    """Move the notes of a body to their calls; a section that is left empty goes."""
    notes = {f"#{note.get('id')}": note for note in root.iter("aside") if note.get("class") == "footnote"}
    for call in list(root.iter("a")):
        note = notes.get(call.get("href", "")) if call.get("class") == "noteref" else None
        if note is None or any(parent.tag in NO_FLOAT for parent in call.iterancestors()):
            continue
        if note.getparent() is None or not _can_float(note):
            continue
        floating = _as_span(note, call.text or "")
        _take_out(note)
        floating.tail, call.tail = call.tail, None
        call.addnext(floating)
    for section in list(root.iter("section")):
        if section.get("class") == "footnotes" and section.find("aside") is None:
            _take_out(section)


def _can_float(note: etree._Element) -> bool:
    kinds = {element.tag for element in note.iterdescendants()}
    return BLOCKS.isdisjoint(kinds) and width_em("".join(map(str, note.itertext()))) <= MOST_EM


def _as_span(note: etree._Element, number: str) -> etree._Element:
    """The note as an inline element: HTML lets a paragraph hold no block. Its parts are blocks by style."""
    note.tag = "span"
    for part in note.iter("p", "div"):
        part.tag = "span"
        part.set("class", "note-part")
        if PLACE in part.attrib:
            del part.attrib[PLACE]
    floating = etree.Element("span", {"class": PAGE_NOTE, "id": note.get("id", ""), NUMBER: number})
    floating.text = (note.text or "").strip()
    for child in note:
        if not (child.tail or "").strip():
            child.tail = None
    floating.extend(list(note))
    return floating


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
