"""Tags of site generators: Hexo's, Hugo's, Liquid's (`booklet.clean.tags`), kramdown's and WordPress's.

Each becomes the HTML that its generator would have written; of a tag that we do not know the words stay. None
may show through, and nothing inside code is touched.
"""

from __future__ import annotations

import re
from html import escape

from booklet.clean.draft import Draft
from booklet.clean.tags.tag import Surroundings
from booklet.clean.tags.writing import Writing
from booklet.findings import Param

_MAX_TOLD = 40
"""Findings about tags in one article."""

_KRAMDOWN = re.compile(
    r"(?m)^(?:[*-]|\d+\.) +(?:TOC|toc|目录)[ \t]*\n\{:[^{}\n]*\}"
    r"|\{(?!: ?\.prompt-)::?[ \w.#:/][^{}\n]{0,200}\}"
)
_HEADING_ID = re.compile(r"(?m)(?<=\S)[ \t]*\{#[\w:.-]+[^{}\n]{0,200}\}[ \t]*$")
_TOC = re.compile(r"(?mi)^[ \t]*\[\[?(?:toc|_toc_)\]\]?[ \t]*$")
_WP_CAPTION = re.compile(r"\[caption\b[^\[\]]{0,2000}\]([\s\S]{0,4000}?)\[/caption\]")
_WP_PICTURE = re.compile(r"(?is)\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)")
_WP_MEDIA = re.compile(
    r"\[(embed|video|audio|playlist|gallery|youtube)\b([^\[\]]{0,2000})\](?:([^\[\]]{0,500})\[/\1\])?"
)
_WP_OTHER = re.compile(
    r"\[/?(?:vc_\w+|et_pb_\w+|fusion_\w+|dropcap|row|column|one_half|one_third|clear|divider|spacer|contact-form-7|"
    r"wpcode|ads?|adrotate|crayon|su_\w+)\b[^\]\n]{0,500}\]"
)


def shortcodes(draft: Draft) -> None:
    """Resolve the tags outside code."""
    text = draft.text
    if "{" not in text and "[" not in text:
        return
    markdown = draft.article.body_format == "markdown"
    told: dict[tuple[str, str], int] = {}

    def tell(code: str, line: int | None, **params: Param) -> None:
        """A finding for each name, at the first line on which it stands."""
        key = (code, str(params.get("name", "")))
        if key not in told and len(told) < _MAX_TOLD:
            told[key] = line or 0
            draft.report(code, line=line, **params)

    around = Surroundings(draft.article, draft.providers, tell)
    first_line = None if draft.again else draft.article.body_line

    def prose(part: str) -> str:
        return _outside_code(part, markdown=markdown)

    draft.text = Writing(text, around, prose, markdown=markdown, first_line=first_line).written()
    draft.literal.extend(around.literal)


def _outside_code(text: str, *, markdown: bool) -> str:
    if markdown:
        text = _TOC.sub("", text)
        if "{#" in text:
            text = _HEADING_ID.sub("", text)
        if "{:" in text:
            text = _KRAMDOWN.sub("", text)
    if "[" in text:
        last = text.rfind("[/caption]") + len("[/caption]")
        text = _WP_CAPTION.sub(_caption, text[:last]) + text[last:] if last >= len("[/caption]") else text
        text = _WP_MEDIA.sub(_media, text)
        text = _WP_OTHER.sub("", text)
    return text


def _caption(found: re.Match[str]) -> str:
    picture = _WP_PICTURE.match(found[1])
    if not picture:
        return found[1]
    text = found[1][picture.end() :].strip()
    return f"<figure>{picture[1]}<figcaption>{text}</figcaption></figure>"


def _media(found: re.Match[str]) -> str:
    address = re.search(r"https?://[^\s\"'\]]+", found[3] or found[2] or "")
    if not address:
        return "" if found[1] in ("gallery", "playlist") or "=" in found[2] else found[0]
    element = found[1] if found[1] in ("video", "audio") else "iframe"
    return f'<{element} src="{escape(address[0])}"></{element}>'
