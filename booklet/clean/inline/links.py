"""Links: http(s), mailto and anchors only; redirectors unwrapped; relative ones resolved or let go."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from booklet.clean.draft import Draft
from booklet.clean.neighbours import is_text_file
from booklet.clean.tree import Element, elements, has, text_of
from booklet.model import ARTICLE_LINK

_REDIRECTORS: dict[str, tuple[str, ...]] = {
    "link.zhihu.com": ("target",),
    "link.juejin.cn": ("target",),
    "link.csdn.net": ("target",),
    "link.jianshu.com": ("t",),
    "www.jianshu.com": ("url",),
    "www.oschina.net": ("url",),
    "my.oschina.net": ("url",),
    "jump.bdimg.com": ("url",),
    "www.douban.com": ("url",),
    "sspai.com": ("target",),
    "www.google.com": ("url", "q"),
    "l.facebook.com": ("u",),
    "www.youtube.com": ("q",),
    "steamcommunity.com": ("url",),
    "gitee.com": ("target",),
    "developers.weixin.qq.com": ("url",),
    "cloud.tencent.com": ("target",),
    "xie.infoq.cn": ("target",),
    "links.jianshu.com": ("to",),
    "weibo.cn": ("u",),
    "out.reddit.com": ("url",),
    "nitter.net": (),
}
"""Hosts that send readers on, and the parameters that hold the destination."""

_REDIRECT_PATH = re.compile(
    r"(?i)^/(?:$|url$|link2?/?$|go(?:towild|-wild|tolink)?$|action/gotolink$|redirect$|linkfilter/?$|l\.php$|sinaurl$|link$)"
)
_BARE_HOST = re.compile(
    r"(?i)(?:www\.[a-z0-9-]+\.[a-z]{2,}|[a-z0-9-]+\.(?:com|cn|org|net|io|gov\.cn|edu\.cn))(?:[/?#].*)?$"
)
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]*:")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"{}|\\^`]")


def destination(href: str, base: str) -> str:
    """Where a link leads, as an absolute address, `#anchor`, or empty if nowhere."""
    href = re.sub(r"[\x00-\x20\u3000]+", lambda found: "%20" if found[0] == " " else "", href.strip())
    if not href or href.startswith("#"):
        return href if len(href) > 1 else ""
    if href.startswith("//"):
        href = "https:" + href
    elif _BARE_HOST.match(href):
        href = "https://" + href
    elif not _SCHEME.match(href):
        if not base:
            return ""
        try:
            joined = urljoin(base, href)
        except ValueError:
            return ""
        if "#" in joined and joined.partition("#")[0] == base.partition("#")[0]:
            return "#" + joined.partition("#")[2]
        href = joined
    return _checked(_unwrapped(href))


def _unwrapped(href: str) -> str:
    for _ in range(3):
        try:
            parts = urlsplit(href)
            host = (parts.hostname or "").lower()
        except ValueError:
            return ""
        names = _REDIRECTORS.get(host)
        if not names or not _REDIRECT_PATH.match(parts.path):
            return href
        query = parse_qs(parts.query, max_num_fields=100) if parts.query.count("&") < 100 else {}  # noqa: PLR2004 - as above
        target = next((query[name][0] for name in names if name in query), "")
        if not re.match(r"(?i)https?://", target):
            target = unquote(target)
        if not re.match(r"(?i)https?://", target):
            return href
        href = target
    return href


def _checked(href: str) -> str:
    if re.match(r"(?i)mailto:[^@\s]+@[^@\s]+$", href):
        return href
    if not re.match(r"(?i)https?://[^/?#]", href):
        return ""
    try:
        parts = urlsplit(href)
        _ = parts.port
        if not parts.hostname or _NOT_IN_ADDRESS.search(parts.netloc):
            return ""
    except ValueError:
        return ""
    href = _LONE_PERCENT.sub("%25", href)
    href = _NOT_IN_ADDRESS.sub(lambda found: quote(found[0]), href)
    host = href.find(parts.netloc) + len(parts.netloc)  # brackets may stand in it alone (RFC 3986, 3.2.2)
    return href[:host] + href[host:].replace("[", "%5B").replace("]", "%5D")


def _stand_alone(card: Element) -> None:
    """Zhihu's card is a block of its own, which only a script makes one."""
    inner = Element("a", {"href": card.attrs["href"]}, card.children)
    card.name, card.attrs, card.children = "p", {}, [inner]


def _card_title(card: Element) -> str:
    """What a card says that its site's script fills in (Zhihu, Juejin)."""
    names = ("data-draft-title", "data-title", "data-text", "title")
    return next((title for name in names if (title := card.attrs.get(name, "").strip())), "")


def _to_article(element: Element, draft: Draft) -> str | None:
    """Where a link to another article leads; empty: nowhere that is known. None: it is no such link.

    A link that has no words of its own, or only the name of a file, gets the article's title.
    """
    name = element.attrs.pop("data-wiki", "")
    href = element.attrs.get("href", "").strip()
    article = draft.article
    if href.startswith(ARTICLE_LINK):
        return href if draft.again else None
    found = draft.neighbours.named(name, article) if name else None
    if found is None and not href.startswith("#"):
        found = draft.neighbours.find(href, article) if href else None
    fragment = unquote((name or href).partition("#")[2])
    if found is None:
        is_lost = is_text_file(href) and not _SCHEME.match(href) and not is_text_file(article.url)
        return "" if name or is_lost else None
    titled = element.attrs.pop("data-titled", None) is not None
    if titled or not (text_of(element).strip() or has(element, "img")):
        element.children = [found.title]
    if found.id == article.id:
        return f"#{fragment}" if fragment else ""
    return draft.neighbours.address(found, fragment)


def links(draft: Draft) -> None:
    """Give every link a destination that a reader can use, or make it plain text."""
    base = draft.article.url
    for element in elements(draft.root):
        if element.name != "a":
            element.attrs.pop("href", None)
            continue
        place = _to_article(element, draft)
        written = element.attrs.pop("href", "")
        href = destination(written, base) if place is None else place
        if href and not element.children and (title := _card_title(element)):
            element.children = [title]
        if href and (text_of(element).strip() or has(element, "img")):
            element.attrs["href"] = href
            if element.attrs.get("data-draft-type") == "link-card":
                _stand_alone(element)
        else:
            element.name = "span"
            if anchor := element.attrs.pop("name", ""):
                element.attrs.setdefault("id", anchor)
