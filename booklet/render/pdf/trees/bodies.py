"""What print does to the body of an article, filled in as for any output, before it goes into its chapter.

Pictures stand in rows, notes at the feet of pages, formulas are drawn; links say on paper where they lead:
those to other articles by the page, those to the web by a number, under which the chapter's foot lists them.
"""

from __future__ import annotations

from lxml import etree

from booklet.render.chapters.body import Surroundings
from booklet.render.drawn.formulas import draw_formulas
from booklet.render.pdf.trees.footnotes import set_page_notes
from booklet.render.pdf.trees.list_numbers import set_list_numbers
from booklet.render.pdf.trees.listing import set_lines
from booklet.render.pdf.trees.picture_rows import set_rows
from booklet.render.pdf.trees.ruby import set_ruby
from booklet.render.pdf.trees.tables import name_continuations
from booklet.render.templates.context import LinkView
from booklet.render.text.characters import width_em
from booklet.words.printed import short_url

ANNOUNCING = ("：", ":", "↓", "⬇", "👇", "▼")
ANNOUNCEMENT_EM = 60.0
"""About two lines. A longer paragraph does more than announce."""
NUMBER = "{page}"
DIGITS = ((12, 2), (120, 3))
"""Up to so many articles the book's numbers have so many digits: eight pages an article are much."""
MOST_DIGITS = 4


def adapt_body(root: etree._Element, surroundings: Surroundings) -> tuple[LinkView, ...]:
    """Do all of it; the numbered links."""
    set_rows(root, surroundings.sizes)
    set_page_notes(root)
    draw_formulas(root)
    set_lines(root)
    set_list_numbers(root)
    name_continuations(root, surroundings.labels.get("table_continued", ""))
    set_ruby(root)
    set_page_refs(
        root,
        own=surroundings.prefix,
        words=surroundings.labels["page_ref"],
        slot_digits=digits(surroundings.articles),
    )
    links = number_links(root)
    keep_announcements(root)
    return links


def digits(articles: int) -> int:
    """How many digits a slot has room for in a booklet of so many articles."""
    return next((count for most, count in DIGITS if articles <= most), MOST_DIGITS)


def set_page_refs(root: etree._Element, *, own: str, words: str, slot_digits: int) -> None:
    """Add `（见第 … 页）` behind the links to other articles, once for each in a paragraph.

    The number stands in a slot of fixed width, so that it may be put in after the lines are broken: by the
    style sheet (`target-counter`), or by whoever lays the book out in parts and learns the numbers last.

    Args:
        root: the body.
        own: the id of the article itself; its anchors begin with it.
        words: what is said, with `{page}`.
        slot_digits: the width of the number's slot.
    """
    before, _, after = words.partition(NUMBER)
    named: set[tuple[etree._Element | None, str]] = set()
    for link in list(root.iter("a")):
        target = link.get("href", "")
        if not target.startswith("#a-") or target.startswith(f"#{own}"):
            continue
        outer = {parent.tag: parent for parent in link.iterancestors()}
        block = next((outer[tag] for tag in ("td", "li", "p") if tag in outer), None)
        if "pre" in outer or not "".join(map(str, link.itertext())).strip() or (block, target) in named:
            continue
        named.add((block, target))
        reference = etree.Element("span", {"class": "page-ref"})
        etree.SubElement(reference, "span").text = before.lstrip()
        slot = {"class": f"page-ref-number digits-{slot_digits}", "href": target}
        etree.SubElement(reference, "a", slot).text = ""
        etree.SubElement(reference, "span").text = after
        reference.tail, link.tail = link.tail, before[: len(before) - len(before.lstrip())]
        link.addnext(reference)


def number_links(root: etree._Element) -> tuple[LinkView, ...]:
    """Give outside links numbers, one for each address; those that show their address need none."""
    numbers: dict[str, int] = {}
    for link in list(root.iter("a")):
        url = link.get("href", "")
        text = "".join(map(str, link.itertext())).strip()
        if not url.startswith(("http://", "https://")) or not text or _shows(text, url):
            continue
        if link.getparent() is not None and any(parent.tag == "pre" for parent in link.iterancestors()):
            continue
        number = numbers.setdefault(url, len(numbers) + 1)
        mark = etree.Element("sup", {"class": "link-number"})
        mark.text = str(number)
        mark.tail, link.tail = link.tail, None
        link.addnext(mark)
    return tuple(LinkView(number, url, short_url(url)) for url, number in numbers.items())


def _shows(text: str, url: str) -> bool:
    """Whether a link's text is its address already."""
    bare = text.rpartition("://")[2].rstrip("/")
    return bare in {url.rpartition("://")[2].rstrip("/"), short_url(url)}


def keep_announcements(root: etree._Element) -> None:
    """Mark the short paragraphs that announce the video card below them."""
    for card in root.iterchildren("div"):
        before = card.getprevious()
        if card.get("class") != "video-card" or before is None or before.tag != "p":
            continue
        text = "".join(map(str, before.itertext())).strip()
        if text.endswith(ANNOUNCING) and width_em(text) <= ANNOUNCEMENT_EM:
            before.set("class", f"{before.get('class', '')} keep".strip())
