"""What Hugo's shortcodes become."""

from __future__ import annotations

import re
from html import escape

from booklet.clean.tags.common import (
    music,
    readable,
    told,
)
from booklet.clean.tags.forms import (
    BREAK,
    block,
    box,
    folded,
    frame,
    is_machinery,
    link,
    listing,
    picture,
    quotation,
    strong_line,
    text,
    without_looks,
)
from booklet.clean.tags.tag import Tag, Writer

_MATH = re.compile(r"\s*(?:\$|\\\(|\\\[|\\begin)")


def figure(tag: Tag) -> str:
    """`src title caption attr attrlink link alt` (https://gohugo.io/shortcodes/figure/); LoveIt: by place."""
    source = tag.get("src", "url", "image_path", "image", place=0)
    if not source:
        return readable(tag)
    alt = tag.get("alt", place=1)
    words = [tag.named.get("title", ""), tag.named.get("caption", "") or tag.get("", place=2)]
    caption = " ".join(filter(None, words))
    by = tag.named.get("attr", "")
    if not by:
        return picture(source, alt, caption) if caption else block(f"<figure>{picture(source, alt)}</figure>")
    shown = link(tag.named.get("attrlink", ""), by)
    image = picture(source, alt)
    return block(
        f"<figure>{image}<figcaption>{text(caption)}{' ' if caption else ''}{shown}</figcaption></figure>"
    )


def picture_in_line(tag: Tag) -> str:
    """PaperMod's picture in a line of text."""
    return picture(tag.get("url", "src", place=0), tag.named.get("alt", ""))


def note(tag: Tag) -> str:
    """`type title open`; by name, too. Congo's and Blowfish's `alert` names an icon there."""
    placed = [] if tag.name in {"alert", "note", "lead"} and '"' not in tag.raw else tag.plain
    if tag.name in {"alert", "admonition", "callout", "hint", "notice"} and placed and placed[0].isascii():
        placed = placed[1:]
    title = tag.named.get("title") or tag.named.get("header") or " ".join(without_looks(placed))
    content = tag.content if tag.content is not None else ""
    if not content and not title:
        return ""
    return box(title, content)


def unfolded(tag: Tag) -> str:
    """What folds, open."""
    title = tag.get("summary", "title", "header", "label", "name", place=0)
    title = "" if is_machinery(title) else title
    if tag.content is None:
        return strong_line(title)
    return folded(title, tag.content)


def tab(tag: Tag) -> str:
    """Its name above it."""
    title = tag.get("title", "name", "label", "tabname", "header", place=0)
    return f"{strong_line('' if title.isdecimal() else title)}{tag.content or ''}{BREAK}"


def quoted(tag: Tag) -> str:
    """Stack's `author source url`; others' `author link title`, `cite`."""
    source = ", ".join(filter(None, (tag.get("author", "cite", place=0), tag.named.get("source", ""))))
    address = tag.named.get("url") or tag.named.get("link") or tag.named.get("href") or ""
    title = tag.named.get("title", "")
    if address and not title:
        title = tag.named.get("source", "")
        source = tag.get("author", "cite") if title else source
    return quotation(tag.content or "", source, address, title)


def button(tag: Tag) -> str:
    """A link that looks like a button."""
    address = tag.get("href", "url", "link", "relref", place=0)
    words = (tag.content or "").strip() or tag.get("text", "title", "label", place=1)
    return f'<a href="{escape(address)}">{words}</a>' if address and words else link(address, words)


def linked(tag: Tag) -> str:
    """LoveIt's `href content title`."""
    address = tag.get("href", "url", "link", place=0)
    words = (tag.content or "").strip()
    return (
        f'<a href="{escape(address)}">{words}</a>'
        if words
        else link(address, tag.get("content", "text", "title", place=1))
    )


def person(tag: Tag) -> str:
    """A card of a person or site: the name as a link, what is said of it behind."""
    address, name = tag.get("url", "link", place=0), tag.get("name", "title", place=1)
    about = (
        tag.named.get("bio") or tag.named.get("text") or tag.named.get("description") or tag.get("", place=2)
    )
    return f"{link(address, name)}{f'：{text(about)}' if about else ''}"


def showcase(tag: Tag) -> str:
    """DoIt's card of a site."""
    return block(f"<p>{person(tag)}</p>")


def moment(tag: Tag) -> str:
    """Blowfish's `timelineItem header badge subheader`, steps, cards: a head, and the rest below."""
    head = " · ".join(
        filter(None, (tag.named.get(key, "") for key in ("date", "header", "title", "badge", "subheader")))
    )
    head = head or " ".join(word for word in tag.plain if not is_machinery(word))
    below = tag.named.get("text") or tag.named.get("description") or ""
    above = f"{strong_line(head)}{block(f'<p>{text(below)}</p>') if below else ''}"
    return f"{above}{tag.content or ''}{BREAK}"


def figure_with_label(tag: Tag) -> str:
    """Blowfish's `stat value label`."""
    return text(" ".join(filter(None, (tag.get("value", place=0), tag.get("label", place=1)))))


def code(tag: Tag) -> str:
    """`highlight language "options"` (https://gohugo.io/shortcodes/highlight/)."""
    language = tag.get("language", "lang", "code", place=0)
    title = tag.named.get("title") or tag.named.get("filename") or ""
    return listing(tag.inside, language if re.fullmatch(r"[\w+#.-]{1,20}", language) else "", title)


def formula(tag: Tag) -> str:
    """A formula, with or without its own marks; without a content it only loads a script."""
    tex = tag.inside.strip()
    if not tex:
        return ""
    if _MATH.match(tex):
        return f"{BREAK}{tex}{BREAK}" if "\n" in tag.inside else tex
    return f"{BREAK}$${tex}$${BREAK}" if "\n" in tex else f"${tex}$"


def raw_html(tag: Tag) -> str:
    """Markup that goes to the page as it is."""
    return f"{BREAK}{tag.inside.strip()}{BREAK}" if "\n" in tag.inside else tag.inside


def reference(tag: Tag) -> str:
    """`ref` and `relref` are an address: that of the page's file; in a text they are a link to it."""
    path = tag.get("path", place=0)
    if tag.in_address or not path:
        return path
    return f'<a data-wiki="{escape(path)}" data-titled="">{text(path)}</a>'


def parameter(tag: Tag) -> str:
    """A value of the page's front matter (https://gohugo.io/shortcodes/param/)."""
    name = tag.get("", place=0)
    value: object = tag.around.article.extra
    for key in name.split("."):
        value = value.get(key) if isinstance(value, dict) or hasattr(value, "get") else None
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return text(str(value))
    if name.lower() in {"title", "author"}:
        article = tag.around.article
        return text(article.title if name.lower() == "title" else "、".join(article.authors))
    return told(tag, "")


def elsewhere(address: str, *names: str) -> Writer:
    """A writer of what another site shows: its address."""

    def write(tag: Tag) -> str:
        value = tag.get(*names, place=0)
        full = value if "//" in value else address.format(value)
        return link(full, tag.named.get("title") or tag.named.get("caption") or full) if value else ""

    return write


def tweet(tag: Tag) -> str:
    """A post on X, as a card."""
    number = tag.get("id", place=0)
    return (
        frame(f"https://platform.twitter.com/embed/Tweet.html?id={number}")
        if number.isdecimal()
        else told(tag, text(number))
    )


def played(tag: Tag) -> str:
    """LoveIt's `server type id` or `url name artist`, by name or by place."""
    server, kind, number = (tag.get(key, place=place) for place, key in enumerate(("server", "type", "id")))
    if server in {"netease", "tencent", "kugou", "xiami", "baidu"}:
        kinds = {"song": "2", "playlist": "0", "album": "1"}
        if server == "netease" and number.isdecimal():
            return frame(f"https://music.163.com/outchain/player?type={kinds.get(kind, '2')}&id={number}")
        return told(tag, "")
    return music(tag)


def directed(direction: str) -> Writer:
    """A writer of text that runs in a direction."""

    def write(tag: Tag) -> str:
        return (
            f'{BREAK}<div dir="{direction}">{BREAK}{tag.content}{BREAK}</div>{BREAK}' if tag.content else ""
        )

    return write
