"""The first of two gates for safety, and the repair of broken markup by the HTML5 algorithm.

Lets through what later steps read (lazy attributes, styles, players); `serialise` is the second gate.
"""

from __future__ import annotations

import re

import nh3

from booklet.clean.draft import Draft
from booklet.clean.text.characters import CONTROL, without_invisible
from booklet.clean.tree import parse
from booklet.clean.vocabulary import BLOCKS, EMBEDS, FORMATTING, INLINE

_TAGS = set(
    BLOCKS | EMBEDS | FORMATTING | INLINE | {"img", "br", "wbr", "source", "param", "picture", "button"}
)
_TAGS -= {"html", "body", "noscript", "dialog", "slot", "marquee", "blink"}
_COMMON = {
    "class",
    "id",
    "style",
    "align",
    "valign",
    "lang",
    "dir",
    "title",
    "name",
    "width",
    "height",
    "hidden",
    "bgcolor",
    "color",
    "role",
}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": _COMMON | {"aria-hidden"},
    "a": {"href", "data"},
    "img": {
        "src",
        "srcset",
        "sizes",
        "alt",
        "file",
        "zoomfile",
        "original",
        "real_src",
        "_src",
        "lazy-src",
        "lazysrc",
        "loadsrc",
        "ess-data",
        "nitro-lazy-src",
        "lazy-srcset",
        "w",
        "h",
    },
    "source": {"src", "srcset", "sizes", "type", "media"},
    "iframe": {"src", "allowfullscreen", "alt"},
    "div": {"tt-poster"},
    "video": {"src", "poster"},
    "audio": {"src"},
    "embed": {"src", "flashvars", "type"},
    "object": {"data", "type"},
    "param": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "ins": {"datetime"},
    "del": {"datetime"},
    "table": {"border"},
    "font": {"size", "face"},
    "details": {"open"},
}


_MANY_REFERENCES = 5_000
"""More than these the parsers are not given one by one: Ammonia's cost grows with their square."""
_STANDS_FOR = {"&": "\ufdd0", "&amp;": "\ufdd0", "&lt;": "\ufdd1", "&gt;": "\ufdd2"}
"""Noncharacters, which Unicode keeps for programs' own use (The Unicode Standard, 23.7)."""
_REFERENCE = re.compile(r"&(?:amp;|lt;|gt;|(?![#\w]))|[\ufdd0-\ufdd2]")
_WRITTEN = str.maketrans({"\ufdd0": "&", "\ufdd1": "<", "\ufdd2": ">"})


def sanitise(draft: Draft) -> None:
    """Scripts, event handlers, comments and unknown schemes go; the tree becomes a well-formed one."""
    text = draft.text
    held = text.count("&") > _MANY_REFERENCES
    if held:
        text = _REFERENCE.sub(lambda found: _STANDS_FOR.get(found[0], ""), text)
    markup = nh3.clean(
        text,
        tags=_TAGS,
        clean_content_tags={"script", "style", "template", "noembed", "noframes", "textarea", "title"},
        attributes=_ATTRIBUTES,
        generic_attribute_prefixes={"data-"},
        url_schemes={"http", "https", "mailto", "data", "image", "article"},
        strip_comments=True,
        link_rel=None,
    )
    draft.text = without_invisible(CONTROL.sub("", markup))  # what character references stood for
    # Comments are gone: a declaration stands in an attribute, and the parser would give up on it.
    draft.root = parse(draft.text.replace("<!", "&lt;!"), _WRITTEN if held else None)
