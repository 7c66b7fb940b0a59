"""Headings: short lines that stand for one become one; levels nest below the article's title without gaps."""

from __future__ import annotations

import re

from booklet.clean.bullets import mark_of
from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, elements, has, only_child, text_of
from booklet.clean.vocabulary import HEADINGS
from booklet.model import Heading

_MAX_BOLD = 32
_MAX_PLAIN = 30
_MIN_BODY = 40
"""Characters of the paragraph that follows a plain line: enough to be what the line announces."""

_SENTENCE_MARK = re.compile(r"[。；！，,;：:]")
_SENTENCE_END = re.compile(r"[。！？!?…；;”’」』.）)]$")
_NO_HEADING_END = re.compile(r"[。，、；：;:,…↓↑→▼>》）)]$|\.{3}$|[!！]$")
_NO_HEADING = re.compile(
    r"(?i)^(?:https?://|www\.|@?\S+@|\d+[.)]$|[（(]|[“「『\"]|来源|作者|编辑|责编|原文|更多|点击|關注|关注|注[:：]|\d{4}[-./年])"
)


def pseudo_headings(draft: Draft) -> None:
    """Short bold paragraphs, lines before typed lists, and lines that each announce a paragraph."""
    blocks = draft.root.children
    for index, block in enumerate(blocks[:-1]):
        following = blocks[index + 1]
        if (
            isinstance(block, Element)
            and block.name == "p"
            and isinstance(following, Element)
            and _is_bold_heading(block, following, blocks, index)
        ):
            _promote(block)
    before_lists = [
        index
        for index in range(len(blocks) - 1)
        if _announces(blocks, index, _is_typed_list(blocks[index + 1]))
    ]
    before_text = [
        index
        for index in range(1, len(blocks) - 1)
        if _announces(blocks, index, _is_body(blocks[index + 1])) and _ends_sentence(blocks[index - 1])
    ]
    for found in (before_lists, before_text):
        if len(found) > 1:
            for index in found:
                _promote(blocks[index])


def _promote(block: Node) -> None:
    if isinstance(block, Element) and block.name == "p":
        bold = only_child(block, "strong", "b")
        if bold is not None:
            block.children = bold.children
        block.name = "h6"
        block.attrs = {key: value for key, value in block.attrs.items() if key == "id"} | {"pseudo": "1"}


def _is_bold_heading(block: Element, following: Element, blocks: list[Node], index: int) -> bool:
    bold = only_child(block, "strong", "b")
    text = text_of(block).strip()
    if (
        bold is None
        or has(block, "br", "img", "a")
        or "class" in block.attrs
        and "align-right" in block.classes()
    ):
        return False
    limit = _MAX_BOLD if re.search(r"[\u3040-\u9fff]", text) else 2 * _MAX_BOLD
    if (
        not 1 < len(text) <= limit
        or _NO_HEADING_END.search(text)
        or re.search(r"[。；]", text)
        or _NO_HEADING.match(text)
    ):
        return False
    if following.name not in ("p", "ul", "ol", "blockquote", "table", "pre", "figure", "dl"):
        return False
    if (
        following.name == "p"
        and only_child(following, "strong", "b") is not None
        and not _is_short_bold(following)
    ):
        return False
    previous = blocks[index - 1] if index else None
    return not (
        isinstance(previous, Element)
        and previous.name == "figure"
        and not has(previous, "figcaption")
        and following.name == "figure"
    )


def _is_short_bold(block: Element) -> bool:
    return len(text_of(block)) <= _MAX_BOLD


def _is_typed_list(block: Node) -> bool:
    return isinstance(block, Element) and block.name == "ul" and "typed" in block.attrs


def _is_body(block: Node) -> bool:
    if not isinstance(block, Element) or block.name != "p":
        return False
    text = text_of(block).strip()
    return len(text) >= _MIN_BODY and bool(_SENTENCE_END.search(text))


def _ends_sentence(block: Node) -> bool:
    return isinstance(block, Element) and (
        block.name in ("figure", "ul", "ol", "pre", "table", "blockquote", "video-card", *HEADINGS)
        or bool(_SENTENCE_END.search(text_of(block).strip()))
    )


def _announces(blocks: list[Node], index: int, followed: bool) -> bool:  # noqa: FBT001 - the caller's test of the block after
    block = blocks[index]
    if not followed or not isinstance(block, Element) or block.name != "p" or block.attrs.get("class"):
        return False
    text = text_of(block).strip()
    if not 3 < len(text) <= _MAX_PLAIN or has(block, "br", "img", "a", "code") or mark_of(block):  # noqa: PLR2004 - a word is not a heading
        return False
    if (
        _SENTENCE_MARK.search(text)
        or _NO_HEADING_END.search(text)
        or _NO_HEADING.match(text)
        or not re.search(r"[\u3040-\u9fff]", text)
    ):
        return False
    previous = blocks[index - 1] if index else None
    return not (isinstance(previous, Element) and previous.name in HEADINGS)


def levels(draft: Draft) -> None:
    """Map the levels that are used to 2, 3, … in order; none deeper than one below the heading before it."""
    found = [element for element in elements(draft.root) if element.name in HEADINGS]
    for parent in bottom_up(draft.root):
        parent.children = _without_empty(parent.children)
    found = [element for element in found if text_of(element).strip()]
    ranks = sorted({_rank(element) for element in found})
    previous = 1
    for element in found:
        level = min(ranks.index(_rank(element)) + 2, previous + 1, 6)
        element.name = f"h{level}"
        previous = level
        element.attrs.pop("pseudo", None)


def _rank(heading: Element) -> int:
    return 7 if "pseudo" in heading.attrs else int(heading.name[1])


def _without_empty(children: list[Node]) -> list[Node]:
    result: list[Node] = []
    for child in children:
        if isinstance(child, Element) and child.name in HEADINGS:
            pictures = [inner for inner in elements(child) if inner.name == "img"]
            if not text_of(child).strip():
                result.extend(Element("figure", {}, [picture]) for picture in pictures)
                continue
            child.children = [_bare(node) for node in child.children]
        result.append(child)
    return result


def _bare(node: Node) -> Node:
    """A heading needs no bold inside, and no icon."""
    if isinstance(node, str):
        return node
    if node.name == "img" or (has(node, "img") and not text_of(node).strip()):
        return ""
    return Element("span", {}, node.children) if node.name in ("strong", "b") else node


def outline(draft: Draft) -> None:
    """Number the headings and list them."""
    number = 0
    for element in elements(draft.root):
        if element.name in HEADINGS:
            number += 1
            anchor = f"h-{number}"
            element.attrs["id"] = anchor
            text = " ".join(text_of(element).split())
            draft.headings.append(Heading(int(element.name[1]), text, anchor))
