"""An article's cleaned body made ready for a chapter: ids, pictures, video cards, numbers of notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup

from booklet.model import CleanArticle, ImageAsset
from booklet.render.chapters.pictures import fill_pictures
from booklet.render.templates.context import LinkView, PictureView
from booklet.render.text.places import PLACE, number_blocks

MANY_COLUMNS = 6
SHORT_TABLE_ROWS = 8
SHORT_TABLE_CHARS = 400
HEADINGS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True)
class Drawers:
    """How the theme draws what a body has no element for."""

    missing_picture: Callable[[PictureView], etree._Element]
    video_card: Callable[[int], etree._Element]
    """By index into the article's videos."""
    animated: str
    """The words under a picture that moved."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an output may want to know of the book around a body."""

    prefix: str
    """Of all ids in the body: the id of its chapter."""
    labels: Mapping[str, str]
    """In the article's language, if the theme speaks it."""
    images: Mapping[str, ImageAsset]
    """Of the book, by key."""
    sizes: Mapping[str, tuple[int, int]]
    """Width and height in pixels, by the picture's `src`."""
    articles: int
    """In the book."""


Adapt = Callable[[etree._Element, Surroundings], tuple[LinkView, ...]]
"""What an output does to a body beyond what all need; gives the links that the chapter lists at its foot."""


def told_of_each(adapt: Adapt | None, tell: Callable[[], None]) -> Adapt:
    """The same change, with `tell` called before each body: it may end the work."""

    def adapted(root: etree._Element, surroundings: Surroundings) -> tuple[LinkView, ...]:
        tell()
        return adapt(root, surroundings) if adapt else ()

    return adapted


@dataclass(frozen=True, slots=True)
class Body:
    """A body in its chapter."""

    markup: Markup
    root: etree._Element
    """Holds the same."""
    links: tuple[LinkView, ...]


def fill_body(
    article: CleanArticle,
    surroundings: Surroundings,
    drawers: Drawers,
    *,
    adapt: Adapt | None = None,
    codes: bool = False,
) -> Body:
    """Fill in a body.

    Args:
        article: whose body it is.
        surroundings: of the body.
        drawers: the theme's.
        adapt: the output's own changes. They come before notes are numbered: print moves some of those away.
        codes: boxes of missing pictures get QR codes.
    """
    prefix = surroundings.prefix
    root = _tree_of(article)
    number_blocks(root)
    _prefix_ids(root, prefix)
    fill_pictures(
        root,
        article,
        surroundings.images,
        missing=drawers.missing_picture,
        animated=drawers.animated,
        codes=codes,
    )
    _fill_videos(root, article, drawers)
    _mark_tables(root)
    links = adapt(root, surroundings) if adapt else ()
    _number_notes(root)
    _drop_idle_rules(root)
    outer = etree.tostring(root, encoding="unicode")
    inner = outer.removeprefix("<div>").removesuffix("</div>") if outer != "<div/>" else ""
    return Body(Markup(inner), root, links)  # noqa: S704 - the cleaned body, serialised from a tree


def _tree_of(article: CleanArticle) -> etree._Element:
    """The cleaned body to be changed; parsed if it was not cleaned here, but read back."""
    root = article.parsed.copy(article.body) if article.parsed else None
    if root is not None:
        return root
    # `recover`: a body that is not well-formed is a fault of cleaning, and no reason to lose the article.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    return etree.fromstring(f"<div>{article.body}</div>", parser)


def _elements(root: etree._Element, *names: str) -> list[etree._Element]:
    return list(root.iter(*names))


def _add_class(element: etree._Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _replace(old: etree._Element, new: etree._Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)


def _prefix_ids(root: etree._Element, prefix: str) -> None:
    seen: set[str] = set()
    for element in root.iter():
        anchor = element.get("id")
        if anchor is not None:
            if anchor in seen:
                del element.attrib["id"]
            else:
                seen.add(anchor)
                element.set("id", f"{prefix}-{anchor}")
    for link in _elements(root, "a"):
        target = link.get("href", "")
        if target.startswith("#"):
            if target[1:] in seen:
                link.set("href", f"#{prefix}-{target[1:]}")
            elif not target.startswith("#a-"):  # to another article's chapter (`compose.entry_id`)
                del link.attrib["href"]


def _fill_videos(root: etree._Element, article: CleanArticle, drawers: Drawers) -> None:
    for place in _elements(root, "div"):
        index = place.get("data-video", "")
        if not index:
            continue
        if index.isdecimal() and int(index) < len(article.videos):
            card = drawers.video_card(int(index))
            card.set(PLACE, place.get(PLACE, ""))
            _replace(place, card)
        else:
            del place.attrib["data-video"]


def _mark_tables(root: etree._Element) -> None:
    """Tables with many columns get a smaller face; short ones stay on one page."""
    for table in _elements(root, "table"):
        columns = max(
            (len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")), default=0
        )
        if columns > MANY_COLUMNS:  # print has a closer look (`booklet.render.pdf.trees.tables`)
            _add_class(table, "many-columns")
        rows = sum(1 for _ in table.iter("tr"))
        pictures = sum(1 for _ in table.iter("img"))
        short = len("".join(map(str, table.itertext()))) <= SHORT_TABLE_CHARS and pictures <= 1
        if rows <= SHORT_TABLE_ROWS and short:
            _add_class(table, "short")


def _number_notes(root: etree._Element) -> None:
    """Print each footnote's number before it; in the text it is the call's."""
    calls = {call.get("href"): call.text for call in _elements(root, "a") if call.get("class") == "noteref"}
    for note in _elements(root, "aside"):
        number = calls.get(f"#{note.get('id')}")
        if not number:
            continue
        mark = etree.Element("span", {"class": "note-number"})
        holder = note[0] if len(note) and note[0].tag == "p" and not (note.text or "").strip() else note
        mark.text, mark.tail, holder.text = number, holder.text, None
        holder.insert(0, mark)


def _drop_idle_rules(root: etree._Element) -> None:
    """Take out rules that part nothing: at either end, doubled, or before a heading, which parts better."""
    for rule in _elements(root, "hr"):
        before, after = rule.getprevious(), rule.getnext()
        parent = rule.getparent()
        if (
            parent is None
            or (rule.tail or "").strip()
            or (before is not None and (before.tail or "").strip())
        ):
            continue
        at_end = parent is root and ((before is None and not (root.text or "").strip()) or after is None)
        if at_end or (after is not None and after.tag in {"hr", *HEADINGS}):
            parent.remove(rule)
