"""Angle brackets that are text: `<源路径>`, `List<String>`, `x < 3`, HTML shown inside code.

The HTML parser would take them for elements and lose them. A tag is markup if its name is one of HTML's (and
it is written as one would write it); if its name is foreign but markup is written so (`<amp-img src=…>`,
`<o:p>`); otherwise it is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape as escape_attribute
from html import unescape

from booklet.clean.draft import Draft
from booklet.clean.fallback import is_fallback
from booklet.clean.text.broken_pictures import PICTURE, with_closed_quote, with_quotes
from booklet.clean.text.code_text import inside_code
from booklet.clean.text.inline_svg import with_pictures
from booklet.clean.text.markup import TAG, attributes, ends_in_code, escape, without_comments
from booklet.clean.vocabulary import KNOWN, VOID, names

_RENAMED = {
    "amp-img": "img", "mip-img": "img", "tt-img": "img", "image": "img", "amp-video": "video",
    "mip-video": "video", "amp-iframe": "iframe", "tt-video": "div", "mpvideo": "iframe", "noscript": "span",
    "mpvoice": "iframe", "mp-common-mpaudio": "iframe",
    "listing": "pre", "amp-youtube": "div",
}  # fmt: skip
_MARKS = {
    "noscript": ' data-noscript="1"',
    "mpvoice": ' data-voice="1"',
    "mp-common-mpaudio": ' data-voice="1"',
}
"""What later steps must know of the original name."""
_FOREIGN_MARKUP = re.compile(
    r"(?:mp-?(?:cpc|profile|common|miniprogram|checktext|video)\w*|qqmusic_\w+|"
    r"ignore_js_op|[ovwmx]:\w+|st\d:\w+|uc-\w+|hexo-\w+|center)[\w:.-]*",
    re.IGNORECASE,
)
"""WeChat's cards and Word's namespaces: no reader ever saw these as text."""

_CARDS = {
    "mp-miniprogram": ("小程序", ("data-miniprogram-title", "data-miniprogram-nickname")),
    "mpvideosnap": ("视频号", ("data-nickname", "data-desc")),
    "mp-common-videosnap": ("视频号", ("data-nickname", "data-desc")),
}
"""WeChat's cards that only its app opens: what they are called, and what they say."""

_ON_DISK = re.compile(r"(?i)(\ssrc\s*=\s*[\"']?)((?:file:/|[a-z]:(?:[\\/]|%5c))[^\"'<>]{1,1000})")
"""`C:\\Users\\me\\a.png`, `file:///home/me/a.png`."""
_SONGS = names("qqmusic mp-common-qqmusic")
"""WeChat's cards of songs."""

_CUT_TAG = re.compile("</?[a-z]")
"""The beginning of a tag, where no whole tag is: one that was cut off."""

_NEVER_BARE = names("source param input embed link meta area track base object keygen")
"""Without an attribute these do nothing: who writes them bare means the word."""

_SELF_CLOSED = re.compile(r"""(?:^|[\s"'])/$""")
"""XHTML's `<a name="x"/>`; HTML would leave it open. (`<a href=http://x/>` is something else.)"""

_MATH_SCRIPT = re.compile(r"(?i)<script\b[^<>]*type=[\"']?math/tex([^<>]*)>([\s\S]{0,20000}?)</script\s*>")
_MAX_FALLBACK = 2_000
"""Characters of markup that a frame's customary sentence takes at most."""
_FIELD_CHARS = 40
_MAX_MATHML_CHARS = 20_000
_ANNOTATION = re.compile(r"(?i)<annotation\b[^<>]*tex[^<>]*>([\s\S]{0,20000}?)</annotation\s*>")
_DROPPED_WHOLE = "script style template noembed noframes textarea title head iframe object select math xmp"
_NEVER_LEFT_OPEN = names("script style template noembed noframes textarea title head select math xmp")
_OPTION = re.compile(r"(?i)</?opt(?:ion|group)\b[^<>]*>[^<]*")
_ATTRIBUTE_NAMES = re.compile(
    r"(?:class|id|style|on\w+|data-\S+|aria-\S+|title|alt|hidden|align|href|src|name|lang|dir|open|controls|"
    r"async|defer|allowfullscreen|disabled|checked|reversed|nowrap|noshade|v-\S+|:\S+|@\S+|_\S+|ng\S+|loading|border|"
    r"muted|autoplay|loop|playsinline|controlslist|preload|poster|default|required|readonly|multiple|selected|"
    r"ismap|itemscope|download|autofocus|inert|compact|(?:x|x5|webkit)-\S+|width|height|type|media|sizes|srcset)",
    re.IGNORECASE,
)


def pseudo_tags(draft: Draft) -> None:
    """Escape what is text; drop what hides content; protect code; rename foreign pictures and players."""
    text = without_comments(draft.text)
    if "math/tex" in text:
        text = _MATH_SCRIPT.sub(_tex, text)
    text = with_pictures(text)
    for name in _DROPPED_WHOLE.split():
        text = _without_hidden(text, name)
    text = PICTURE.sub(lambda found: with_quotes(found[0]), inside_code(text))
    foreign_ends = {found["name"].lower() for found in TAG.finditer(text) if found["end"]}
    parts: list[str] = []
    position = 0
    while found := TAG.search(text, position):
        between = text[position : found.start()]
        position = found.end()
        if "<" in found["attrs"] and (whole := TAG.fullmatch(closed := with_closed_quote(found[0]))):
            draft.broken |= whole[0] != found[0]
            position -= len(found[0]) - len(closed) + 1 if whole[0] != found[0] else 0
            found = whole
        draft.broken |= "<" in between and bool(_CUT_TAG.search(between))
        parts.append(escape_text(between))
        parts.append(_with_end(_judge(found, foreign_ends)))
    parts.append(escape_text(text[position:]))
    draft.text = "".join(parts)


def escape_text(text: str) -> str:
    """Text between tags: a bracket in it is a bracket."""
    return escape(text) if "<" in text or ">" in text else text


def _with_end(tag: str) -> str:
    """A frame ends where it begins: one left open would swallow the rest of the article."""
    name = tag[:8].lower()
    if name == "</iframe":
        return ""
    return f"{tag}</iframe>" if name.startswith("<iframe") and not tag.endswith("</iframe>") else tag


def _judge(found: re.Match[str], foreign_ends: set[str]) -> str:  # noqa: PLR0911 - one answer for each kind of tag
    name = found["name"].lower()
    whole = found[0]
    if name in _SONGS:
        return "" if found["end"] else _song(attributes(found["attrs"]))
    if name in _CARDS:
        return "" if found["end"] else _card(name, attributes(found["attrs"]))
    if name == "input" and "checkbox" in found["attrs"]:
        return "☑ " if re.search(r"\bchecked\b", found["attrs"]) else "☐ "
    if name in KNOWN or name in _RENAMED:
        if _is_prose(found, name):
            return escape(whole)
        renamed = _RENAMED.get(name)
        if _SELF_CLOSED.search(found["attrs"]) and name not in VOID and not found["end"]:
            return f"<{renamed or name}{found['attrs'][:-1]}></{renamed or name}>"
        if renamed is None:
            return _beside(whole) if name == "img" else whole
        mark = "" if found["end"] else _MARKS.get(name, "")
        return f"<{found['end']}{renamed}{mark}{found['attrs']}>"
    if _FOREIGN_MARKUP.fullmatch(name):
        return ""
    dressed = "=" in found["attrs"] and "-" in name
    if "-" in name and name.isascii() and (dressed or (name in foreign_ends and found["end"])):
        return ""
    return "" if "-" in name and name in foreign_ends and not found["attrs"] else escape(whole)


def _beside(image: str) -> str:
    """A picture of the writer's own disk is looked for beside the article, by its name alone."""
    return _ON_DISK.sub(lambda found: found[1] + re.split(r"(?i)[\\/]|%5c", found[2])[-1], image)


def _card(name: str, attrs: dict[str, str]) -> str:
    """The words of a card; nothing, if it has none."""
    kind, parts = _CARDS[name]
    said = " · ".join(unescape(attrs[part]).strip() for part in parts if attrs.get(part, "").strip())
    return f"<p>{kind}：{escape_attribute(said, quote=False)}</p>" if said else ""


def _song(attrs: dict[str, str]) -> str:
    """A player at the song's own page; without its id, what it is called."""
    title = " · ".join(filter(None, (attrs.get("music_name", ""), attrs.get("singer", ""))))
    song = attrs.get("mid", "")
    if song.isalnum():
        title = escape_attribute(unescape(title))
        return f'<iframe title="{title}" src="https://y.qq.com/n/ryqq/songDetail/{song}"></iframe>'
    return f"<p>音频：{escape(title)}</p>" if title.strip() else ""


def _is_prose(found: re.Match[str], name: str) -> bool:
    """Whether a tag with a name of HTML's is really text: `a <b and c> d`, `the <source> folder`."""
    attrs = found["attrs"].strip(" \t\n/")
    if found["end"]:
        return False
    if not attrs:
        return name in _NEVER_BARE or name == "plaintext"
    if "=" in attrs:
        return False
    return not all(_ATTRIBUTE_NAMES.fullmatch(word) or not word.isascii() for word in attributes(attrs))


def _tex(found: re.Match[str]) -> str:
    return _formula(found[2], display="display" in found[1])


def _formula(tex: str, *, display: bool) -> str:
    """TeX, its character references as they are, for the `formulas` step."""
    return f'<span data-math="{"display" if display else "inline"}">{escape(tex.strip())}</span>'


def _without_hidden(text: str, name: str) -> str:
    """Drop `<name>…</name>`; one that never ends is a word of the text, or an open tag that does no harm."""
    if f"<{name}" not in text and f"<{name.upper()}" not in text:
        return text
    start = re.compile(rf"(?i)<{name}(?=[\s/>])(?>(?:[^<>\"']|\"[^\"]{{0,20000}}\"|'[^']{{0,20000}}')*)>")
    end = re.compile(rf"(?i)</{name}\s*>")
    rewrite = _REWRITES.get(name, _nothing)
    parts: list[str] = []
    position = 0
    closing: re.Match[str] | None = None
    while found := start.search(text, position):
        if closing is None or closing.start() < found.end():
            closing = end.search(text, found.end())
        if closing is None:
            break
        before = text[position : found.start()]
        parts.append(before)
        content = text[found.end() : closing.start()]
        if ends_in_code(before):
            parts.append(text[found.start() : closing.end()])
        elif name == "iframe" and _is_article(content):
            parts.append(_iframe(found[0], ""))  # and what stands in it is looked through as well
            position = found.end()
            continue
        else:
            parts.append(rewrite(found[0], content))
        position = closing.end()
    rest = text[position:]
    if name in _NEVER_LEFT_OPEN:
        rest = start.sub(lambda found: escape(found[0]) if "=" not in found[0] else "", rest)
    return "".join(parts) + rest


def _nothing(_tag: str, _content: str) -> str:
    return ""


def _is_article(content: str) -> bool:
    """Whether a frame holds more than a word for browsers without frames."""
    return len(content) > _MAX_FALLBACK or not is_fallback(re.sub(r"<[^<>]*>", "", content))


def _iframe(tag: str, _content: str) -> str:
    return f"{tag}</iframe>"


def _object(tag: str, content: str) -> str:
    return tag + content + "</object>"


def _math(tag: str, content: str) -> str:
    """MathML: its TeX, where it brings that along, else as it is, for the `formulas` step."""
    attrs = attributes(tag)
    display = attrs.get("display") == "block" or attrs.get("mode") == "display"
    if annotation := _ANNOTATION.search(content):
        return _formula(annotation[1], display=display)
    if re.search(r"[\\^_]", attrs.get("alttext", "")):
        return _formula(attrs["alttext"], display=display)
    text = re.sub(r"<[^<>]*>", "", content)
    if len(content) > _MAX_MATHML_CHARS:
        return text
    return f'<span data-mathml="{escape_attribute(f"{tag}{content}</math>")}">{text}</span>'


def _select(_tag: str, content: str) -> str:
    """Its choices go; what else stands in it was swallowed."""
    return _OPTION.sub("", content)


def _textarea(tag: str, content: str) -> str:
    """What a page shows in it; those of forms hold nothing, or what is to be written there."""
    return _xmp(tag, content) if len(content.strip()) > _FIELD_CHARS else ""


def _xmp(_tag: str, content: str) -> str:
    return f"<pre>{escape(content.replace('&', '&amp;'))}</pre>"


_REWRITES: dict[str, Callable[[str, str], str]] = {
    "iframe": _iframe, "object": _object, "math": _math, "xmp": _xmp,
    "select": _select, "textarea": _textarea,
}  # fmt: skip
