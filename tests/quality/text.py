"""Text kept: an extractor that shares nothing with `booklet.clean`, and an exact measure.

The reference is html5lib's text of a body, without the elements that are to go. What HTML5 would swallow as
an unknown element (`List<String>`, `<源路径>`) is text; so are tags shown in code. Both sides are compared
after NFKC and punctuation folding; list marks, typed or real, are compared by value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Any

import html5lib
from html5lib.constants import namespaces
from lxml import etree


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


GONE = _names("script style template iframe video audio object embed button svg select textarea title head")
"""Elements that are to go, with what is in them."""

BLOCKS = _names(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul br"
)
"""Elements that begin a line."""

_INLINE = _names(
    "a abbr acronym area b base basefont bdi bdo big canvas cite code col colgroup data datalist del dfn em "
    "font i img input ins kbd label legend link map mark math meta noscript optgroup option output param "
    "picture progress q rb rp rt rtc ruby s samp small source span strike strong sub sup time track tt u var "
    "wbr"
)
_TAG = re.compile(r"</?([^\W\d_][^\s<>/]*)[^<>]*>")
_CODE = re.compile(r"(?s)(<code\b[^<>]*>)(.*?)(</code>)")
_HIGHLIGHT = re.compile(r"(?s)</?(?:span|a|b|i|em|strong|br|mark)\b[^<>]*>")
_MARK = re.compile(
    r"(?m)^[ \t]*(?:(?P<bullet>[●•■◆▪◾◼►➤➢✔✓✅❖★☆○◇□◎·・-])|(?P<number>\d{1,3})(?:[、)]|[.](?!\d))|"
    r"\((?P<bracketed>\d{1,3})\))[ \t]*"
)
_RUNS = re.compile(r"([.!?~-])\1+")
_SAME = str.maketrans("。、“”„«»「」『』‘’—–―−‐‑·•・…～", '.,"""""""""\'\'------···.~')


def reference(body: str) -> str:
    """The text of a body as HTML5 reads it, a line for each block."""
    body = _CODE.sub(lambda found: found[1] + _shown(found[2]) + found[3], body)
    body = _TAG.sub(
        lambda found: found[0] if found[1].lower() in BLOCKS | GONE | _INLINE else escape(found[0]), body
    )
    return _text(html5lib.parseFragment(body, treebuilder="lxml", namespaceHTMLElements=False))


def _shown(code: str) -> str:
    return _TAG.sub(lambda found: found[0] if _HIGHLIGHT.fullmatch(found[0]) else escape(found[0]), code)


def output(body: str) -> str:
    """The text of an XHTML fragment."""
    return _text([etree.fromstring(f"<div>{body}</div>".encode())])


def html_output(html: str) -> str:
    """The text of what another extractor wrote."""
    return _text(html5lib.parseFragment(html, treebuilder="lxml", namespaceHTMLElements=False))


def _text(nodes: Sequence[Any]) -> str:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        else:
            _write(node, parts)
            parts.append(node.tail or "")
    return "".join(parts)


def _write(element: Any, parts: list[str]) -> None:
    """`element` without its tail. Real posts are not deep: recursion is safe here."""
    name = element.tag.removeprefix(f"{{{namespaces['html']}}}") if isinstance(element.tag, str) else ""
    if not name or name in GONE:
        return
    if name == "li" or name in BLOCKS:
        parts.append("\n")
    if name == "li":
        parts.append(_item_mark(element))
    text = re.sub(r"[ \t\n]+", " ", element.text or "") if name != "pre" else element.text or ""
    parts.append(text)
    for child in element:
        _write(child, parts)
        parts.append(child.tail or "")
    if name in BLOCKS:
        parts.append("\n")


def _item_mark(item: Any) -> str:
    """Its number as it is shown; a bullet says nothing that the block does not say."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    before = sum(1 for sibling in item.itersiblings("li", preceding=True))
    return f"{int(parent.get('start', '1')) + before}. "


def folded(text: str) -> str:
    """As compared: NFKC, one shape a punctuation mark, list marks by value, no white space, case folded."""
    text = unicodedata.normalize("NFKC", text)
    text = "".join(
        char for char in text if unicodedata.category(char) not in ("Cf", "Cc", "Co") or char == "\n"
    )
    text = _MARK.sub(
        lambda found: f"{found['number'] or found['bracketed']}. " if not found["bullet"] else "", text
    )
    text = re.sub(r"\s+", "", text).translate(_SAME)
    return _RUNS.sub(r"\1", text).casefold()


@dataclass(frozen=True, slots=True)
class Kept:
    """How much of a reference text survived, in order."""

    wanted: int
    kept: int
    losses: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.kept / self.wanted if self.wanted else 1.0


def kept(reference_text: str, output_text: str, removed: Sequence[re.Pattern[str]] = ()) -> Kept:
    """Compare, after what was reviewed has been taken from the reference (and only from there)."""
    for pattern in removed:
        reference_text = pattern.sub("", reference_text)
    wanted, got = folded(reference_text), folded(output_text)
    common = longest_common(wanted, got)
    losses = _losses(wanted, got) if common < len(wanted) else ()
    return Kept(len(wanted), common, losses)


def longest_common(one: str, other: str) -> int:
    """Length of the longest common subsequence, exactly (Hyyrö 2004: one row of bits a character)."""
    places: dict[str, int] = {}
    for index, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << index
    row = everything = (1 << len(one)) - 1
    for char in other:
        shared = row & places.get(char, 0)
        row = ((row + shared) | (row - shared)) & everything
    return len(one) - row.bit_count()


def _losses(wanted: str, got: str) -> tuple[str, ...]:
    matcher = SequenceMatcher(None, wanted, got, autojunk=False)
    return tuple(
        wanted[start:end] for kind, start, end, _, _ in matcher.get_opcodes() if kind in ("delete", "replace")
    )
