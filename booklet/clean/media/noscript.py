"""`<noscript>` holds the same picture as the lazy `<img>` beside it, its twin, but with the real address.

The twin takes the address over, and the `<noscript>` goes.
"""

from __future__ import annotations

import re
from html import unescape

from booklet.clean.media.image_offers import LAZY, ORIGINALS, of_image
from booklet.clean.media.image_urls import is_placeholder, same_picture_key, tidy
from booklet.clean.text.markup import attributes
from booklet.clean.tree import Element, Node, bottom_up, elements, text_of

_NO_SCRIPT = re.compile(r"(?i)javascript|java script|启用脚本|啟用")
_ESCAPED = re.compile(r"(?i)<img\b((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*'){1,8000})>")


def merge_noscript(root: Element) -> None:
    """Give lazy pictures the addresses in their `noscript`s; one that stands alone is shown."""
    for parent in bottom_up(root):
        for index, child in enumerate(parent.children):
            if not isinstance(child, Element) or "data-noscript" not in child.attrs:
                continue
            twins = _pictures(child)
            neighbour = _neighbour(parent.children, index, twins)
            if not twins:
                if _NO_SCRIPT.search(text_of(child)) or neighbour is not None:
                    parent.children[index] = ""
            elif neighbour is not None and len(twins) == 1:
                for name, value in twins[0].attrs.items():
                    if name == "src":
                        neighbour.attrs.setdefault("data-original-src", value)
                    elif name.endswith("srcset") or name in ORIGINALS:
                        neighbour.attrs.setdefault(name if name != "srcset" else "data-srcset", value)
                parent.children[index] = ""
            elif not any(inner.name == "img" for inner in elements(child)):
                child.children = [*twins]


def _pictures(noscript: Element) -> list[Element]:
    """The pictures in it, also where its markup was escaped once more."""
    found = [inner for inner in elements(noscript) if inner.name == "img"]
    if found:
        return found
    text = text_of(noscript)
    if "<img" not in text and "&lt;img" not in text:
        return []
    escaped = (Element("img", attributes(tag[1])) for tag in _ESCAPED.finditer(unescape(text)))
    return [image for image in escaped if image.attrs.get("width") not in ("0", "1", "2")]


def _neighbour(children: list[Node], index: int, twins: list[Element]) -> Element | None:
    """The picture directly before or after, across white space, that seems to be the twin."""
    wanted = {same_picture_key(tidy(address)) for twin in twins for address in of_image(twin)} - {""}
    for step in (-1, 1):
        place = index + step
        while 0 <= place < len(children) and isinstance(blank := children[place], str) and not blank.strip():
            place += step
        if 0 <= place < len(children) and isinstance(node := children[place], Element):
            found = _only_picture(node)
            if found is not None and (
                is_lazy(found) or wanted & {same_picture_key(tidy(address)) for address in of_image(found)}
            ):
                return found
    return None


def _only_picture(node: Element) -> Element | None:
    """The one picture in an element without text."""
    if node.name == "img":
        return node
    if "data-noscript" in node.attrs or text_of(node).strip():
        return None
    pictures = [inner for inner in elements(node) if inner.name == "img"]
    return pictures[0] if len(pictures) == 1 else None


def is_lazy(image: Element) -> bool:
    """Whether a picture waits for a script."""
    src = tidy(image.attrs.get("src", ""))
    return (
        not src
        or is_placeholder(src)
        or any(name in image.attrs for name in (*ORIGINALS, *LAZY))
        or "lazy" in image.attrs.get("class", "")
    )
