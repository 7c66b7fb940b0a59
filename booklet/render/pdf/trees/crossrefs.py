"""Links to other articles of the booklet, for print: behind the linked words the page that they lead to.

The number stands in a slot of fixed width, so that it may be put in after the lines are broken: by the style
sheet (`target-counter`), or by whoever lays the book out in parts and learns the numbers last.
"""

from __future__ import annotations

from lxml import etree

NUMBER = "{page}"
DIGITS = ((12, 2), (120, 3))
"""Up to so many articles the book's numbers have so many digits: eight pages an article are much."""
MOST_DIGITS = 4


def digits(articles: int) -> int:
    """How many digits a slot has room for in a booklet of so many articles."""
    return next((count for most, count in DIGITS if articles <= most), MOST_DIGITS)


def set_page_refs(root: etree._Element, *, own: str, words: str, slot_digits: int) -> None:
    """Add `（见第 … 页）` behind the links to other articles, once for each in a paragraph.

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
