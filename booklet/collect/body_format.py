"""Whether a body is HTML or Markdown. Pure.

Aggregators write HTML into `.md` files. CommonMark makes code blocks of its indented lines and ends its
blocks at blank lines, so such a body must not go through it. Markdown in turn may hold any HTML. What tells
them apart is which of the two makes the paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from booklet.collect.visible_text import BLOCK_NAME, FENCED, TAG, without_elements
from booklet.model import BodyFormat

SAMPLE_CHARS = 200_000
_WHOLE_PAGE = re.compile(
    r"\s*+(?>(?:(?><!--.*?-->)\s*+|<\?[^<>]*+>\s*+)*)(?:<!doctype html|<html\b|<head\b|<body\b)",
    re.IGNORECASE | re.DOTALL,
)
_INLINE_CODE = re.compile(r"(`{1,3}+)[^`\n]{1,200}\1")
_MARKS = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S"  # a heading
    r"|^ {0,3}>[ \t]?\S"  # a quotation
    r"|^ {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]+\S"  # a list item
    r"|^ {0,3}(?:=+|-{2,})[ \t]*$"  # a heading's underline, or a rule
    r"|^ {0,3}\|?[ \t]*:?-+:?[ \t]*\|[ :|-]*$"  # a table's second line
    r"|!?\[[^\[\]\n]{0,300}\]\([^()\s]{1,500}(?:[ \t]+\"[^\"\n]{0,200}\")?\)"  # a link or a picture
    r"|^ {0,3}\[[^\[\]\n]{1,100}\]:[ \t]*\S"  # a link's or a footnote's definition
    r"|\*\*[^\s*][^*\n]{0,200}\*\*"  # strong
    r"|\{%[^%\n]{1,300}%\}|\{\{[<%]",  # Hexo's and Hugo's tags
    re.MULTILINE,
)
_BLANK_LINE = re.compile(r"\n[ \t]*+\n")
_HTML_START = re.compile(rf"\s{{0,4}}</?(?!br\b)(?:{BLOCK_NAME.pattern})\b", re.IGNORECASE)
_VOID = frozenset({"br", "hr"})
_WRAPPERS = frozenset({"div", "section", "article", "main", "details", "center"})


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a body is made of."""

    marks: int
    """Markdown's, outside of code and of what CommonMark takes for HTML."""
    blocks: int
    """Block elements that make a paragraph, a line or a heading."""
    inside: int
    """Characters of text within block elements."""
    outside: int
    """Characters of text beside them."""
    bare_paragraphs: int
    """Paragraphs between blank lines that no tag makes."""
    wrapped: bool
    """There is a `<div>` or the like."""


def body_format(body: str) -> BodyFormat:
    """Tell the format of a body whose file name does not (`.md`)."""
    if is_page(body):
        return "html"
    shape = _shape(body[:SAMPLE_CHARS])
    if not shape.blocks:
        return "html" if shape.wrapped and not shape.marks and not shape.outside else "markdown"
    if shape.marks > shape.blocks:
        return "markdown"
    if shape.outside <= shape.inside / 4:
        # Everything is inside of elements: a stray list sign or a link in the text does not make it Markdown.
        return "html" if shape.marks * 4 <= shape.blocks or shape.marks <= 1 else "markdown"
    return "html" if not shape.marks and shape.bare_paragraphs <= shape.blocks else "markdown"


def is_page(markup: str) -> bool:
    """Whether the markup is a whole page: a fragment may hold a `<body>` somewhere, a page begins with it."""
    return bool(_WHOLE_PAGE.match(markup[:SAMPLE_CHARS]))


def _shape(body: str) -> _Shape:
    fences = len(FENCED.findall(body))
    text = _INLINE_CODE.sub(" ", FENCED.sub(" ", body))
    text = without_elements(
        text, "script", "style", "template", "!--", "pre", "code", "textarea", "svg", "math"
    )
    blocks = inside = outside = 0
    wrapped = False
    outer: list[str] = []
    bare: list[str] = []
    end = 0
    for tag in TAG.finditer(text):
        between = text[end : tag.start()]
        end = tag.end()
        size = len("".join(between.split()))
        inside += size if outer else 0
        outside += 0 if outer else size
        bare.append("x" if outer else between)
        name = tag[2].lower()
        if not BLOCK_NAME.fullmatch(name):
            continue
        bare.append("<>")
        wrapped = wrapped or name in _WRAPPERS
        blocks += not tag[1] and name not in _WRAPPERS
        _nest(outer, name, closing=bool(tag[1]), void=name in _VOID or tag[3].rstrip().endswith("/"))
    tail = text[end:]
    outside += len("".join(tail.split()))
    bare.append(tail)
    paragraphs = _BLANK_LINE.split("".join(bare))
    return _Shape(
        marks=fences + _marks(text),
        blocks=blocks,
        inside=inside,
        outside=outside,
        bare_paragraphs=sum(bool(part.strip("x \t\n")) and "<>" not in part for part in paragraphs),
        wrapped=wrapped,
    )


def _marks(text: str) -> int:
    """Markdown's marks. From a block's tag that begins a line to a blank line is HTML (CommonMark 4.6)."""
    parts = (part for part in _BLANK_LINE.split(text) if not _HTML_START.match(part))
    return len(_MARKS.findall("\n\n".join(parts)))


def _nest(outer: list[str], name: str, *, closing: bool, void: bool) -> None:
    """Follow opening and closing; an end tag closes what is open within its element, a stray one nothing."""
    if void:
        return
    if not closing:
        if name in {"p", "li"} and outer and outer[-1] == name:
            outer.pop()
        outer.append(name)
    elif name in outer:
        while outer.pop() != name:
            pass
