from __future__ import annotations

from lxml import etree

from booklet.render.epub import render_epub
from booklet.render.epub.package.navigation import Item
from booklet.render.epub.package.ncx import Page, ncx_document

from .epub_sample import CSS, META, booklet, chapters, standard_articles, unpacked

ITEMS = (
    Item("前言", "a.xhtml"),
    Item("一 <&>", "s1.xhtml", (Item("甲", "b.xhtml"), Item("乙", "c.xhtml"))),
    Item("二", "", (Item("丙", "d.xhtml"),)),
)


def ncx(pages: tuple[Page, ...] = ()) -> etree._Element:
    return etree.fromstring(
        ncx_document(ITEMS, identifier="urn:x", title="题 & 目", language="zh-CN", pages=pages)
    )


def heads(root: etree._Element) -> dict[str | None, str | None]:
    return {meta.get("name"): meta.get("content") for meta in root.iter("{*}meta")}


def test_the_head_tells_depth_and_identifier() -> None:
    root = ncx()
    assert heads(root) == {
        "dtb:uid": "urn:x",
        "dtb:depth": "2",
        "dtb:totalPageCount": "0",
        "dtb:maxPageNumber": "0",
    }
    assert root.findtext("{*}docTitle/{*}text") == "题 & 目"
    assert root.find("{*}pageList") is None


def test_points_are_in_order_and_the_same_place_has_the_same_number() -> None:
    points = list(ncx().iter("{*}navPoint"))
    assert [point.findtext("{*}navLabel/{*}text") for point in points] == [
        "前言",
        "一 <&>",
        "甲",
        "乙",
        "二",
        "丙",
    ]
    assert [point.get("playOrder") for point in points] == ["1", "2", "3", "4", "5", "5"]
    assert len({point.get("id") for point in points}) == len(points)
    (section,) = (point for point in points if point.findtext("{*}navLabel/{*}text") == "二")
    content = section.find("{*}content")
    assert content is not None
    assert content.get("src") == "d.xhtml"


def test_pages_are_listed_behind_the_contents() -> None:
    root = ncx((("ii", "a.xhtml#p-ii"), ("1", "b.xhtml#p-1"), ("12", "c.xhtml#p-12")))
    assert heads(root)["dtb:totalPageCount"] == "3"
    assert heads(root)["dtb:maxPageNumber"] == "12"
    targets = list(root.iterfind("{*}pageList/{*}pageTarget"))
    assert [(one.get("type"), one.get("value")) for one in targets] == [
        ("front", None),
        ("normal", "1"),
        ("normal", "12"),
    ]


def test_the_book_has_it_beside_the_navigation_document() -> None:
    book = booklet(*standard_articles())
    files = unpacked(render_epub(book, chapters(book), css=CSS, cover=None))
    package = etree.fromstring(files["EPUB/content.opf"])
    spine, items = package.find("{*}spine"), package.findall("{*}manifest/{*}item")
    assert spine is not None
    assert spine.get("toc") == "ncx"
    assert [item.get("href") for item in items if item.get("id") == "ncx"] == ["toc.ncx"]
    root = etree.fromstring(files["EPUB/toc.ncx"])
    assert heads(root)["dtb:uid"] == META.identifier
    assert heads(root)["dtb:depth"] == "2"
