"""Writers that tags of several languages share: pictures, players, listings, and tags that no table knows."""

from __future__ import annotations

import re
from html import escape

from booklet.clean.players import address_of
from booklet.clean.providers import Provider
from booklet.clean.tags.forms import (
    ADDRESS,
    BREAK,
    block,
    frame,
    is_machinery,
    link,
    listing,
    text,
    without_looks,
)
from booklet.clean.tags.tag import Tag, Writer

_READABLE = (
    *(
        "title",
        "summary",
        "caption",
        "header",
        "heading",
        "subheader",
        "name",
        "label",
        "text",
        "content",
        "desc",
    ),
    *(
        "description",
        "info",
        "message",
        "alt",
        "author",
        "attr",
        "source",
        "value",
        "badge",
        "date",
        "time",
        "quote",
    ),
)
"""Arguments by name that hold words for people, in whatever tag."""
_MEDIA = re.compile(
    r"(?:url=|src=)?[\"']?(https?://[^\s\"']+|[^\s\"'=,]+\.(?:mp4|webm|mov|m4v|mp3|m4a|ogg|flac|wav))"
)
_STILL = re.compile(r"(?:pic|poster|cover)[=:][\"']?(https?://[^\s\"']+)")
_MUSIC = {"song": "2", "playlist": "0", "album": "1"}


def nothing(tag: Tag) -> str:
    """A tag that shows nothing by itself; its content, if it has any, stays."""
    return tag.content or ""


def vanishes(_tag: Tag) -> str:
    """A tag whose content is nothing to read: styles, scripts, remarks."""
    return ""


def around(tag: Tag) -> str:
    """A tag that arranges what it holds: columns, galleries, centred text."""
    return f"{BREAK}{tag.content}{BREAK}" if tag.content else ""


def in_line(name: str) -> Writer:
    """A writer that puts a tag's content into an element within a line."""

    def write(tag: Tag) -> str:
        words = tag.content if tag.content is not None else text(" ".join(without_looks(tag.plain)))
        return f"<{name}>{words}</{name}>" if words else ""

    return write


def player(provider: Provider, tag: Tag) -> str:
    """A tag that means a provider: an argument, best one called `id`, `src` or `url`, is its id or URL."""
    words = [word.partition("=")[2] or word for word in tag.words]
    first = tag.named.get("id") or tag.named.get("src") or tag.named.get("url") or next(iter(tag.words), "")
    candidates = [first, *words, *tag.named.values()]
    found = (word if "//" in word else address_of(provider, word) for word in candidates)
    source = next(filter(None, found), "")
    if not source and first and provider.ids:  # a link to nowhere says more than nothing
        source = provider.ids[0][1].format(first)
    return frame(source, tag.named.get("title", "") or tag.named.get("label", ""))


def media_file(tag: Tag) -> str:
    """A film, a sound, or a page within the page: the first address."""
    found = _MEDIA.search(tag.raw)
    if not found:
        return unknown(tag)
    still = _STILL.search(tag.raw)
    return frame(found[1], tag.named.get("title", ""), still[1] if still else "")


def music(tag: Tag) -> str:
    """`{% meting "60198" "netease" "playlist" %}` (https://github.com/MoePlayer/hexo-tag-aplayer)."""
    words = [word.rpartition("=")[2] for word in [*tag.words, *tag.named.values()]]
    number = next(filter(str.isdecimal, words), "")
    kind = next((_MUSIC[word] for word in words if word in _MUSIC), "2")
    if number and "netease" in words:
        return frame(f"https://music.163.com/outchain/player?type={kind}&id={number}")
    found = _MEDIA.search(tag.raw)
    title = " ".join(filter(None, (tag.get("name"), tag.get("artist"))))
    if found and "meting" not in tag.name:
        return frame(found[1], title)
    return block(f"<p>{text(title)}</p>") if title else told(tag, "")


def drawing(language: str) -> Writer:
    """A diagram: its source as a listing that says what it is."""

    def write(tag: Tag) -> str:
        return listing(tag.inside, language) if tag.inside.strip() else ""

    return write


def gist(tag: Tag) -> str:
    """A snippet at GitHub: its address."""
    words = tag.words
    address = "https://gist.github.com/" + "/".join(words[:2] if words and "/" not in words[0] else words[:1])
    return link(address, address) if words else ""


def repository(host: str, *names: str) -> Writer:
    """A card of a repository: its name, as a link."""

    def write(tag: Tag) -> str:
        name = (
            tag.get(*names) or (tag.fields[0] if tag.language == "curly" else tag.get("", place=0))
        ).strip()
        address = tag.get("server").rstrip("/") or host
        return link(f"{address}/{name}", name) if name else ""

    return write


def file_link(tag: Tag) -> str:
    """A document that the page shows in a frame: its name, as a link."""
    address = tag.get("url", "src") or next(iter(tag.words), "")
    return f'<a href="{escape(address)}">{text(address.rpartition("/")[2])}</a>' if address else ""


def told(tag: Tag, written: str) -> str:
    """What was written, with a finding that something of the tag is not there."""
    tag.around.tell("tag-unresolved", tag.line, name=tag.name)
    return written


def unknown(tag: Tag) -> str:
    """A tag of no table: its words and its content, without its braces, and a finding."""
    tag.around.tell("tag-unknown", tag.line, name=tag.name)
    return readable(tag)


def readable(tag: Tag) -> str:
    """The words in a tag that are for people: titles by name, and what stands by place and is no keyword."""
    placed = [word for word in _placed(tag) if not is_machinery(word) and not ADDRESS.fullmatch(word)]
    if _is_terse(tag, placed):
        placed = []
    words = [
        *placed,
        *(tag.named[key] for key in _READABLE if tag.named.get(key) and not is_machinery(tag.named[key])),
    ]
    address = next(
        (word for word in (*_placed(tag), *tag.named.values()) if re.match(r"https?://\S+$", word)), ""
    )
    title = " ".join(words)
    if tag.content is None:
        return link(address, title) if address else text(title)
    head = block(f"<p><strong>{link(address, title)}</strong></p>") if title or address else ""
    return f"{head}{tag.content}" if "\n" in tag.content or head else tag.content


def _placed(tag: Tag) -> list[str]:
    if tag.language == "hugo":
        return tag.plain
    return [part for word in tag.plain for part in word.split(",") if part.strip()]


def _is_terse(tag: Tag, words: list[str]) -> bool:
    """Whether bare lower-case words or file names are all there is: those are keywords of the tag."""
    if any(mark in tag.raw for mark in "\"'`"):
        return False
    bare = all(re.fullmatch(r"[a-z0-9_./:@#-]{1,40}", word) for word in words)
    return bare and len(words) <= 2  # noqa: PLR2004 - three words are more likely a sentence
