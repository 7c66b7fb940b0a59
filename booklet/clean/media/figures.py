"""Pictures that stand alone become figures; the short line under one becomes its caption."""

from __future__ import annotations

import re
from collections.abc import Sequence

from booklet.clean.draft import Draft
from booklet.clean.tree import Element, Node, bottom_up, elements, has, text_of
from booklet.clean.vocabulary import BLOCKS, HEADINGS

_CAPTION_MARK = re.compile(
    r"^[\s\u3000]*(?:[▲△↑◎▼]|[图圖]\s*[:：/|｜]|(?:图片|图源|圖片|图注|题图|配图|摄影|供图)(?:来源|來源|源自|说明)?\s*[:：/|｜]|"
    r"(?:图为|圖為)|[（(【]图|[图圖表]\s*\d+[\s:：.．、-]|"
    r"Fig(?:ure)?\.?\s*\d+|Photo(?: by|:)|Image(?: credit|:)|Source:)",
    re.IGNORECASE,
)
_POINTER = re.compile(r"^[\s\u3000]*[▲△↑◎▼][\s\u3000]*")
_TABLE_CAPTION = re.compile(
    r"(?:附?表|Table)\s*[\dA-Z一二三四五六七八九十][\d.\-]*(?:[\s:：.．、　].{1,58}[^。！？.!?])$",
    re.IGNORECASE,
)
_NO_CAPTION = ("table", "pre", "video-card", "ul", "ol", "dl", "blockquote", "details", "hr", *HEADINGS)
_MAX_CAPTION = 80
_CAPTION_CLASS = re.compile(
    r"(?i)(?:(?:image|img|pic|photo|wp|figure|pgc-img)?[-_]?(?:fig)?caption|(?:image|img|pic|photo)[-_]?(?:desc|title))\S*"
)
_ICON_WIDTH = 64


def figures(draft: Draft) -> None:
    """Make figures of pictures, and captions of what belongs to them; then drop frames without a picture."""
    for element in bottom_up(draft.root):
        if element.name == "figure":
            _settle(element)
    for element in bottom_up(draft.root):
        if element.name in ("ul", "ol", "dl", "table", "tr", "pre", "figure"):
            continue
        element.children = _captioned(_framed(element))


def _pictures(element: Element) -> list[Element]:
    return [inner for inner in elements(element) if inner.name == "img"]


def _framed(element: Element) -> list[Node]:
    children: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and child.name == "figure" and "frame" in child.attrs:
            children.extend(_framed(child))
        elif isinstance(child, Element) and child.name in ("ul", "ol") and _is_gallery(child):
            children.extend(_figures_of(child))
        elif (
            isinstance(child, Element)
            and child.name == "p"
            and has(child, "img")
            and not text_of(child).strip()
        ):
            pictures = _pictures(child)
            if all(_is_mark(image) for image in pictures):
                children.append(child)
                continue
            identity = {"id": child.attrs["id"]} if "id" in child.attrs else {}
            children.extend(
                Element("figure", identity if index == 0 else {}, [image])
                for index, image in enumerate(pictures)
            )
        else:
            children.append(child)
    return children


def _is_gallery(items: Element) -> bool:
    """Whether a list holds nothing but pictures, as galleries are written: its bullets would mean nothing."""
    return bool(items.children) and all(
        isinstance(item, Element)
        and has(item, "img")
        and all(
            has(child, "img") and (has(child, "figure") or not text_of(child).strip())
            for child in item.children
        )
        for item in items.children
    )


def _figures_of(gallery: Element) -> list[Node]:
    pictures = [child for item in gallery.children if isinstance(item, Element) for child in item.children]
    return [
        node if isinstance(node, Element) and node.name == "figure" else Element("figure", {}, [node])
        for node in pictures
    ]


def _is_mark(image: Element) -> bool:
    """Whether it belongs into a line of text, though here it stands alone; a formula alone is displayed."""
    width = image.attrs.get("width", "")
    return "inline-picture" in image.classes() or (width.isdecimal() and 0 < int(width) <= _ICON_WIDTH)


def _settle(figure: Element) -> None:
    """A figure holds pictures and one caption; one of anything else (code, a table) dissolves."""
    pictures = _pictures(figure)
    captions = [node for node in elements(figure) if node.name == "figcaption"]
    text = "".join(
        text_of(child)
        for child in figure.children
        if not (isinstance(child, Element) and child.name == "figcaption")
    )
    filled = [caption for caption in captions if text_of(caption).strip()]
    if not pictures or has(figure, *_NO_CAPTION):
        figure.attrs = {"frame": "1"}
        figure.children = [_as_paragraph(child) for child in figure.children if not _is_empty_caption(child)]
        return
    own = [picture for picture in pictures if not any(picture in elements(caption) for caption in captions)]
    if text.strip() and not filled and len(text.strip()) <= _MAX_CAPTION:
        words = [child for child in figure.children if text_of(child).strip()]
        filled = [Element("figcaption", {}, _inline(words))]
    elif text.strip():
        figure.attrs = {"frame": "1"}
        figure.children = [_as_paragraph(child) for child in figure.children if not _is_empty_caption(child)]
        return
    caption = [Element("figcaption", {}, _inline(filled))] if filled else []
    if len(own) == 1:
        figure.children = [own[0], *caption]
    else:
        figure.attrs = {"frame": "1"}
        last = Element("figure", {}, [*own[-1:], *caption])
        figure.children = [*(Element("figure", {}, [picture]) for picture in own[:-1]), last]


def _is_empty_caption(child: Node) -> bool:
    return isinstance(child, Element) and child.name == "figcaption" and not text_of(child).strip()


def _as_paragraph(child: Node) -> Node:
    if isinstance(child, Element) and child.name == "img":
        return Element("figure", {}, [child])
    if isinstance(child, Element) and child.name == "figcaption":
        return Element("p", {}, child.children) if not has(child, "p") else Element("div", {}, child.children)
    return child


def _inline(blocks: Sequence[Node]) -> list[Node]:
    """The inline content of blocks, a break between them; no pictures."""
    result: list[Node] = []
    for block in blocks:
        inner: Sequence[Node] = [block] if isinstance(block, str) else block.children
        paragraphs = [node for node in inner if isinstance(node, Element) and node.name in ("p", "div")]
        content = (
            [node for paragraph in paragraphs for node in paragraph.children] if paragraphs else [*inner]
        )
        if isinstance(block, Element) and block.name not in ("p", "div", "figcaption"):
            content = [block]
        if result:
            result.append(Element("br"))
        result.extend(node for node in content if not has(node, "img"))
    return result


def is_caption_class(element: Element) -> bool:
    """Whether its class says that it is the caption of a picture."""
    return any(_CAPTION_CLASS.fullmatch(name) for name in element.classes())


def _captioned(children: list[Node]) -> list[Node]:
    result: list[Node] = []
    for child in children:
        previous = result[-1] if result else None
        if isinstance(child, Element) and child.name == "table" and _is_table_caption(previous, child):
            line = result.pop()
            child.children.insert(
                0, Element("caption", {}, line.children if isinstance(line, Element) else [])
            )
        if (
            isinstance(child, Element)
            and isinstance(previous, Element)
            and previous.name == "figure"
            and "frame" not in previous.attrs
            and not has(previous, "figcaption")
            and _is_caption(child)
        ):
            child.attrs.pop("class", None)
            previous.children.append(Element("figcaption", {}, _unmarked(child.children)))
            continue
        result.append(child)
    return result


def _is_table_caption(line: Node | None, table: Element) -> bool:
    """`表 1　各年产量` directly above a table that has no caption."""
    return (
        isinstance(line, Element)
        and line.name == "p"
        and bool(_TABLE_CAPTION.match(text_of(line).strip()))
        and not has(line, "img", "br")
        and not has(table, "caption")
    )


def _unmarked(children: list[Node]) -> list[Node]:
    """A caption without the triangle that pointed at the picture."""
    if children and isinstance(children[0], str):
        return [_POINTER.sub("", children[0]), *children[1:]]
    return children


def _is_caption(block: Element) -> bool:
    text = text_of(block).strip()
    if block.name not in ("p", "figcaption") or not text or has(block, "img") or len(text) > _MAX_CAPTION * 2:
        return False
    if block.name == "figcaption":
        return all(isinstance(child, str) or child.name not in BLOCKS for child in block.children)
    if "data-caption" in block.attrs or _CAPTION_MARK.match(text):
        return True
    centred = "align-center" in block.classes()
    return (
        centred
        and len(text) <= _MAX_CAPTION // 2
        and not re.search(r"[。！？!?：:]$", text)
        and not has(block, "strong", "b")
    )
