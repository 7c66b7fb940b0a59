"""HTML that an article shows as code, unescaped: `<pre><code><h1>title</h1></code></pre>`.

Highlighters put elements into code too. A `<pre>` is judged as a whole: elements that highlighters use are
markup unless the same `<pre>` holds tags that no highlighter writes, in which case only the plainly
decorative ones are.
"""

from __future__ import annotations

import re

from booklet.clean.text.markup import TAG, attributes, escape
from booklet.clean.vocabulary import names

_CODE = re.compile(r"(?i)<(pre|code)(?=[\s>])(?>(?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}')*)>")
_DECORATION = names("span br font code wbr mark ins del sub sup")
_HIGHLIGHT = _DECORATION | names(
    "a b i u em strong s p div ol ul li table thead tbody tr td th colgroup col button pre"
)
_INLINE_CODE = _DECORATION | names("a b i u em strong s img")
_ADDED_BY_SCRIPTS = re.compile(
    r"(?is)<(div|button|ul|ol|span|a)\s[^<>]*?\bclass\s*=\s*[\"'][^\"'<>]*"
    r"(?:hljs-button|pre-numbering|copy-?(?:code-?)?(?:btn|button)|btn-copy|copybtn|code-copy|line-numbers-rows)"
    r"[^\"'<>]*[\"'][^<>]*>(?:(?!</?\1\b).){0,4000}</\1\s*>"
)
"""Buttons and line numbers that a page's script put into its listings."""
_BLOCK_END = re.compile(r"(?i)</?(?:p|div|li|td|h[1-6]|pre|blockquote|ul|ol|table)\b")
_HIGHLIGHTER_ATTRIBUTE = re.compile(
    r"class|style|id|data-\S*|color|href|target|rel|title|aria-\S*|start|value"
)


def inside_code(text: str) -> str:
    """Escape, inside `<pre>` and `<code>`, every tag that is part of the code."""
    if "<pre" not in text and "<code" not in text and "<PRE" not in text and "<CODE" not in text:
        return text
    parts: list[str] = []
    position = 0
    ends = {name: _positions(text, name) for name in ("pre", "code")}
    while found := _CODE.search(text, position):
        name = found[1].lower()
        end = _next(ends[name], found.end())
        parts.append(text[position : found.end()])
        position = found.end()
        if end < 0:
            continue
        content = text[position:end]
        parts.append(_block(content) if name == "pre" else _inline(content))
        position = end
    parts.append(text[position:])
    return "".join(parts)


def _positions(text: str, name: str) -> list[int]:
    return [found.start() for found in re.finditer(rf"(?i)</{name}\s*>", text)][::-1]


def _next(ends: list[int], after: int) -> int:
    """The first end at or after a place; earlier ones are used up, so that all calls together are linear."""
    while ends and ends[-1] < after:
        ends.pop()
    return ends[-1] if ends else -1


def _block(content: str) -> str:
    if "class" in content:
        content = _ADDED_BY_SCRIPTS.sub("", content)
    tags = list(TAG.finditer(content))
    shown = [tag for tag in tags if not _is_highlighting(tag)]
    markup = _DECORATION if shown else _HIGHLIGHT
    return _escaped(content, markup)


def _inline(content: str) -> str:
    if _BLOCK_END.search(content) and len(content) > 2000:  # noqa: PLR2004 - an open <code>, not code
        return content
    return _escaped(content, _INLINE_CODE)


def _is_highlighting(tag: re.Match[str]) -> bool:
    if tag["name"].lower() not in _HIGHLIGHT:
        return False
    if tag["end"]:
        return True
    attrs = attributes(tag["attrs"])
    if tag["name"].lower() in ("div", "p", "ul", "table", "a", "button") and not attrs:
        return False
    raw = re.findall(r"([\w:@.-]+)\s*=", tag["attrs"])
    return all(_HIGHLIGHTER_ATTRIBUTE.fullmatch(name) for name in raw)


def _escaped(content: str, markup: frozenset[str]) -> str:
    parts: list[str] = []
    position = 0
    open_names: dict[str, int] = {}
    for tag in TAG.finditer(content):
        name = tag["name"].lower()
        parts.append(escape(content[position : tag.start()]))
        position = tag.end()
        keep = name in markup and tag["name"] == name and "={" not in tag["attrs"]
        if keep and tag["end"]:
            keep = open_names.get(name, 0) > 0
            open_names[name] = open_names.get(name, 0) - int(keep)
        elif keep and name not in ("br", "wbr", "img"):
            keep = bool(tag["attrs"].strip()) or f"</{name}" in content
            open_names[name] = open_names.get(name, 0) + int(keep)
        elif keep and name == "img":
            keep = "http" in tag["attrs"] or "data-" in tag["attrs"]
        parts.append(tag[0] if keep else escape(tag[0]))
    parts.append(escape(content[position:]))
    return "".join(parts)
