"""Footnotes as every Markdown dialect writes them become one kind of markup (the contract's)."""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, elements, only_child, text_of

_REFERENCE_CLASS = re.compile(r"(?i)footnote-?ref|footnoteref|noteref|reference|sdfootnoteanc|fn-ref")
_NOTE_TARGET = re.compile(r"(?i)#(?:user-content-)?_?(?:fn|footnote|ftn|cite_note|note)[-:_]?[\w:.-]*")
_BACK_TARGET = re.compile(
    r"(?i)#(?:user-content-)?_?(?:fnref|footnote-?ref|ftnref|cite_ref|noteref|ref)[-:_]?[\w:.-]*"
)
_BACK_TEXT = re.compile(r"[\s\[]*[↩↑^⤴︎\ufe0e\u21a9\s\]]+")


def footnotes(draft: Draft) -> None:
    """`[^1]` and its note: a `noteref` link, and an `aside` in the section of notes at the end."""
    everything = elements(draft.root)
    by_id = {element.attrs["id"]: element for element in everything if "id" in element.attrs}
    order: dict[str, int] = {}
    references: list[tuple[Element, str]] = []
    for element in everything:
        href = element.attrs.get("href", "")
        if element.name != "a" or not _NOTE_TARGET.fullmatch(href) or _BACK_TARGET.fullmatch(href):
            continue
        note = by_id.get(href[1:])
        if note is not None and note.name in ("li", "aside") and (href[1:] in order or text_of(note).strip()):
            order.setdefault(href[1:], len(order) + 1)
            references.append((element, href[1:]))
    if not order:
        return
    notes = {name: by_id[name] for name in order}
    for element, name in references:
        element.attrs = {"class": "noteref", "href": f"#fn-{order[name]}"}
        element.children = [str(order[name])]
    _take_out(draft.root, {id(note) for note in notes.values()})
    for parent in bottom_up(draft.root):
        parent.children = [child for child in parent.children if not _is_separator(child)]
    asides = [
        _aside(note, order[name]) for name, note in sorted(notes.items(), key=lambda pair: order[pair[0]])
    ]
    draft.root.children.append(Element("notes", {}, [*asides]))


def _is_separator(node: Node) -> bool:
    return isinstance(node, Element) and node.name == "hr" and "footnotes-sep" in node.classes()


def _aside(note: Element, number: int) -> Element:
    for element in bottom_up(note):
        element.children = [child for child in element.children if not _is_back_link(child)]
    children = note.children
    return Element("aside", {"class": "footnote", "id": f"fn-{number}", "ours": "1"}, children)


def _is_back_link(node: Node) -> bool:
    if not isinstance(node, Element) or node.name not in ("a", "sup"):
        return False
    link = node if node.name == "a" else only_child(node, "a")
    return (
        link is not None
        and link.attrs.get("href", "").startswith("#")
        and (bool(_BACK_TARGET.fullmatch(link.attrs["href"])) or bool(_BACK_TEXT.fullmatch(text_of(link))))
    )


def _take_out(root: Element, notes: set[int]) -> None:
    """Remove the notes from where they stand, with the list and the section that held only them."""
    for parent in bottom_up(root):
        if not any(
            isinstance(child, Element) and (id(child) in notes or "emptied" in child.attrs)
            for child in parent.children
        ):
            continue
        parent.children = [
            child
            for child in parent.children
            if isinstance(child, str) or not (id(child) in notes or "emptied" in child.attrs)
        ]
        if parent is not root and not text_of(parent).strip():
            parent.attrs["emptied"] = "1"
    root.attrs.pop("emptied", None)
