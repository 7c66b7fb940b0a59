"""Tags of site generators: Hexo, Jekyll (Liquid, kramdown), Hugo, WordPress. None may show through.

Each becomes the HTML that its generator would have written, as far as that needs no other file; a tag that we
do not know goes, its content stays. Nothing inside code is touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from booklet.clean.draft import Draft
from booklet.clean.players import named
from booklet.clean.providers import Provider
from booklet.clean.text.shortcode_tags import TAGS, arguments, included, player

_CODE_TAGS = "codeblock|code|highlight|raw|verbatim"
_REGION = re.compile(
    r"(?P<fence>(?m:^) {0,3}(?P<mark>`{3,}|~{3,})[\s\S]*?(?:\n {0,3}(?P=mark)|\Z))"
    r"|(?P<inline>`[^`\n]+`)"
    r"|(?P<html><(?P<element>pre|code)\b[\s\S]{0,50000}?</(?P=element)\s*>)"
    rf"|(?<!\{{)\{{%-?\s*(?P<tag>{_CODE_TAGS})\b(?P<args>[^%\n]*)-?%\}}\n?(?P<code>[\s\S]{{0,50000}}?)\{{%-?\s*end(?P=tag)\s*-?%\}}"
    r"|\{\{[<%]\s*highlight\b(?P<hugo_args>[^>%\n]*)[>%]\}\}\n?(?P<hugo_code>[\s\S]{0,50000}?)\{\{[<%]\s*/\s*highlight\s*[>%]\}\}"
)
_MAX_OPENERS = 4_000
"""A text with more is not looked through for regions: each that is never closed would cost a search."""

_LIQUID = re.compile(r"\{%-?\s*(\w+)((?:\s[^%\n]{0,500})?)-?%\}")
_QUOTED = re.compile(
    r"\{%-?\s*(blockquote|quote)\s+([^%\s][^%\n]{0,200}?)\s*-?%\}([\s\S]{0,20000}?)\{%-?\s*end\1\s*-?%\}"
)
_TAB = re.compile(r"<!--\s*tab\s+([^<>@\n]{1,80}?)\s*(?:@[^<>\n]{0,60})?-->")
_LIQUID_VALUE = re.compile(r"\{\{-?\s*(?:site|page|post|include|content|layout)\b[^{}\n]{0,200}\}\}")
_HUGO = re.compile(r"\{\{([<%])\s*(/?)\s*([\w/-]+)([^{}\n]{0,800}?)/?\s*[%>]\}\}")
_KRAMDOWN = re.compile(
    r"(?m)^(?:[*-]|\d+\.) +(?:TOC|toc|目录)[ \t]*\n\{:[^{}\n]*\}|\{::?[ \w.#:/][^{}\n]{0,200}\}"
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
    parts: list[str] = []
    position = 0
    openers = sum(map(text.count, ("{%", "{{", "<pre", "<code")))
    for region in _REGION.finditer(text) if openers < _MAX_OPENERS else ():
        parts.append(_outside_code(text[position : region.start()], draft))
        parts.append(_region(region))
        position = region.end()
    parts.append(_outside_code(text[position:], draft))
    draft.text = "".join(parts)


def _region(region: re.Match[str]) -> str:
    if region["tag"] in ("raw", "verbatim"):
        return region["code"]
    if region["tag"]:
        return _titled(region) + _listing(region["code"], _language(region["args"]))
    if region["hugo_code"] is not None:
        return _listing(region["hugo_code"], _language(region["hugo_args"]))
    return region[0]


def _titled(region: re.Match[str]) -> str:
    """`{% codeblock title lang:js %}`: the title stands above."""
    words = arguments(region["args"]) if region["tag"] == "codeblock" else []
    title = " ".join(word for word in words if ":" not in word and "=" not in word and "//" not in word)
    return f"\n\n<p><code>{escape(title)}</code></p>" if title else ""


def _language(raw: str) -> str:
    found = re.search(r"lang(?:uage)?[:=]\s*\"?([\w+#-]+)", raw)
    if found:
        return found[1]
    words = [word for word in arguments(raw) if ":" not in word and "=" not in word]
    return words[0] if words and re.fullmatch(r"[\w+#-]{1,20}", words[0]) else ""


def _listing(code: str, language: str) -> str:
    name = f' class="language-{language}"' if language else ""
    return f"\n\n<pre><code{name}>{escape(code.strip(chr(10)), quote=False)}</code></pre>\n\n"


def _outside_code(text: str, draft: Draft) -> str:
    is_markdown = draft.article.body_format == "markdown"
    if "{{" in text:
        text = _HUGO.sub(lambda found: _hugo(found, draft.providers), text)
        text = _LIQUID_VALUE.sub("", text)
    if "{%" in text:
        if text.count("quote") < _MAX_OPENERS:
            text = _QUOTED.sub(_quoted, text)
        if "{% tabs" in text or "{% subtabs" in text:
            text = _TAB.sub(r"\n\n<p><strong>\1</strong></p>\n\n", text)
        text = _LIQUID.sub(lambda found: _liquid(found, draft.providers), text)
    if is_markdown:
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


def _quoted(found: re.Match[str]) -> str:
    """`{% blockquote author, source link %}` (https://hexo.io/docs/tag-plugins#Block-Quote)."""
    return f"\n\n<blockquote>\n\n{found[3].strip()}\n\n——{escape(found[2])}\n\n</blockquote>\n\n"


def _liquid(found: re.Match[str], providers: Sequence[Provider]) -> str:
    name, raw = found[1].lower(), found[2].strip()
    if name == "include":
        return included(raw, providers)
    return _written(TAGS.get(name), name, raw, providers)


def _hugo(found: re.Match[str], providers: Sequence[Provider]) -> str:
    name = found[3].lower()
    if found[2]:
        return TAGS.get(f"end{name}", _nothing)("")
    return _written(TAGS.get(f"hugo:{name}", TAGS.get(name)), name, found[4].strip(), providers)


def _written(writer: Callable[[str], str] | None, name: str, raw: str, providers: Sequence[Provider]) -> str:
    """What a tag stands for: what it is known for, else the player of the provider that it names."""
    if writer:
        return writer(raw)
    provider = named(name, providers)
    return player(provider, raw) if provider else ""


def _nothing(_raw: str) -> str:
    return ""


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
