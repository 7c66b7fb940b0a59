"""Which part of a saved page is the article; menus, footers and lists of other articles go, and are told.

What stands in `<article>`, or in the box in which a known site keeps its text, is taken as it is. Elsewhere
readability-lxml (Mozilla's algorithm) says which blocks are text. It drops too much of them itself: pictures,
tables, lists, 4 % of the text of 54 Chinese posts in six skins, resiliparse 7 % and trafilatura 18 %. So only
its choice is taken: of the element around these blocks all stays but what looks like furniture, 1 %.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

_BOXES = (
    *("id=js_content", "id=content_views", "id=article_content", "id=cnblogs_post_body", "id=artibody"),
    *("itemprop=articleBody", "class=Post-RichText", "class=rich_media_content", "class=article-viewer"),
)
"""Where WeChat, CSDN, Cnblogs, Sina, Zhihu, Juejin and pages marked up by schema.org keep their text."""
_FURNITURE_TAGS = frozenset({"nav", "aside", "footer", "form", "button", "select", "dialog", "menu"})
_FURNITURE = re.compile(
    r"(?i)(?:^|[-_ ])(?:nav(?:bar|igation)?|menu|crumbs?|breadcrumbs?|side(?:bar)?|foot(?:er)?|copyright|icp"
    r"|comments?|cmt|reply|replies|related?|recommend(?:ed|ations?)?|hot|rank(?:ing)?|share|sharing|social|login"
    r"|search|toolbar|banner|ads?|advert\w*|pager|pagination|prev(?:ious)?|next|prevnext|tags?|top(?:bar)?"
    r"|qr(?:code)?|subscribe)(?:$|[-_ ])"
)
"""Words of classes and ids."""
_BLOCKS_OF_TEXT = frozenset({"p", "pre", "table", "ul", "ol", "blockquote"})
_LINKS_SHARE = 0.6
"""Of a block's text within links, from which it is a list of links."""
_LEAST_LINKS = 3
_SHORT_CHARS = 200
"""A page of less text is read whole, unless it says what its article is."""
_MAIN_SHARE = 0.5
"""Of the text of all `<article>`s, that the one has which is the page's; else they are a list of teasers."""
_WHOLE_SHARE = 0.98
_MARK = "data-booklet-place"
_TEXTS = etree.XPath(".//text()[not(ancestor::script or ancestor::style or ancestor::template)]")
_MOST_TOLD = 4
_TOLD_CHARS = 16


@dataclass(frozen=True, slots=True)
class Content:
    """The article's markup, and what of the page does not go with it."""

    markup: str
    line: int
    """1-based line of the page on which it begins, as far as the parser knows."""
    dropped_chars: int
    dropped: tuple[str, ...]
    """First words of the larger parts that went."""


def find_content(tree: html.HtmlElement) -> Content | None:
    """The article of a page; None: all of the body is.

    Args:
        tree: the whole page; it is changed.
    """
    body = tree.find("body")
    total = _length(body) if body is not None else 0
    if body is None or not total:
        return None
    chosen, gone = _said(body), list[str]()
    if chosen is None and total > _SHORT_CHARS:
        chosen, gone = _by_readability(tree, body)
    kept = _length(chosen) if chosen is not None else total
    if chosen is None or kept >= total * _WHOLE_SHARE:
        return None
    told = [*_told(body, chosen), *gone]
    line = int(chosen.sourceline or 1)
    return Content("".join(_inner(chosen)), line, total - kept, tuple(told[:_MOST_TOLD]))


def _said(body: html.HtmlElement) -> html.HtmlElement | None:
    """What the page itself says to be its article: `<article>` around a known box, else either."""
    box = next((found for name in _BOXES if (found := _box(body, name)) is not None), None)
    if box is not None:
        around = next((one for one in box.iterancestors("article")), None)
        return around if around is not None else box
    articles = [
        one
        for one in body.iter("article")
        if next(one.iterancestors("article", "aside", "nav"), None) is None
    ]
    if not articles:
        return None
    lengths = [_length(one) for one in articles]
    longest = max(lengths)
    if longest and longest >= _MAIN_SHARE * sum(lengths):
        return articles[lengths.index(longest)]
    return None


def _box(body: html.HtmlElement, name: str) -> html.HtmlElement | None:
    attribute, _, value = name.partition("=")
    for element in body.iter(etree.Element):
        given = str(element.get(attribute) or "")
        if value in given.split() and (_length(element) or element.find(".//img") is not None):
            return element
    return None


def _by_readability(
    tree: html.HtmlElement, body: html.HtmlElement
) -> tuple[html.HtmlElement | None, list[str]]:
    """The smallest element around all blocks that Readability takes for text, rid of furniture; what went."""
    places = {str(place): element for place, element in enumerate(body.iter(etree.Element))}
    for place, element in places.items():
        element.set(_MARK, place)
    try:
        summary = _summary(html.tostring(tree, encoding="unicode"))
    finally:
        for element in places.values():
            element.attrib.pop(_MARK, None)
    marked = re.findall(rf'{_MARK}="(\d+)"', summary)
    taken = [
        places[place] for place in marked if place in places and places[place].tag not in ("body", "html")
    ]
    if not taken:
        return None, []
    around = _common_ancestor(taken)
    kept = {element for one in taken for element in (one, *one.iterancestors())}
    return around, list(_without_furniture(around, kept))


def _summary(page: str) -> str:
    """What Readability leaves of a page; empty if it gives up."""
    from readability import Document
    from readability.readability import Unparseable

    log = logging.getLogger("readability.readability")
    before, log.disabled = log.disabled, True
    try:
        return str(Document(page).summary())
    except (Unparseable, etree.LxmlError, ValueError, RecursionError, AttributeError, TypeError, KeyError):
        return ""
    finally:
        log.disabled = before


def _common_ancestor(elements: list[html.HtmlElement]) -> html.HtmlElement:
    paths = [[*reversed([one, *one.iterancestors()])] for one in elements]
    common = [steps[0] for steps in zip(*paths, strict=False) if all(step is steps[0] for step in steps)]
    found = common[-1]
    parent = found.getparent()
    # A single paragraph is not an article: its neighbours are.
    return (
        parent
        if found.tag in ("p", "pre", "table", "ul", "ol", "blockquote") and parent is not None
        else found
    )


def _without_furniture(around: html.HtmlElement, kept: set[html.HtmlElement]) -> Iterator[str]:
    """Take it out; gives the first words of each part."""
    stack = [around]
    while stack:
        element = stack.pop()
        children = list(element.iterchildren(etree.Element))
        text = [place for place, child in enumerate(children) if child in kept]
        for place, child in enumerate(children):
            if child in kept:
                stack.append(child)
            elif _is_furniture(child, between=bool(text) and text[0] < place < text[-1]):
                yield _first_words(child)
                child.drop_tree()


def _is_furniture(element: html.HtmlElement, *, between: bool) -> bool:
    """By its name and what it is called; by its links too, where it does not stand amid text."""
    if element.tag in _FURNITURE_TAGS:
        return True
    if _FURNITURE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
        return True
    links = [] if between else [*element.iter("a")]
    text = _length(element)
    return len(links) >= _LEAST_LINKS and sum(map(_length, links)) >= _LINKS_SHARE * text


def _inner(element: html.HtmlElement) -> Iterator[str]:
    if element.tag == "body":
        yield element.text or ""
        yield from (html.tostring(child, encoding="unicode") for child in element)
    else:
        yield html.tostring(element, encoding="unicode", with_tail=False)


def _told(body: html.HtmlElement, chosen: html.HtmlElement) -> Iterator[str]:
    """First words of the parts beside the article, outermost first."""
    inside = {chosen, *chosen.iterancestors()}
    for parent in [one for one in body.iter(etree.Element) if one in inside and one is not chosen]:
        for child in parent.iterchildren(etree.Element):
            if child not in inside and (words := _first_words(child)):
                yield words


def _first_words(element: html.HtmlElement) -> str:
    return " ".join(_visible(element).split())[:_TOLD_CHARS]


def _visible(element: html.HtmlElement) -> str:
    return "".join(
        map(str, element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::template)]"))
    )


def _length(element: html.HtmlElement) -> int:
    return len("".join(_visible(element).split()))
