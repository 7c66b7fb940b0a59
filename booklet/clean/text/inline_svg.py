"""Drawings that stand in a page as `<svg>`: each becomes a picture whose address holds it, with its words.

Icons and sprites go. WeChat's editors use the element as a frame: for a background picture, for words in a
`<foreignObject>` that a tap would show; such a frame leaves the picture and the words.
"""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape as escape_attribute
from html import unescape

from booklet.clean.text.markup import attributes, ends_in_code, escape
from booklet.clean.vocabulary import IN_PAGE

MAX_CHARS = 200_000
"""The most characters of one drawing; of a larger one the words are kept."""
_START = re.compile(r"(?i)<svg(?=[\s/>])(?>(?:[^<>\"']|\"[^\"]{0,20000}\"|'[^']{0,20000}')*)>")
_EDGE = re.compile(r"(?i)<svg(?=[\s/>])|</svg\s*>")
_FOREIGN = re.compile(r"(?i)<foreignobject\b[^<>]*>([\s\S]*?)</foreignobject\s*>")
_TEXT = re.compile(r"(?i)<(?:text|tspan)\b[^<>]*>([^<]*)")
_TITLE = re.compile(r"(?i)<title\b[^<>]*>([^<]{1,300})</title\s*>")
_DRAWS = re.compile(r"(?i)<(?:path|rect|circle|ellipse|line|polyline|polygon|text|image|use)\b")
_BACKGROUND = re.compile(r"(?i)background(?:-image)?\s*:[^;]*?url\(\s*[\"']?((?:https?:)?//[^\"')\s]+)")
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_ICON = re.compile(
    r"(?i)(?:^|[-_ ])(?:icon|icons|octicon|anchor|arrow|logo|sprite|fa|svg-inline--fa)(?:$|[-_ ])"
)
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|em|rem)?\s*")
_ICON_PX = 48.0
"""No drawing of an article is smaller; most icons are 16 to 32 px."""
_EM_PX = 16.0
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)\w+;")
_CASES = {
    name.lower(): name
    for name in (
        *(
            "viewBox",
            "preserveAspectRatio",
            "gradientUnits",
            "gradientTransform",
            "patternUnits",
            "clipPathUnits",
        ),
        *(
            "patternTransform",
            "patternContentUnits",
            "markerWidth",
            "markerHeight",
            "markerUnits",
            "refX",
            "refY",
        ),
        *("textLength", "lengthAdjust", "startOffset", "spreadMethod", "maskUnits", "stdDeviation"),
        *(
            "linearGradient",
            "radialGradient",
            "clipPath",
            "textPath",
            "feGaussianBlur",
            "feOffset",
            "feBlend",
        ),
    )
}
_CASED = re.compile(rf"(?<=[\s</])({'|'.join(_CASES)})(?=[\s=>/])")
"""Names as HTML's parser writes them; a file of its own is XML, where case counts."""


def with_pictures(text: str) -> str:
    """The markup with each drawing as an `<img>`, or as what is left of it."""
    if "<svg" not in text and "<SVG" not in text:
        return text
    parts: list[str] = []
    position = 0
    while found := _START.search(text, position):
        if found[0].endswith("/>"):
            end = inner = found.end()
        else:
            inner, end = _end(text, found.end())
            if end < 0:
                break
        before = text[position : found.start()]
        content = text[found.end() : inner]
        parts.extend(
            (before, text[found.start() : end] if ends_in_code(before) else _written(found[0], content))
        )
        position = end
    return "".join((*parts, _START.sub(_left_open, text[position:])))


def _left_open(found: re.Match[str]) -> str:
    """A drawing that never ends is a word of the text, or would take what follows for its own."""
    return escape(found[0]) if "=" not in found[0] else ""


def _end(text: str, start: int) -> tuple[int, int]:
    """Where the drawing's content ends, and its closing tag: drawings stand in drawings. -1: nowhere."""
    depth = 1
    for edge in _EDGE.finditer(text, start):
        depth += -1 if edge[0].startswith("</") else 1
        if not depth:
            return edge.start(), edge.end()
    return start, -1


def _written(tag: str, content: str) -> str:
    attrs = attributes(tag[4:].rstrip("/>"))
    style = unescape(attrs.get("style", ""))
    background = _BACKGROUND.search(style)
    foreign = "".join(_FOREIGN.findall(content))
    content = _FOREIGN.sub("", content)
    if background or (foreign.strip() and not _DRAWS.search(content)):
        picture = f'<img src="{escape_attribute(background[1])}">' if background else ""
        return picture + foreign
    if _HIDDEN.search(style) or "hidden" in attrs:
        return ""
    words = " ".join(unescape(" ".join(_TEXT.findall(content))).split())
    if not _DRAWS.search(content) or (not words and _is_icon(attrs)):
        return ""
    if len(content) > MAX_CHARS:
        return escape_attribute(words, quote=False)
    title = _TITLE.search(content)
    alt = words or attrs.get("aria-label", "") or (" ".join(unescape(title[1]).split()) if title else "")
    size = "".join(
        f' {name}="{round(value)}"' for name in ("width", "height") if (value := _px(attrs.get(name, "")))
    )
    drawing = b64encode(_as_file(tag, content).encode(errors="replace")).decode("ascii")
    return foreign + f'<img alt="{escape_attribute(unescape(alt)[:2000])}"{size} src="{IN_PAGE}{drawing}">'


def _is_icon(attrs: dict[str, str]) -> bool:
    """Whether it is drawn beside words, or for pressing: by its size, its name, its role."""
    if _ICON.search(attrs.get("class", "")) or attrs.get("aria-hidden") == "true":
        return True
    box = attrs.get("viewbox", "").replace(",", " ").split()
    sizes = [_px(attrs.get(name, "")) for name in ("width", "height")]
    if not any(sizes) and len(box) == 4:  # noqa: PLR2004 - x, y, width, height
        sizes = [_px(part) for part in box[2:]]
    return 0 < max(sizes) < _ICON_PX


def _px(text: str) -> float:
    """A length in CSS px; 0: none, or a share of something."""
    found = _NUMBER.fullmatch(text)
    return float(found[1]) * (_EM_PX if found[2] in ("em", "rem") else 1) if found else 0.0


def _as_file(tag: str, content: str) -> str:
    """The drawing as XML: names in their case, namespaces, references that XML has."""
    tag = f"<svg{tag[4:].rstrip('/>')}"
    for prefix, uri in (("", "http://www.w3.org/2000/svg"), (":xlink", "http://www.w3.org/1999/xlink")):
        if f"xmlns{prefix}=" not in tag and (not prefix or "xlink:" in content):
            tag += f' xmlns{prefix}="{uri}"'
    text = _CASED.sub(lambda found: _CASES[found[1]], f"{tag}>{content}</svg>")
    return _NAMED.sub(lambda found: unescape(found[0]), text)
