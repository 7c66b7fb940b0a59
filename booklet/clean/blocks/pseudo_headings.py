"""Lines that stand for headings become headings.

Short bold paragraphs, and short plain ones where a run makes it plain (each announces a typed list, or each
announces a paragraph). A sentence never becomes a heading.
"""

from __future__ import annotations

import re

from booklet.clean.blocks.bullets import mark_of
from booklet.clean.draft import Draft
from booklet.clean.page_junk.boilerplate import is_page_line
from booklet.clean.tree import Element, Node, has, only_child, text_of
from booklet.clean.vocabulary import HEADINGS

_MAX_BOLD = 32
_MAX_BOLD_LATIN = 70
_MAX_PLAIN = 30
_MAX_FIRST_LINE = 16
_MIN_BODY = 24
"""Characters of the paragraph that follows a plain line: enough to be what the line announces."""

_HAN = re.compile(r"[\u3040-\u9fff]")
_INSIDE_SENTENCE = re.compile(r"[。；！，,;：:]")
_SENTENCE_END = re.compile(r"[。！？!?…；;：:”’」』.）)]$")
_NO_HEADING_END = re.compile(r"[。，、；：;:,…↓↑→▼>》）)!！]$|\.{2,}$")
_NO_HEADING = re.compile(
    r"(?i)https?://|www\.|\S+@\S|\d+[.)]$|[（(](?![一二三四五六七八九十])|[“「『\"]|来源|作者|编辑|责编|原文|更多|点击|關注|关注|注[:：]|\d{4}[-./年]|by\s"
)
_ENUMERATED = (
    re.compile(r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,4}[章节篇部])\s*\S"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]\s*\S"),
)
"""How official papers number their heads (GB/T 9704), outer level first."""

_LONE_NUMBER = re.compile(r"(?i)(?:part|no|chapter)?[\s.·]*(?:0?\d|1\d|[一二三四五六七八九十]{1,2})[\s.、·]?")
_BOLD_RANK = "7"
_NESTED_RANK = "8"
"""Below every real heading (`levels` ranks by these numbers)."""


def pseudo_headings(draft: Draft) -> None:
    """Make such lines headings; `levels` gives them their place below the real ones."""
    draft.root.children = _first_lines_apart(_numbers_joined(draft.root.children))
    blocks = [block for block in draft.root.children if isinstance(block, Element)]
    for index, block in enumerate(blocks[:-1] if not _is_mostly_bold(blocks) else ()):
        if _is_bold_heading(block, blocks[index + 1]):
            _promote(block, _BOLD_RANK)
    before_lists = [
        index
        for index in range(len(blocks) - 1)
        if _is_typed_list(blocks[index + 1])
        and _is_announcement(blocks[index])
        and not (index and blocks[index - 1].name in HEADINGS)
    ]
    _promote_enumerated(blocks)
    before_text = [
        index
        for index in range(1, len(blocks) - 1)
        if _is_body(blocks[index + 1])
        and _is_announcement(blocks[index])
        and _ends_sentence(blocks[index - 1])
    ]
    nested = any(blocks[index - 1].name in HEADINGS for index in before_text)
    for found, rank in ((before_lists, _BOLD_RANK), (before_text, _NESTED_RANK if nested else _BOLD_RANK)):
        if len(found) > 1:
            for index in found:
                _promote(blocks[index], rank)


def _is_mostly_bold(blocks: list[Element]) -> bool:
    """Whether nearly the whole article is bold: then bold lines are no headings."""
    texts = [block for block in blocks if block.name == "p" and text_of(block).strip()]
    bold = sum(only_child(block, "strong", "b") is not None for block in texts)
    return bold > 2 and bold * 3 > len(texts) * 2  # noqa: PLR2004 - more than two thirds, of several


def _numbers_joined(children: list[Node]) -> list[Node]:
    """`01` on a line of its own above a heading, as decorated posts set it, belongs to the heading."""
    result: list[Node] = []
    for child in children:
        while result and isinstance(child, Element) and isinstance(above := result[-1], Element):
            if not _is_number_of(above, child):
                break
            inner = only_child(child, "strong", "b") or child
            number = text_of(above).strip()
            space = "" if "、" in (number[-1:], text_of(child).lstrip()[:1]) else " "
            inner.children = [f"{number}{space}", *inner.children]
            result.pop()
        result.append(child)
    return result


def _is_number_of(above: Element, heading: Element) -> bool:
    if (
        above.name not in ("p", *HEADINGS)
        or has(above, "img", "a")
        or not _LONE_NUMBER.fullmatch(text_of(above).strip())
    ):
        return False
    if heading.name in HEADINGS:
        return above.name in (heading.name, "p")
    bold = heading.name == "p" and only_child(heading, "strong", "b") is not None
    text = text_of(heading).strip()
    return (
        bold
        and 1 < len(text) <= _MAX_BOLD
        and not _NO_HEADING_END.search(text)
        and not _LONE_NUMBER.fullmatch(text)
    )


def _first_lines_apart(children: list[Node]) -> list[Node]:
    """`<p><b>制作人员</b><br/>导演：…<br/>音乐：…</p>`, more than once: a head and its lines."""
    heads = [child for child in children if isinstance(child, Element) and _first_line(child)]
    if len(heads) < 2:  # noqa: PLR2004 - once may be emphasis
        return children
    result: list[Node] = []
    for child in children:
        line = _first_line(child) if isinstance(child, Element) else 0
        if line and isinstance(child, Element):
            result.append(Element("p", child.attrs, child.children[:line]))
            result.append(Element("p", {}, child.children[line + 1 :]))
        else:
            result.append(child)
    return result


def _first_line(block: Element) -> int:
    """Where the `<br>` after a first line that is short and bold stands; 0: there is none."""
    if block.name != "p":
        return 0
    end = next(
        (i for i, node in enumerate(block.children) if isinstance(node, Element) and node.name == "br"), 0
    )
    line = Element("p", {}, block.children[:end])
    if only_child(Element("p", {}, _line_after(block.children, end)), "strong", "b") is not None:
        return 0  # bold from line to line
    text = text_of(line).strip()
    good = 1 < len(text) <= _MAX_FIRST_LINE and only_child(line, "strong", "b") and not has(line, "a", "img")
    return (
        end
        if good
        and not is_page_line(text)
        and not _NO_HEADING_END.search(text)
        and not _NO_HEADING.match(text)
        else 0
    )


def _line_after(nodes: list[Node], end: int) -> list[Node]:
    """What stands between the break at `end` and the next one."""
    rest = nodes[end + 1 :]
    after = next((i for i, node in enumerate(rest) if isinstance(node, Element) and node.name == "br"), None)
    return rest[:after]


def _promote_enumerated(blocks: list[Element]) -> None:
    """`一、…` and `（一）…` that stand alone: heads if there are several, not in a row."""
    for pattern, rank in zip(_ENUMERATED, (_BOLD_RANK, _NESTED_RANK), strict=True):
        found = [
            index
            for index, block in enumerate(blocks[:-1])
            if pattern.match(text_of(block).strip())
            and _is_announcement(block)
            and not pattern.match(text_of(blocks[index + 1]).strip())
        ]
        if len(found) > 1:
            for index in found:
                _promote(blocks[index], rank)


def _promote(block: Element, rank: str) -> None:
    bold = only_child(block, "strong", "b")
    if bold is not None:
        block.children = bold.children
    block.name = "h6"
    block.attrs = {key: value for key, value in block.attrs.items() if key == "id"} | {"pseudo": rank}


def _is_bold_heading(block: Element, following: Element) -> bool:
    if block.name != "p" or only_child(block, "strong", "b") is None or has(block, "br", "img", "a"):
        return False
    text = text_of(block).strip()
    if "align-right" in block.classes() or not 1 < len(text) <= (
        _MAX_BOLD if _HAN.search(text) else _MAX_BOLD_LATIN
    ):
        return False
    if _NO_HEADING_END.search(text) or re.search(r"[。；]|\w\.\s+[A-Z]", text) or _NO_HEADING.match(text):
        return False
    if following.name == "p" and only_child(following, "strong", "b") is not None:
        return len(text_of(following)) <= _MAX_BOLD
    return following.name in ("p", "ul", "ol", "dl", "blockquote", "table", "pre", "figure")


def _is_announcement(block: Element) -> bool:
    """Whether a plain paragraph could be a heading: short, Chinese or Japanese, no sentence."""
    if (
        block.name != "p"
        or block.attrs.get("class")
        or has(block, "br", "img", "a", "code")
        or mark_of(block)
    ):
        return False
    text = text_of(block).strip()
    if not 3 < len(text) <= _MAX_PLAIN or not _HAN.search(text):  # noqa: PLR2004 - a word alone is not a heading
        return False
    return not (_INSIDE_SENTENCE.search(text) or _NO_HEADING_END.search(text) or _NO_HEADING.match(text))


def _is_typed_list(block: Element) -> bool:
    return block.name == "ul" and "typed" in block.attrs


def _is_body(block: Element) -> bool:
    text = text_of(block).strip()
    return block.name == "p" and len(text) >= _MIN_BODY and bool(_SENTENCE_END.search(text))


def _ends_sentence(block: Element) -> bool:
    return block.name != "p" or bool(_SENTENCE_END.search(text_of(block).strip()))
