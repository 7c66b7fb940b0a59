"""Blocks no deeper than the renderers bear; video cards and notes under the names that the renderers read."""

from __future__ import annotations

from booklet.clean.draft import Draft
from booklet.clean.inline.colours import tinted
from booklet.clean.inline.footnotes import is_notes_heading
from booklet.clean.serialise import LANGUAGE
from booklet.clean.tree import Element, Node, bottom_up, elements, is_blank
from booklet.clean.validity.nesting import MAX_BLOCKS_REPORTED
from booklet.clean.vocabulary import BLOCKS, LEAF_BLOCKS
from booklet.model import Video

MAX_DEPTH = MAX_BLOCKS_REPORTED
"""Elements inside one another. WeasyPrint 70 sets 120 nested blocks and dies at 140."""


def depth(draft: Draft) -> None:
    """Elements deeper than `MAX_DEPTH` give their content to the one above.

    Blocks that hold blocks end one level above: their text needs a paragraph.
    """
    too_deep: set[int] = set()
    stack: list[tuple[Element, int]] = [(draft.root, 0)]
    while stack:
        element, level = stack.pop()
        for child in element.children:
            if isinstance(child, Element):
                if level >= MAX_DEPTH - (child.name in BLOCKS and child.name not in LEAF_BLOCKS):
                    too_deep.add(id(child))
                stack.append((child, level + 1))
    if not too_deep:
        return
    draft.report("depth-capped", limit=MAX_DEPTH)
    for element in bottom_up(draft.root):
        children: list[Node] = []
        for child in element.children:
            if isinstance(child, Element) and id(child) in too_deep and child.name not in ("img", "br", "hr"):
                children.extend(child.children)
                if not (children and isinstance(last := children[-1], str) and last.endswith(" ")):
                    children.append(" ")
            else:
                children.append(child)
        if children and isinstance(last := children[-1], str):
            children[-1:] = [kept] if (kept := last.rstrip(" ")) else []
        element.children = children


_HOLDERS = frozenset(("blockquote", "ul", "ol", "li", "dl", "dd", "section", "figure", "details"))


def cards(draft: Draft) -> None:
    """Video cards, numbered as they stand, and the notes' section take their final names; empty spans go."""
    videos: dict[str, Video] = {}
    for element in elements(draft.root):
        if element.name == "video-card":
            video = draft.videos[int(element.attrs["data-video"])]
            if video.url in videos:
                element.name, element.attrs = "span", {}
                continue
            videos[video.url] = video
            element.name, element.attrs = "div", {"data-video": str(len(videos) - 1)}
    draft.videos = [*videos.values()]
    called = {element.attrs.get("href", "") for element in elements(draft.root) if element.name == "a"}
    for element in bottom_up(draft.root):
        if element.name == "notes":
            element.name, element.attrs = "section", {"class": "footnotes"}
        children: list[Node] = []
        for child in element.children:
            if isinstance(child, Element) and child.name == "span" and _says_nothing(child):
                children.extend(child.children)
            elif isinstance(child, Element) and _is_orphan(child, called):
                draft.broken = True  # the numbers of the notes after it are no longer those of the calls
                children[:] = [*children, *child.children]
            elif isinstance(child, Element) and child.name in _HOLDERS and not child.children:
                continue  # it held a card of a video that has one already
            elif not (
                isinstance(child, Element) and child.name == "p" and is_blank(child) and _is_bare(child)
            ):
                children.append(child)
        element.children = children
    _open_notes(draft.root)


def _says_nothing(span: Element) -> bool:
    language = LANGUAGE.fullmatch(span.attrs.get("lang", ""))
    return not ("id" in span.attrs or "dir" in span.attrs or language or tinted(span))


def _is_bare(paragraph: Element) -> bool:
    """Whether no link leads to it, or into it."""
    return "id" not in paragraph.attrs and not any("id" in inner.attrs for inner in elements(paragraph))


def _is_orphan(child: Element, called: set[str]) -> bool:
    """A note whose call went with what was dropped."""
    return (
        child.name == "aside"
        and "footnote" in child.classes()
        and f"#{child.attrs.get('id', '')}" not in called
    )


def _open_notes(root: Element) -> None:
    """The section of notes without notes is text; with notes it needs no heading of the article's own."""
    children: list[Node] = []
    for child in root.children:
        emptied = isinstance(child, Element) and child.name == "section"
        if isinstance(child, Element) and emptied:
            loose = [
                node for node in child.children if not (isinstance(node, Element) and node.name == "aside")
            ]
            children.extend(loose)
            child.children = [node for node in child.children if node not in loose]
            if not child.children:
                continue
            while children and isinstance(above := children[-1], Element) and is_notes_heading(above):
                del children[-1]
        children.append(child)
    root.children = children
