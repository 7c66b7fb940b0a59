"""Hexo's tags within a line, or of one thing: pictures, links, marked words."""

from __future__ import annotations

import re
from html import escape

from booklet.clean.tags.common import (
    unknown,
)
from booklet.clean.tags.forms import (
    ADDRESS,
    PICTURE_FILE,
    block,
    is_looks,
    is_machinery,
    link,
    picture,
    text,
    without_looks,
)
from booklet.clean.tags.tag import Tag, Writer

_RELATIVE_PAGE = re.compile(r"\S+\.(?:md|markdown|html?)(?:#\S*)?")


def pictured(tag: Tag) -> str:
    """`[class] path [width] [height] [title [alt]]`; `image` has its words below it."""
    words = tag.plain if "," not in tag.raw else [part for part in tag.fields if "=" not in part]
    place = next((i for i, word in enumerate(words) if PICTURE_FILE.fullmatch(word) or "/" in word), None)
    if place is None:
        return unknown(tag)
    texts = [word for word in words[place + 1 :] if not re.fullmatch(r"\d+(?:px|%)?", word)]
    if len(texts) == 1 and (pair := re.findall(r"'([^']*)'", texts[0])):
        texts = pair
    elif not re.search(r"[\"']", tag.raw):
        texts = [" ".join(texts)]
    named = dict(part.split("=", 1) for part in tag.fields if "=" in part)
    alt = (texts[-1] if texts else "") or named.get("alt", "") or tag.named.get("alt", "")
    return picture(words[place], alt, alt if tag.name == "image" else "")


def inline_picture(tag: Tag) -> str:
    """A picture in a line of text."""
    address = tag.fields[0].split(" ")[0]
    return f'<img class="inline-picture" src="{escape(address)}" alt="">' if address else ""


def group_picture(tag: Tag) -> str:
    """Butterfly's `{% galleryGroup name description link picture %}`."""
    name, about, address, image = (*tag.words, "", "", "", "")[:4]
    return f"{picture(image, name, ' '.join(filter(None, (name, about))))}" if image else link(address, name)


def linked(tag: Tag) -> str:
    """`url, words, icon, title`; Volantis: `style, words, url, icon`; Hexo, Stellar: words, url by blanks."""
    parts = tag.fields if "," in tag.raw or "::" in tag.raw else tag.plain
    parts = [part for part in parts if part]
    place = next((i for i, part in enumerate(parts) if ADDRESS.fullmatch(part)), None)
    if place is None and len(parts) == 1 and _RELATIVE_PAGE.fullmatch(parts[0]):
        return f"/{parts[0].lstrip('/')}" if tag.in_address else text(parts[0])  # Jekyll's
    if place is None:
        return text(" ".join(without_looks(parts)))
    if len(tag.fields) > 1:
        shown = parts[place + 1 : place + 2] if place == 0 else parts[place - 1 : place]
    else:
        shown = parts[:place] or [part for part in parts[place + 1 :] if not is_machinery(part)]
    words = " ".join(part for part in shown if not is_machinery(part))
    return link(parts[place], words)


def hidden_in_line(tag: Tag) -> str:
    """Butterfly's words behind a button: the words."""
    return text(tag.fields[0])


def worded(element: str = "") -> Writer:
    """A writer of words in a line; those about their looks go: `red, 文字`, `primary@文字`, `文字 blue`."""

    def write(tag: Tag) -> str:
        joined = " ".join(tag.plain)
        before, mark, behind = joined.partition("@")
        if mark and is_looks(before):
            joined = behind
        else:
            before, mark, behind = joined.partition("::") if "::" in joined else joined.partition(",")
            joined = behind if mark and is_looks(before) else joined
        words = joined.strip()
        if tag.name in {"label", "badge", "hashtag", "mark"} and "@" not in tag.raw:
            words = " ".join(without_looks(words.split()))
        shown = text(words or tag.content or "")
        return f"<{element}>{shown}</{element}>" if element and shown else shown

    return write


def checkbox(tag: Tag) -> str:
    """`style, words`, Fluid's `words, checked`, Stellar's `checked:true words`."""
    parts = tag.fields
    style = parts[0] if len(parts) > 1 and is_looks(parts[0]) else ""
    words = ", ".join(parts[1:]) if style else parts[0]
    words = " ".join(
        word for word in words.split() if not re.match(r"(?:checked|color|symbol|inline):", word)
    )
    later = {part.lower() for part in parts[1:]} if not style else set()
    checked = (
        "checked" in style.split() or tag.named.get("checked") == "true" or bool(later & {"true", "checked"})
    )
    return f"{'☑' if checked else '☐'} {text(words)}"


def bubble(tag: Tag) -> str:
    """A word with an explanation that the site shows when it is pointed at."""
    word, note = (*tag.fields, "", "")[:2]
    return f"{text(word)}（{text(note)}）" if note else text(word)


def reference(tag: Tag) -> str:
    """A note's number with its source."""
    parts = [part for part in tag.fields if part]
    address = next((part for part in parts if "://" in part), "")
    words = " ".join(part for part in parts if part != address)
    return f"{text(words)} {link(address, '')}" if address else text(words)


def site(tag: Tag) -> str:
    """`title, url=…, description=…`."""
    named = {key.strip(): value.strip() for key, _, value in (part.partition("=") for part in tag.fields)}
    about = named.get("description", "")
    return block(f"<p>{link(named.get('url', ''), tag.fields[0])}{f'：{text(about)}' if about else ''}</p>")


def elsewhere(address: str, *, words: int = 1) -> Writer:
    """A writer of what another site shows: its address."""

    def write(tag: Tag) -> str:
        if len(tag.words) < words:
            return ""
        full = address.format(*tag.words)
        return link(full, full)

    return write


def asset_link(tag: Tag) -> str:
    """`filename [title]`: the file is not here, its title is."""
    words = [word for word in tag.words if word not in {"true", "false"}]
    return text(" ".join(words[1:]) or "".join(words))


def post_link(tag: Tag) -> str:
    """A link to the post of this file, with the title that is given, else its own."""
    words = [word for word in tag.words if word not in {"true", "false"}]
    if not words:
        return ""
    shown = " ".join(words[1:]) or words[0].partition("#")[0]
    titled = "" if words[1:] else ' data-titled=""'
    return f'<a data-wiki="{escape(words[0])}"{titled}>{text(shown)}</a>'
