"""Players become video cards: `<div data-video="N"></div>` and a `Video`, which the theme sets."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from booklet.clean.draft import Draft
from booklet.clean.fallback import parted
from booklet.clean.inline.links import destination
from booklet.clean.players import absolute, by_attributes, by_settings, id_attributes, recognise
from booklet.clean.providers import Provider
from booklet.clean.tree import Element, Node, bottom_up, elements, text_of
from booklet.model import Video

_PLAYERS = frozenset(["iframe", "video", "audio", "embed", "object"])
_FILE = re.compile(r"(?i)\.(?:mp4|m4v|webm|mov|flv|m3u8|ogv|mp3|m4a|ogg|wav|aac|flac)(?:$|[?#])")
_AUDIO_FILE = re.compile(r"(?i)\.(?:mp3|m4a|ogg|wav|aac|flac)(?:$|[?#])")
_LAZY = (
    "src",
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-url",
    "data-video-src",
    "data-video-url",
    "data-mp4",
    "data-mpvid",
    "data",
)
_ADS = re.compile(
    r"(?i)doubleclick|googlesyndication|adsystem|/ads?/|adservice|pos\.baidu|googletagmanager|recaptcha|disqus|facebook\.com/plugins"
)
_VIDEO_LINK = re.compile(r"(?i)video-box|video-link|js_video\S*")
_CLIPPED = re.compile(r"(?i)position\s*:\s*absolute.{0,80}clip\s*:")
_OF_PLAYERS = frozenset(
    f"data-{name}" for name in ("vidtype", "video-id", "zkinfo", "videoid", "video-src", "video-url", "mp4")
)
"""Attributes of elements that a script makes players of, beside those in which providers' ids stand."""
_TOUTIAO = "tt-video-box"
"""Toutiao's player; a few words inside only stand for it."""
_FEW_CHARS = 40
_DATA_HOLDERS = (
    "data-zkinfo",
    "data-info",
    "data-config",
    "data-video",
    "data-setup",
    "data-options",
    "data-media",
)
"""Attributes in which pages hand their player's settings to a script."""

_POSTERS = ("poster", "data-poster", "data-cover", "data-thumb", "tt-poster")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\"'<>,}\\]+")
_PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp)(?:$|[?!@])")
_DATA_TITLE = re.compile(r"[\"']title[\"']\s*:\s*[\"']([^\"'\\]{1,200})[\"']")
_DATA_POSTER = re.compile(
    r"(?i)(?:poster|cover|thumb|pic|image)\w*[\"']?\s*:\s*[\"']((?:https?:)?(?:\\?/){2}[^\"'\s]+)"
)
_MAX_DATA = 4_000
"""Characters of settings that are looked through."""

_MAX_VIDEOS = 200
_LONG_ADDRESS = 80
_MAX_BARE = 200


def embeds(draft: Draft) -> None:
    """Replace every player; what only looks like one vanishes."""
    for parent in bottom_up(draft.root):
        if not any(isinstance(child, Element) and _is_player(child, draft) for child in parent.children):
            continue
        children: list[Node] = []
        for child in parent.children:
            if isinstance(child, Element) and draft.again and "data-video" in child.attrs:
                children.append(Element("video-card", {"data-video": child.attrs["data-video"]}))
            elif isinstance(child, Element) and _is_player(child, draft):
                children.extend(_replacement(child, draft))
            else:
                children.append(child)
        parent.children = children


def addresses(draft: Draft) -> None:
    """Replace paragraphs that are the address of a video and nothing else; in a table it is data."""
    stack = [draft.root]
    while stack:
        parent = stack.pop()
        if any(isinstance(child, Element) and child.name == "p" for child in parent.children):
            children: list[Node] = []
            for child in parent.children:
                video = (
                    _bare_video(child, draft) if isinstance(child, Element) and child.name == "p" else None
                )
                children.append(child if video is None else _card(video, draft))
            parent.children = children
        inner = (child for child in reversed(parent.children) if isinstance(child, Element))
        stack.extend(child for child in inner if child.name not in ("table", "p"))


def _bare_video(block: Node, draft: Draft) -> Video | None:
    """The address of a video alone in a paragraph: WordPress shows a player there, others a bare link."""
    words = text_of(block).strip() if isinstance(block, Element) else ""
    if not words.startswith("http") or len(words) > _MAX_BARE or any(map(str.isspace, words)):
        return None
    known = recognise(absolute(words), draft.providers)
    return Video(known[0].name, "", known[1]) if known and known[0].bare else None


def _is_player(element: Element, draft: Draft) -> bool:
    if element.name in _PLAYERS or (draft.again and "data-video" in element.attrs):
        return True
    if element.name == "img" and _FILE.search(element.attrs.get("src", "")):
        return True  # `![title](clip.mp4)`
    if element.name == "a" and any(map(_VIDEO_LINK.fullmatch, element.classes())):
        return True
    if element.name not in ("div", "span", "section"):
        return False
    return _TOUTIAO in element.classes() or (
        not (_OF_PLAYERS | id_attributes(draft.providers)).isdisjoint(map(str.lower, element.attrs))
        and not text_of(element).strip()
    )


def _replacement(player: Element, draft: Draft) -> list[Node]:
    """Its card, or what a reader may have instead; then what stands in it and is no part of it."""
    if player.name in ("a", "img"):
        return _shown(player, player, draft)
    own, rest = parted(player, short=_FEW_CHARS if _TOUTIAO in player.classes() else 0)
    shown = _shown(player, own, draft)
    there = {id(node) for node in shown}
    return [*shown, *(node for node in rest if id(node) not in there)]


def _shown(player: Element, own: Element, draft: Draft) -> list[Node]:
    """What takes the place of a player; `own` is the player with its own parts only."""
    attrs = player.attrs
    address = _address(own, draft.article.url, draft.providers)
    fallback = _content(player)
    already: list[Node] = [
        child for child in fallback if isinstance(child, Element) and child.name == "video-card"
    ]
    if not address:
        return already or _without_address(player, fallback, draft)
    if _ADS.search(address) or _CLIPPED.search(attrs.get("style", "")) or attrs.get("width") in ("0", "1"):
        return []
    found = recognise(address, draft.providers)
    known = (found[0].name, found[1]) if found else _only_on_its_page(player, address, draft.article.url)
    provider, watch = known or (_provider(address), address)
    title = _title(attrs)
    if known is None and not _FILE.search(urlsplit(address).path) and player.name not in ("video", "audio"):
        draft.report("embed-unknown", host=urlsplit(address).hostname or "")
        if player.name == "a":
            return [player]
        link = Element("p", {}, [Element("a", {"href": address}, [title or _short(address)])])
        return [*fallback, link] if text_of(player).strip() else [link]
    return [*_poster(own, title), _card(Video(provider, title, watch), draft)]


def _without_address(player: Element, fallback: list[Node], draft: Draft) -> list[Node]:
    """What a reader may have of it. Toutiao's videos are asked for by number: they play there alone."""
    title, page = _title(player.attrs), draft.article.url
    if "data-voice" in player.attrs and title:
        return [Element("p", {}, [f"音频：{title}"])]
    if _TOUTIAO not in player.classes():
        return [child for child in fallback if text_of(child).strip() or not isinstance(child, str)]
    if page:
        return [*_poster(player, title), _card(Video("头条视频", title, page), draft)]
    draft.report("video-without-address")
    return _poster(player, title)


def _title(attrs: dict[str, str]) -> str:
    """What the markup calls the video, unless that only says that it is one."""
    names = ("title", "data-title", "alt", "data-name", *(("name",) if "data-voice" in attrs else ()))
    in_data = (_DATA_TITLE.search(attrs.get(name, "")[:_MAX_DATA]) for name in _DATA_HOLDERS)
    title = next(filter(None, map(attrs.get, names)), "") or next(
        (found[1] for found in in_data if found), ""
    )
    title = " ".join(title.split())[:200]
    empty = r"(?i)(?:(?:youtube|bilibili|vimeo) )?(?:video )?player|iframe|embedded.*"
    return "" if re.fullmatch(empty, title) else title


def _only_on_its_page(player: Element, address: str, page: str) -> tuple[str, str] | None:
    """Videos and voices in WeChat's own store play nowhere but in the article that shows them."""
    if "data-voice" in player.attrs and page:
        return "微信音频", page
    if urlsplit(address).hostname != "mp.weixin.qq.com" or not page:
        return None
    return ("微信视频", page) if "wxv_" in address or "video" in address else None


def _short(address: str) -> str:
    """The address as a line can hold it, without its query."""
    parts = urlsplit(address)
    return address if len(address) <= _LONG_ADDRESS else f"{parts.hostname}{parts.path}"[:_LONG_ADDRESS]


def _card(video: Video, draft: Draft) -> Element:
    """The card of a video. The same one twice, as Flash and as HTML, is one card in the end (`cards`)."""
    if len(draft.videos) >= _MAX_VIDEOS:
        return Element("a", {"href": video.url}, [video.url])
    draft.videos.append(video)
    return Element("video-card", {"data-video": str(len(draft.videos) - 1)})


def _content(player: Element) -> list[Node]:
    """What stands inside a player for browsers without it: kept where it may be the article."""
    if player.name == "a":
        return [player]
    if player.name not in ("object", "div", "span", "section") or _TOUTIAO in player.classes():
        return []
    return [
        child
        for child in player.children
        if not (isinstance(child, Element) and child.name in ("param", "source"))
    ]


def _address(player: Element, base: str, providers: tuple[Provider, ...]) -> str:
    attrs = player.attrs
    inner = _inner_addresses(player, providers)
    own = (
        [destination(attrs.get("href", ""), base)]
        if player.name == "a"
        else [attrs.get(name, "") for name in _LAZY]
    )
    best = [address for address in inner if recognise(absolute(address), providers)]
    candidates = [*best, *own, *inner]
    for name in _DATA_HOLDERS:
        candidates.extend(_in_data(attrs.get(name, ""), providers))
    candidates.extend(by_attributes(attrs, providers))
    for candidate in candidates:
        if found := absolute(candidate):
            return _with_flash_variables(found, attrs.get("flashvars", ""))
    for candidate in candidates:
        if base and candidate and not re.match(r"(?i)[a-z][a-z0-9+.-]*:", candidate):
            return absolute(urljoin(base, candidate))
    return ""


def _inner_addresses(player: Element, providers: tuple[Provider, ...]) -> list[str]:
    """Addresses on the elements inside; a link to a page that shows the video is the best of all."""
    candidates: list[str] = []
    for inner in elements(player):
        if inner.name == "a" and recognise(absolute(inner.attrs.get("href", "")), providers):
            candidates.insert(0, inner.attrs["href"])
        elif inner.name in ("source", "embed", "iframe", "video"):
            candidates.append(inner.attrs.get("src", ""))
        elif inner.name == "param" and inner.attrs.get("name", "").lower() in ("movie", "src", "url"):
            candidates.append(inner.attrs.get("value", ""))
    return candidates


def _in_data(raw: str, providers: tuple[Provider, ...]) -> list[str]:
    """The addresses, then the ids, in the settings for a script (JSON, or nearly: read as text)."""
    raw = unquote(raw[:_MAX_DATA]).replace("\\/", "/")
    found = [address for address in _ADDRESS.findall(raw) if not _PICTURE.search(address)]
    known = [address for address in found if recognise(absolute(address), providers)]
    files = [address for address in found if _FILE.search(address)]
    return [*known, *by_settings(raw, providers), *files]


def _poster(player: Element, title: str) -> list[Node]:
    """The still picture that the markup offers, to stand before the card; `images` resolves it."""
    attrs = player.attrs
    inner = (node.attrs.get("poster", "") for node in elements(player) if node.name == "video")
    named = (attrs.get(name, "") for name in _POSTERS)
    in_data = (
        found[1] for name in _DATA_HOLDERS for found in _DATA_POSTER.finditer(attrs.get(name, "")[:_MAX_DATA])
    )
    address = next(filter(None, (*named, *inner, *in_data)), "").replace("\\/", "/")
    if re.match(r"(?i)https?%3a", address):
        address = unquote(address)
    return [Element("img", {"src": address, "alt": title})] if address else []


def _with_flash_variables(address: str, variables: str) -> str:
    if not variables or "?" in address:
        return address
    return f"{address}?{variables.replace('&amp;', '&')}"


def _provider(address: str) -> str:
    host = urlsplit(address).hostname or ""
    return f"音频 {host}" if _AUDIO_FILE.search(urlsplit(address).path) else host
