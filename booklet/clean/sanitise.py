"""The first of two gates for safety, and the repair of broken markup by the HTML5 algorithm.

Lets through what later steps read (lazy attributes, styles, players); `serialise` is the second gate.
"""

from __future__ import annotations

import re

import nh3

from booklet.clean.characters import CONTROL, without_invisible
from booklet.clean.draft import Draft
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
    "iframe": {"src", "allowfullscreen", "srcdoc"} - {"srcdoc"},
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


_BARE_AMPERSAND = re.compile(r"&(?![#\w])")
_MANY_AMPERSANDS = 10_000
"""More than these the HTML5 parser does not take in linear time where they begin no reference."""


def sanitise(draft: Draft) -> None:
    """Scripts, event handlers, comments and unknown schemes go; the tree becomes a well-formed one."""
    text = draft.text
    if text.count("&") > _MANY_AMPERSANDS:
        text = _BARE_AMPERSAND.sub("&amp;", text)
    markup = nh3.clean(
        text,
        tags=_TAGS,
        clean_content_tags={"script", "style", "template", "noembed", "noframes", "textarea", "title"},
        attributes=_ATTRIBUTES,
        generic_attribute_prefixes={"data-"},
        url_schemes={"http", "https", "mailto", "data", "image"},
        strip_comments=True,
        link_rel=None,
    )
    draft.text = without_invisible(CONTROL.sub("", markup))  # what character references stood for
    draft.root = parse(draft.text)
