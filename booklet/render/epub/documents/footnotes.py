"""Footnotes as pop-ups, for every kind of reading system.

Apple Books, Kobo, foliate and KOReader go by `epub:type`; 多看 and readers that follow it go by the classes
of a list, whose item must be the link's target. So the item carries the id, within the aside that has type
and role: EPUBCheck takes no `doc-footnote` for an item, and Ace no type without that role. Each note stands
on its own: a type on their container makes KOReader take the whole section for one note.

A call is an `a` around a `sup`, not the other way round: MuPDF raises only what stands in `sup` itself. It
shares its line with the character before it, or it would begin lines: Han characters part from what follows.
"""

from __future__ import annotations

import unicodedata

from lxml import etree

from booklet.render.epub.documents.namespaces import EPUB, XHTML
from booklet.render.text.characters import BREAK_AFTER, CLOSING

_TYPE = f"{{{EPUB}}}type"
_NOTE_CLASS, _CALL_CLASS = "footnote", "noteref"
_WITH_CALL = "with-call"
_MOST_JOINED = 6
_CLINGING = frozenset(CLOSING + BREAK_AFTER + "、")
_PARTED = frozenset(f"{{{XHTML}}}{name}" for name in ("b", "em", "i", "mark", "s", "span", "strong", "u"))
"""Elements that may be parted before their last character, to let it stand with the call behind them."""


def mark_footnotes(html: etree._Element) -> None:
    """Type the calls and the notes of a document; each note's number leads back to its first call."""
    calls: dict[str, etree._Element] = {}
    for link in html.iter(f"{{{XHTML}}}a"):
        if _CALL_CLASS in _classes(link):
            link.set(_TYPE, "noteref")
            link.set("role", "doc-noteref")
            link.set("class", f"{link.get('class')} duokan-footnote")
            calls.setdefault(link.get("href", "").removeprefix("#"), link)
            _raise(link)
            _join_to_word(link)
    for note in html.iter(f"{{{XHTML}}}aside"):
        if _NOTE_CLASS in _classes(note):
            _mark_note(note, calls.get(note.get("id", "")))


def _classes(element: etree._Element) -> list[str]:
    return (element.get("class") or "").split()


def _raise(call: etree._Element) -> None:
    """Turn `sup > a` into `a > sup`."""
    holder, outer = call.getparent(), None
    if holder is not None and holder.tag == f"{{{XHTML}}}sup" and len(holder) == 1:
        outer = holder.getparent()
    if holder is None or outer is None or (holder.text or "").strip() or (call.tail or "").strip():
        return
    call.tail, holder.tail = holder.tail, None
    outer.replace(holder, call)
    holder.text, call.text = call.text, None
    holder.extend(list(call))
    call.append(holder)


def _join_to_word(call: etree._Element) -> None:
    parent, before = call.getparent(), call.getprevious()
    if parent is None:
        return
    text = (parent.text if before is None else before.tail) or ""
    if not text and before is not None and before.get("class") == _WITH_CALL:
        before.append(call)
        before.tail, call.tail = call.tail, None
    elif before is None or text:
        kept, last = _parted(text)
        if last:
            _wrap(call, last)
            if before is None:
                parent.text = kept
            else:
                before.tail = kept
    elif before.tag in _PARTED and not len(before):
        kept, last = _parted(before.text or "")
        if kept and last:
            before.text = kept
            of_last = etree.Element(
                before.tag, {str(k): str(v) for k, v in before.attrib.items() if k != "id"}
            )
            of_last.text = last
            _wrap(call, "").insert(0, of_last)


def _parted(text: str) -> tuple[str, str]:
    """The text without its last character, and that with the marks behind it; nothing after a space."""
    if not text or text[-1].isspace():
        return text, ""
    start = len(text) - 1
    while (
        start
        and len(text) - start < _MOST_JOINED
        and (unicodedata.combining(text[start]) or text[start] in _CLINGING)
    ):
        start -= 1
    return text[:start], text[start:]


def _wrap(call: etree._Element, text: str) -> etree._Element:
    holder = etree.Element(f"{{{XHTML}}}span", {"class": _WITH_CALL})
    call.addprevious(holder)
    holder.text, holder.tail, call.tail = text, call.tail, None
    holder.append(call)
    return holder


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
