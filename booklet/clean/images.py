"""Pictures: every address that the markup offers becomes a candidate, best first; lazy loading is undone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from booklet.clean.draft import Draft
from booklet.clean.image_urls import (
    LAZY,
    is_local,
    is_picture_path,
    is_placeholder,
    joined,
    largest_first,
    same_picture_key,
    tidy,
)
from booklet.clean.tree import Element, Node, bottom_up, elements, only_child, text_of
from booklet.model import Article, ImageRef

MAX_CANDIDATES = 8
_EMOJI_CLASS = re.compile(r"(?i)(?:^|[\s_-])(?:emoji|emoticon|smil(?:ey|ie)|wp-smiley|face|bq_emoji|emot)")
_EMOJI_PATH = re.compile(r"(?i)/(?:emoticons?|emojis?|smilies|smileys|face|expression|twemoji)/")
_NOT_CONTENT = re.compile(r"(?i)复制代码|複製代碼|copy code|avatar|头像|二维码关注|logo")
_NO_SCRIPT = re.compile(r"(?i)javascript|java script|启用脚本|啟用")


def reference(
    article: Article, candidates: list[str], *, alt: str = "", width: int | None = None
) -> ImageRef:
    """A picture's reference; its key is a hash of the candidates and of the place that paths start from."""
    place = _place(article, [candidate for candidate in candidates if is_local(candidate)])
    digest = hashlib.sha256("\n".join((place, *candidates)).encode("utf-8", "surrogatepass"))
    return ImageRef(digest.hexdigest()[:16], candidates[0], tuple(candidates), alt, width, article.id)


def images(draft: Draft) -> None:
    """Give every picture its reference; one without a usable address vanishes."""
    _merge_noscript(draft.root)
    for parent in bottom_up(draft.root):
        children: list[Node] = []
        for child in parent.children:
            if isinstance(child, str):
                children.append(child)
            elif child.name == "img":
                children.extend(_resolve(child, (), draft))
            elif child.name == "picture":
                children.extend(_picture(child, draft))
            elif child.name == "a" and (inner := _only_picture(child)) is not None:
                children.extend(_linked(child, inner, draft))
            else:
                children.append(child)
        parent.children = children


def _place(article: Article, paths: list[str]) -> str:
    """What else says which file is meant: nothing below the site's root, the post's folder, or the post.

    A bare name may lie in the post's own asset folder (https://hexo.io/docs/asset-folders).
    """
    if all(path.startswith("/") for path in paths):
        return ""
    if all(path.startswith(("/", "../")) for path in paths):
        return article.source.rpartition("/")[0]
    return article.source


def _only_picture(link: Element) -> Element | None:
    """The picture that is all of a link (a lightbox adds its file's name and size)."""
    if any(re.fullmatch(r"(?i)lightbox|fancybox|image-link", name) for name in link.classes()):
        return next((inner for inner in elements(link) if inner.name == "img"), None)
    return only_child(link, "img")


def _linked(link: Element, image: Element, draft: Draft) -> list[Node]:
    """A picture in a link: a link to a picture is its larger self, any other link is not one for paper."""
    href = tidy(link.attrs.get("href", ""))
    known = draft.images.get(image.attrs.get("key", ""))
    if known is None or not is_picture_path(href):
        return [image] if known else []
    return [_improved(known, [href], draft)]


def _improved(known: ImageRef, better: list[str], draft: Draft) -> Element:
    """The picture with better candidates before its own."""
    candidates = list(dict.fromkeys([*filter(None, map(tidy, better)), *known.candidates]))[:MAX_CANDIDATES]
    return _placed(reference(draft.article, candidates, alt=known.alt, width=known.width_hint), draft)


def _picture(picture: Element, draft: Draft) -> list[Node]:
    """`<picture>`: the `img` inside has been resolved; the widest sources go before it."""
    sources = [child for child in elements(picture) if child.name == "source"]
    offered: list[str] = []
    for source in sources:
        for name in ("srcset", "data-srcset"):
            offered.extend(largest_first(source.attrs.get(name, "")))
    image = next((child for child in elements(picture) if child.name == "img"), None)
    if image is None:
        return _resolve(Element("img"), tuple(offered[:3]), draft) if offered else []
    known = draft.images.get(image.attrs.get("key", ""))
    if known is None or not offered:
        return [image]
    return [_improved(known, offered[:3], draft)]


def _resolve(image: Element, better: tuple[str, ...], draft: Draft) -> list[Node]:
    attrs = image.attrs
    if "key" in attrs:
        return [image]
    alt = " ".join(attrs.get("alt", "").split())
    if _NOT_CONTENT.fullmatch(alt) or _is_avatar(attrs):
        return []
    if (
        _EMOJI_CLASS.search(attrs.get("class", ""))
        or _EMOJI_PATH.search(attrs.get("src", ""))
        or _is_glyph(attrs)
    ):
        return [alt] if alt else []
    candidates = _candidates(image, better, draft.article)
    if not candidates:
        return []
    if re.fullmatch(
        r"(?i)(?:image|img|图片|圖片|插图|[\w-]*\.(?:jpe?g|png|gif|webp|bmp)|[\w-]{20,})\s*", alt
    ):
        alt = ""
    alt = alt or " ".join(attrs.get("title", "").split())
    if is_picture_path(alt):
        alt = ""
    return [_placed(reference(draft.article, candidates, alt=alt[:500], width=_width(attrs)), draft)]


def _is_avatar(attrs: dict[str, str]) -> bool:
    """A face beside a name: on a page, not on paper."""
    small = attrs.get("width", "").isdecimal() and int(attrs["width"]) <= 64  # noqa: PLR2004 - CSS px
    return small and bool(re.search(r"(?i)\bavatar\b", attrs.get("class", "")))


def _is_glyph(attrs: dict[str, str]) -> bool:
    """Set as high as a letter: an icon."""
    return bool(re.search(r"(?i)(?:^|;)\s*width\s*:\s*[01](?:\.\d+)?r?em\b", attrs.get("style", "")))


def _placed(picture: ImageRef, draft: Draft) -> Element:
    draft.images.setdefault(picture.key, picture)
    width = {} if picture.width_hint is None else {"width": str(picture.width_hint)}
    return Element("img", {"src": f"image:{picture.key}", "key": picture.key, "alt": picture.alt, **width})


@dataclass(slots=True)
class _Offered:
    good: list[str] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)

    def add(self, raw: str) -> None:
        address = tidy(raw)
        if address:
            (self.placeholders if is_placeholder(address) else self.good).append(address)


def _candidates(image: Element, better: tuple[str, ...], article: Article) -> list[str]:
    """Best first: a link to the large picture, lazy attributes, the widest of `srcset`, `src`."""
    attrs = image.attrs
    offered = _Offered()
    for address in better:
        offered.add(address)
    for name in LAZY:
        if name in attrs:
            offered.add(attrs[name])
    for name in ("srcset", "data-srcset", "data-lazy-srcset"):
        for address in largest_first(attrs.get(name, ""))[:3]:
            offered.add(address)
    offered.add(attrs.get("src", ""))
    kept = offered.good or [address for address in offered.placeholders if not address.startswith("data:")]
    if article.url:
        kept = [*kept, *(joined(article.url, address) for address in kept if is_local(address))]
    return list(dict.fromkeys(filter(None, kept)))[:MAX_CANDIDATES]


def _width(attrs: dict[str, str]) -> int | None:
    for name in ("width", "data-width", "data-rawwidth", "data-w", "data-original-width", "w"):
        found = re.fullmatch(r"\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*", attrs.get(name, ""))
        if found and int(found[1]) > 0:
            return int(found[1])
    found = re.search(r"(?i)(?:^|;)\s*width\s*:\s*(\d{1,5})(?:\.\d+)?px", attrs.get("style", ""))
    return int(found[1]) if found else None


def _merge_noscript(root: Element) -> None:
    """A `noscript` holds the same picture without lazy loading: its address joins the twin's, and it goes."""
    for parent in bottom_up(root):
        for index, child in enumerate(parent.children):
            if not isinstance(child, Element) or "data-noscript" not in child.attrs:
                continue
            twins = [inner for inner in elements(child) if inner.name == "img"]
            neighbour = _neighbour(parent.children, index)
            if not twins:
                if _NO_SCRIPT.search(text_of(child)) or neighbour is not None:
                    parent.children[index] = ""
            elif neighbour is not None and len(twins) == 1:
                twin = twins[0].attrs
                neighbour.attrs.setdefault("data-original", twin.get("data-original") or twin.get("src", ""))
                if "srcset" in twin:
                    neighbour.attrs.setdefault("data-srcset", twin["srcset"])
                parent.children[index] = ""


def _neighbour(children: list[Node], index: int) -> Element | None:
    """The picture directly before or after, across white space, that seems to be the twin."""
    for step in (1, -1):
        place = index + step
        while 0 <= place < len(children) and isinstance(blank := children[place], str) and not blank.strip():
            place += step
        if 0 <= place < len(children) and isinstance(node := children[place], Element):
            found = node if node.name == "img" else only_child(node, "img")
            if found is not None and _is_lazy(found):
                return found
    return None


def _is_lazy(image: Element) -> bool:
    src = tidy(image.attrs.get("src", ""))
    return (
        not src
        or is_placeholder(src)
        or any(name in image.attrs for name in LAZY)
        or "lazy" in image.attrs.get("class", "")
    )


def lead(draft: Draft) -> None:
    """The article's own picture, unless the body shows it: it is never shown twice."""
    cover = tidy(draft.article.cover)
    if (
        not cover
        or is_placeholder(cover)
        or re.search(
            r"(?i)//(?:picsum\.photos|via\.placeholder\.com|placehold\.co|dummyimage\.com|placekitten\.com|loremflickr\.com)\b",
            cover,
        )
    ):
        return
    candidates = [cover]
    if is_local(cover) and draft.article.url:
        candidates.append(joined(draft.article.url, cover))
    wanted = same_picture_key(cover)
    shown = {
        same_picture_key(address)
        for element in elements(draft.root)
        if element.name == "img" and element.attrs.get("key") in draft.images
        for address in draft.images[element.attrs["key"]].candidates
    }
    if wanted not in shown:
        draft.lead = reference(draft.article, list(filter(None, candidates)))
