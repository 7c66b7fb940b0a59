"""Footnotes, as every Markdown dialect writes them, become one markup: `noteref` links and `aside`s."""

from __future__ import annotations

import re

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, elements, is_blank, only_child, text_of
from booklet.clean.vocabulary import HEADINGS

_REFERENCE_CLASS = re.compile(r"(?i)footnote-?ref|footnoteref|noteref|reference|sdfootnoteanc|fn-ref")
_NOTE_TARGET = re.compile(r"(?i)#(?:user-content-)?_?(?:fn|footnote|ftn|cite_note|note)[-:_]?[\w:.-]*")
_BACK_TARGET = re.compile(
    r"(?i)#(?:user-content-)?_?(?:fnref|footnote-?ref|ftnref|cite_ref|noteref|ref)[-:_]?[\w:.-]*"
)
_MARK = re.compile(r"[\[［【(（〔]?\s*注?\s*(\d{1,3}|[①-⑳])\s*[\]］】)）〕]?")
_MARKED = re.compile(r"\s*[\[［【(（〔]?\s*注?\s*(\d{1,3}|[①-⑳])\s*[\]］】)）〕.．、:：\s\u3000]+")
_NOTES_HEADING = re.compile(
    r"(?i)[\s【\[]*(?:注释|註釋|尾注|脚注|腳註|参考(?:文献|资料|来源)?|參考(?:文獻|資料)|references|(?:foot)?notes)[\s\]】:：]*"
)
_CALL = re.compile(
    r"(?i)[\s\[\]［］【】()（）〔〕^*†‡§¶#:：.．、_-]*(?:注释?|註釋?|[尾脚腳]注|(?:foot)?note|fn|ref)?[\s:：.-]*"
    r"(?:\d{1,4}(?::\d{1,4})?|[①-⑳]|[一二三四五六七八九十]{1,3}|[ivx]{1,5}|[a-z])?[\s\[\]［］【】()（）〔〕^*†‡§¶:：.．、_-]*"
)
"""The text of a call, which the note's number replaces: `[12]`, `[1:2]`, `注一`, `note 3`, `†`. Links with
other texts are ordinary links."""
_MAX_TYPED_NOTE = 2_000
_BACK_TEXT = re.compile(r"[\s\[]*[↩↑^⤴︎\ufe0e\u21a9\s\]]+")


def footnotes(draft: Draft) -> None:
    """`[^1]` and its note: a `noteref` link, and an `aside` in the section of notes at the end."""
    everything = elements(draft.root)
    by_id = {element.attrs["id"]: element for element in everything if "id" in element.attrs}
    parents = {
        id(child): parent for parent in everything for child in parent.children if not isinstance(child, str)
    }
    named: set[str] = set()
    references: list[tuple[Element, str]] = []
    for element in everything:
        href = element.attrs.get("href", "")
        if element.name != "a" or not _NOTE_TARGET.fullmatch(href) or _BACK_TARGET.fullmatch(href):
            continue
        if not _CALL.fullmatch(text_of(element)[:40]):
            continue
        note = by_id.get(href[1:])
        if note is not None and note.name not in ("li", "aside"):
            note = _typed_note(note, parents, text_of(element))
            by_id |= {} if note is None else {href[1:]: note}
        if note is not None and (href[1:] in named or text_of(note).strip()):
            named.add(href[1:])
            references.append((element, href[1:]))
    if not named:
        return
    notes = {name: by_id[name] for name in named}
    order = _order(references, [*notes.values()])
    for element, name in references:
        call = Element("a", {"class": "noteref", "href": f"#fn-{order[name]}"}, [str(order[name])])
        parent = parents.get(id(element))
        if parent is not None and parent.name == "sup":
            element.attrs, element.children = call.attrs, call.children
        else:
            element.name, element.attrs, element.children = "sup", {}, [call]
    _take_out(draft.root, {id(note) for note in notes.values()})
    for parent in bottom_up(draft.root):
        parent.children = [child for child in parent.children if not _is_separator(child)]
    while (above := _last_block(draft.root.children)) is not None and is_notes_heading(above):
        draft.root.children.remove(above)
    asides = [
        _aside(note, order[name]) for name, note in sorted(notes.items(), key=lambda pair: order[pair[0]])
    ]
    draft.root.children.append(Element("notes", {}, [*asides]))


def _order(references: list[tuple[Element, str]], notes: list[Element]) -> dict[str, int]:
    """The notes' numbers: in the order of the calls in the text, then of those in notes, which come last."""
    within = {id(element) for note in notes for element in elements(note)}
    calls = sorted(references, key=lambda pair: id(pair[0]) in within)
    return {name: number for number, name in enumerate(dict.fromkeys(name for _, name in calls), start=1)}


def _typed_note(target: Element, parents: dict[int, Element], mark: str) -> Element | None:
    """The note that a call leads to, where notes are plain paragraphs: Word and people write them so.

    The call leads to the paragraph or to an anchor in it; the paragraph begins with the call's mark, which is
    taken off. None: it is no such paragraph.
    """
    note = parents.get(id(target)) if target.name in ("a", "span", "sup") else target
    if note is not None and note.name == "sup":
        note = parents.get(id(note))
    digits = _MARK.fullmatch(mark.strip())
    if note is None or note.name not in ("p", "div", "dd") or digits is None:
        return note if note is not None and note.name == "li" else None
    if note.attrs.get("typed-note") == digits[1]:
        return note
    begin = _MARKED.match(text_of(note))
    if begin is None or begin[1] != digits[1] or len(text_of(note)) > _MAX_TYPED_NOTE:
        return None
    _cut(note, begin.end())
    note.attrs["typed-note"] = digits[1]
    return note


def _cut(element: Element, count: int) -> None:
    """Take the first `count` characters of its text away."""
    children: list[Node] = []
    for child in element.children:
        length = len(text_of(child))
        if count and length <= count:
            count -= length
        elif count and isinstance(child, str):
            children.append(child[count:])
            count = 0
        elif count and not isinstance(child, str):
            _cut(child, count)
            children.append(child)
            count = 0
        else:
            children.append(child)
    element.children = children


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
        kept: list[Node] = []
        for child in parent.children:
            if isinstance(child, str) or not (id(child) in notes or "emptied" in child.attrs):
                kept.append(child)
            elif (above := _last_block(kept)) is not None and is_notes_heading(above):
                kept.remove(above)
        parent.children = kept
        if parent is not root and not text_of(parent).strip():
            parent.attrs["emptied"] = "1"
    root.attrs.pop("emptied", None)


def _last_block(nodes: list[Node]) -> Element | None:
    """The last of them, white space aside, if it is an element."""
    last = next((node for node in reversed(nodes) if not is_blank(node)), None)
    return last if isinstance(last, Element) else None


def is_notes_heading(block: Element) -> bool:
    """Whether it is a heading such as "Notes", which goes when the notes below it are taken out."""
    return block.name in ("p", "div", *HEADINGS) and bool(_NOTES_HEADING.fullmatch(text_of(block)[:40]))
