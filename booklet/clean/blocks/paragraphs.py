"""Blocks: wrappers are unwrapped, loose text becomes paragraphs, walls of `<br>` become paragraphs.

After this step every container holds blocks only, every paragraph holds text only, and nothing is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from booklet.clean.draft import Draft
from booklet.clean.media.figures import is_caption_class
from booklet.clean.tree import Element, Node, bottom_up, has, is_blank, only_child, text_of
from booklet.clean.vocabulary import BLOCKS, HEADINGS, TRANSPARENT, names

_BLOCK = BLOCKS | {"video-card", "notes"}
_SPLITTABLE = names("span strong b em i u s a small del ins sub sup mark cite q abbr code")
_SENTENCE_END = re.compile(r"[。！？!?…；;：:.”’」』）)】][\s\u3000]*$")
_INDENT = re.compile(r"\s*(?:\u3000{2}|[\u00a0 ]*\u00a0[\u00a0 ]*\u00a0|\u2003)")
"""As a paragraph begins that somebody typed: two ems, or no-break spaces in a row."""
_RULE = re.compile(r"[-=_~*—─━－＿＊]{5,}")
"""A line drawn by typing."""
_LONG_LINE = 30
"""Characters: lines longer than this that end like sentences are paragraphs, whatever separates them."""

_SHORT_CENTRED = 60
_FLOW = names("body blockquote figure details aside li dd td th figcaption")
_ONE_PARAGRAPH = names("li dd td th figcaption dt caption summary")
_STRUCTURE = names("ul ol dl table thead tbody tfoot tr colgroup")


def paragraphs(draft: Draft) -> None:
    """From the leaves up, give every container the blocks that its content amounts to."""
    for element in bottom_up(draft.root):
        if element.name in ("pre", *_STRUCTURE):
            continue
        if element.name in TRANSPARENT or element.name in _FLOW:
            blocks = flow(element.children)
            if "data-align" in element.attrs:
                _align(blocks, element.attrs["data-align"])
            _hand_down(element, blocks)
            element.children = [*blocks]
            if element.name in _ONE_PARAGRAPH:
                element.children = _only_text(blocks)
    draft.root.children = [block for block in draft.root.children if not isinstance(block, str)]
    for element in bottom_up(draft.root):
        _settle(element)


def flow(children: Iterable[Node]) -> list[Element]:
    """Blocks out of mixed content, in order."""
    blocks: list[Element] = []
    run: list[Node] = []

    def flush() -> None:
        if run:
            blocks.extend(_lines_to_paragraphs(run, "p", {}))
            run.clear()

    for child in children:
        if isinstance(child, str):
            run.append(child)
        elif child.name in TRANSPARENT:
            flush()
            blocks.extend(node for node in child.children if isinstance(node, Element))
        elif child.name in ("p", *HEADINGS, "dt", "summary", "caption"):
            flush()
            blocks.extend(_leaf(child))
        elif child.name in _BLOCK:
            flush()
            blocks.append(child)
        elif has(child, *_BLOCK):
            flush()
            blocks.extend(_lifted(child))
        else:
            run.append(child)
    flush()
    return [
        block for block in blocks if not is_blank(block) or _is_anchor(block) or block.name in ("td", "th")
    ]


def _lifted(inline: Element) -> list[Element]:
    """An inline element around blocks: they come out, and each paragraph takes the element along."""
    blocks = flow(inline.children)
    if inline.name in ("span", "a") and "href" not in inline.attrs:
        return blocks
    for block in blocks:
        if block.name in ("p", *HEADINGS) and not (inline.name in ("strong", "b") and block.name in HEADINGS):
            lines = split_lines([Element(inline.name, dict(inline.attrs), block.children)])
            block.children = [node for line in lines for node in (Element("br"), *line)][1:]
    return blocks


def _leaf(block: Element) -> list[Element]:
    """A paragraph or heading; blocks that got into it (a player, a picture's frame) split it."""
    if any(
        isinstance(child, Element) and (child.name in _BLOCK or has(child, *_BLOCK))
        for child in block.children
    ):
        inner = flow(block.children)
        for part in inner:
            if part.name == "p":
                part.name = block.name if block.name in HEADINGS and not has(part, "img") else "p"
                if "data-align" in block.attrs:
                    part.attrs.setdefault("data-align", block.attrs["data-align"])
        return inner
    if block.name == "p":
        return _lines_to_paragraphs(block.children, "p", block.attrs)
    return [block]


def _lines_to_paragraphs(nodes: list[Node], name: str, attrs: dict[str, str]) -> list[Element]:
    """Paragraphs out of lines that `<br>` divides.

    A blank line ends a paragraph. Where most lines are long and end as sentences do, each is a paragraph. A
    typed indent begins one, and a line with nothing but a picture is one.
    """
    lines = split_lines(nodes)
    if len(lines) == 1:
        return [_block(name, attrs, part) for part in _around_pictures(lines[0])]
    texts = ["".join(map(text_of, line)).strip() for line in lines]
    full = [text for text in texts if text]
    prose = sum(len(text) >= _LONG_LINE and bool(_SENTENCE_END.search(text)) for text in full)
    every_line = len(full) > 1 and prose * 2 > len(full)
    begins = [
        bool(text) and bool(_INDENT.match("".join(map(text_of, line))))
        for line, text in zip(lines, texts, strict=True)
    ]
    if sum(begins) < 2:  # noqa: PLR2004 - one indent is a slip
        begins = [False] * len(lines)
    paragraphs_: list[list[Node]] = []
    current: list[Node] = []
    only_picture = False
    for line, text, begin in zip(lines, texts, begins, strict=True):
        picture = not text and any(has(node, "img") for node in line)
        if not text and not picture:
            if current:
                paragraphs_.append(current)
            current = [node for node in line if isinstance(node, Element) and node.attrs.get("id")]
            only_picture = False
            continue
        rule = bool(_RULE.fullmatch(text))
        if current and (every_line or begin or rule or picture or only_picture):
            paragraphs_.append(current)
            current = []
        if rule:
            paragraphs_.append(line)
            continue
        current.extend([Element("br"), *line] if current else line)
        only_picture = picture
    if current:
        paragraphs_.append(current)
    return [_block(name, attrs, part) for content in paragraphs_ for part in _around_pictures(content)]


def _block(name: str, attrs: dict[str, str], nodes: list[Node]) -> Element:
    """A paragraph, or the rule that somebody typed."""
    if name == "p" and _RULE.fullmatch("".join(map(text_of, nodes)).strip()) and not has_picture(nodes):
        return Element("hr")
    return Element(name, dict(attrs), nodes)


def has_picture(nodes: list[Node]) -> bool:
    """Whether a picture is among the nodes or in them."""
    return any(has(node, "img") for node in nodes)


def split_lines(nodes: list[Node]) -> list[list[Node]]:
    """Inline content cut at `<br>`, also inside inline elements, which are repeated on each line."""
    lines: list[list[Node]] = [[]]
    for node in nodes:
        if isinstance(node, Element) and node.name == "br":
            lines.append([])
        elif isinstance(node, Element) and node.name in _SPLITTABLE and has(node, "br"):
            inner = split_lines(node.children)
            pieces = [
                Element(node.name, dict(node.attrs) if index == 0 else _repeated(node), part)
                for index, part in enumerate(inner)
            ]
            lines[-1].append(pieces[0])
            lines.extend([piece] for piece in pieces[1:])
        else:
            lines[-1].append(node)
    return lines


def _repeated(node: Element) -> dict[str, str]:
    return {name: value for name, value in node.attrs.items() if name != "id"}


def _around_pictures(nodes: list[Node]) -> list[list[Node]]:
    """Pictures before or after the text of a paragraph leave it; one in mid-sentence stays if it is small."""
    if not has_picture(nodes):
        return [nodes]
    parts: list[list[Node]] = []
    current: list[Node] = []
    for node in nodes:
        if (
            isinstance(node, Element)
            and not text_of(node).strip()
            and has(node, "img")
            and not _is_small(node)
        ):
            parts.extend(([*current], [node]) if current else ([node],))
            current = []
        else:
            current.append(node)
    return [*parts, current] if current else parts


def _is_small(node: Element) -> bool:
    image = node if node.name == "img" else only_child(node, "img")
    if image is not None and "class" in image.attrs:  # `decoration.mark`
        return True
    width = image.attrs.get("width", "") if image is not None else ""
    return width.isdecimal() and int(width) <= 64  # noqa: PLR2004 - CSS px, an icon


def _align(blocks: list[Element], align: str) -> None:
    for block in blocks:
        if block.name in ("p", *HEADINGS):
            block.attrs.setdefault("data-align", align)


def _hand_down(element: Element, blocks: list[Element]) -> None:
    """Give what a wrapper says to the blocks in it: its `id` to the first, that they are a caption to all."""
    wanted = element.attrs.get("id", "")
    if wanted and element.name in TRANSPARENT and blocks:
        blocks[0].attrs.setdefault("id", wanted)
    if "class" in element.attrs and is_caption_class(element):
        for block in blocks:
            if block.name == "p":
                block.attrs["data-caption"] = "1"


def _only_text(blocks: list[Element]) -> list[Node]:
    """One paragraph in a list item or cell needs no `<p>`; a leading one neither if only lists follow it."""
    if (
        blocks
        and blocks[0].name == "p"
        and "data-align" not in blocks[0].attrs
        and all(block.name in ("ul", "ol") for block in blocks[1:])
    ):
        anchor = blocks[0].attrs.get("id", "")
        return [*([Element("span", {"id": anchor})] if anchor else []), *blocks[0].children, *blocks[1:]]
    if len(blocks) == 1 and blocks[0].name == "p":
        return [*blocks[0].children]
    return [*blocks]


def _is_anchor(block: Element) -> bool:
    return any(isinstance(child, Element) and "id" in child.attrs for child in block.children)


def _settle(element: Element) -> None:
    """Alignment becomes a class where it says something: short centred lines, signatures at the right."""
    align = element.attrs.pop("data-align", "")
    if element.name not in ("p", *HEADINGS, "figcaption"):
        return
    if "class" in element.attrs:
        if is_caption_class(element):
            element.attrs["data-caption"] = "1"
        is_title = "box-title" in element.classes()
        del element.attrs["class"]
        if is_title:
            element.add_class("box-title")
    short = len(text_of(element).strip()) <= _SHORT_CENTRED and not has(element, "img")
    if short and (align == "right" or (align == "center" and element.name == "p")):
        element.add_class(f"align-{align}")
