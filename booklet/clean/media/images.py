"""Pictures: every address that the markup offers becomes a candidate, best first; lazy loading is undone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from booklet.clean.draft import Draft
from booklet.clean.media.decoration import is_emoji_text, is_small, mark, stand_in
from booklet.clean.media.image_offers import of_image, of_sources
from booklet.clean.media.image_urls import (
    is_local,
    is_picture_path,
    is_placeholder,
    joined,
    linked_picture,
    same_picture_key,
    shows_nothing,
    tidy,
)
from booklet.clean.media.noscript import merge_noscript
from booklet.clean.tree import Element, Node, bottom_up, elements, has, only_child, text_of
from booklet.model import Article, ImageRef

MAX_CANDIDATES = 8
_NOT_CONTENT = re.compile(r"(?i)复制代码|複製代碼|copy code|avatar|头像|二维码关注|logo")
_NO_WORDS = re.compile(
    r"(?i)(?:image|img|picture|图片|圖片|插图|在这里插入图片描述|请输入图片描述|图片描述|输入图片说明|image\.png|"
    r"[\w-]*\.(?:jpe?g|png|gif|webp|bmp)|[\w-]{20,})\s*"
)
"""Texts of pictures that editors write when the author wrote none."""

_BACKGROUND = re.compile(
    r"(?i)(?:^|;)\s*background(?:-image)?\s*:[^;]{0,200}?url\(\s*(?:&quot;|[\"'])?([^\s\"'()&][^\"'()]{3,4000}?)(?:&quot;|[\"'])?\s*\)"
)
_BACKGROUNDS = (
    "data-bg",
    "data-background",
    "data-background-image",
    "data-bg-src",
    "data-lazy-background",
    "data-bgset",
)
_TILED = re.compile(r"(?i)(?:^|[;\s])(?:repeat(?:-[xy])?)(?=[\s;]|$)|background-position\s*:\s*-\d")


def reference(
    article: Article, candidates: list[str], *, alt: str = "", width: int | None = None
) -> ImageRef:
    """A picture's reference; its key is a hash of the candidates and of the place that paths start from."""
    place = _place(article, [candidate for candidate in candidates if is_local(candidate)])
    digest = hashlib.sha256("\n".join((place, *candidates)).encode("utf-8", "surrogatepass"))
    return ImageRef(digest.hexdigest()[:16], candidates[0], tuple(candidates), alt, width, article.id)


def images(draft: Draft) -> None:
    """Give every picture its reference; one without a usable address vanishes."""
    merge_noscript(draft.root)
    _draw_backgrounds(draft.root)
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
    """What paths start from, for the key of a picture: "" for the site's root, the post's folder, the post.

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
    """A picture in a link. A link to a picture gives the same in full size; any other link is dropped."""
    known = draft.images.get(image.attrs.get("key", ""))
    if known is None:
        return []
    full = linked_picture(link.attrs.get("href", ""))
    if not full or "inline-formula" in image.classes():
        return [image]
    if "inline-picture" in image.classes():  # a thumbnail: its size says nothing of the picture
        known = replace(known, width_hint=None)
    return [_improved(known, [full], draft)]


def _improved(known: ImageRef, better: list[str], draft: Draft, worse: Sequence[str] = ()) -> Element:
    """The picture with better candidates before its own, and others behind them."""
    better, others = ([*filter(None, map(tidy, some))] for some in (better, worse))
    candidates = list(dict.fromkeys([*better, *known.candidates, *others]))[:MAX_CANDIDATES]
    return _placed(reference(draft.article, candidates, alt=known.alt, width=known.width_hint), draft)


def _picture(picture: Element, draft: Draft) -> list[Node]:
    """`<picture>`: the `img` inside has been resolved; what is wider goes before it."""
    sources = [child for child in elements(picture) if child.name == "source"]
    before, after = of_sources(sources)
    image = next((child for child in elements(picture) if child.name == "img"), None)
    known = draft.images.get(image.attrs.get("key", "")) if image is not None else None
    if known is None or image is None:
        return _resolve(Element("img"), (*before, *after), draft) if before or after else []
    if "class" in image.attrs or not (before or after):
        return [image]
    return [_improved(known, before[:3], draft, after[:2])]


def _resolve(image: Element, better: tuple[str, ...], draft: Draft) -> list[Node]:
    attrs = image.attrs
    if "key" in attrs:
        return [image]
    if draft.again and (known := draft.images.get(attrs.get("src", "").removeprefix("image:"))):
        return [_placed(known, draft, attrs.get("class", ""))]
    alt = " ".join(attrs.get("alt", "").split())
    if _NOT_CONTENT.fullmatch(alt) or _is_avatar(attrs):
        return []
    candidates = _candidates(image, better, draft.article)
    source = candidates[0] if candidates else attrs.get("src", "")
    replacement = stand_in(image, source, alt)
    if replacement is not None:
        return replacement
    if not candidates:
        return []
    alt = "" if _NO_WORDS.fullmatch(alt) else alt
    alt = alt or " ".join(attrs.get("title", "").split())
    if is_picture_path(alt) or is_emoji_text(alt):
        alt = ""
    picture = reference(draft.article, candidates, alt=alt[:500], width=_width(attrs))
    return [_placed(picture, draft, mark(image, source))]


def _is_avatar(attrs: dict[str, str]) -> bool:
    """Whether it is a face beside a name, which pages show and books do not."""
    small = attrs.get("width", "").isdecimal() and int(attrs["width"]) <= 64  # noqa: PLR2004 - CSS px
    return small and bool(re.search(r"(?i)\bavatar\b", attrs.get("class", "")))


def _draw_backgrounds(root: Element) -> None:
    """A box that holds nothing but its background is a picture (not a tile, not one of a sheet of icons)."""
    for box in elements(root):
        if box.name not in ("div", "span", "a", "figure", "section", "p"):
            continue
        style = box.attrs.get("style", "")
        address = next((box.attrs[name] for name in _BACKGROUNDS if "/" in box.attrs.get(name, "")), "")
        found = _BACKGROUND.search(style) if not address and "background" in style.lower() else None
        address = address.split()[0] if address else found[1] if found else ""
        if not address or _TILED.search(style) or has(box, "img", "iframe", "video", "table", "svg"):
            continue
        if text_of(box).strip() or is_small(box) or not is_picture_path(tidy(address)):
            continue
        box.children = [Element("img", {"src": address, "alt": box.attrs.get("title", "")})]


def _placed(picture: ImageRef, draft: Draft, mark: str = "") -> Element:
    draft.images.setdefault(picture.key, picture)
    attrs = {"src": f"image:{picture.key}", "key": picture.key, "alt": picture.alt}
    if picture.width_hint is not None:
        attrs["width"] = str(picture.width_hint)
    if mark:
        attrs["class"] = mark
    return Element("img", attrs)


@dataclass(slots=True)
class _Offered:
    good: list[str] = field(default_factory=list)
    placeholders: list[str] = field(default_factory=list)

    def add(self, raw: str) -> None:
        address = tidy(raw)
        if address:
            (self.placeholders if is_placeholder(address) else self.good).append(address)


def _candidates(image: Element, better: tuple[str, ...], article: Article) -> list[str]:
    """Best first; a placeholder is one only if nothing else is offered, and it shows something."""
    offered = _Offered()
    for address in (*better, *of_image(image)):
        offered.add(address)
    kept = offered.good or [address for address in offered.placeholders if not shows_nothing(address)]
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


def lead(draft: Draft) -> None:
    """Set the article's own picture. If the body shows it already, its address is one more of that one."""
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
    if is_local(cover) and draft.article.url and (address := joined(draft.article.url, cover)):
        candidates.append(address)
    wanted = same_picture_key(cover)
    keys = dict.fromkeys(
        element.attrs.get("key", "") for element in elements(draft.root) if element.name == "img"
    )
    shown = [draft.images[key] for key in keys if key in draft.images]
    alike = [ref for ref in shown if wanted in map(same_picture_key, ref.candidates)]
    for ref in alike:
        draft.images[ref.key] = replace(ref, candidates=tuple(dict.fromkeys((*ref.candidates, *candidates))))
    if not alike:
        draft.lead = reference(draft.article, candidates)
