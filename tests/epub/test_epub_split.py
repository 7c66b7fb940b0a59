from __future__ import annotations

import pytest
from lxml import etree

from booklet.model import Chapter
from booklet.render.epub import render_epub
from booklet.render.epub.documents.document import XHTML, document
from booklet.render.epub.documents.split import split

from .epub_sample import CSS, package, unpacked, with_body

HTML = {"x": XHTML}
VALIDATORS_LIMIT = 256_000
"""EBPAJ's; Adobe's engine takes 260 KB."""
LIMIT = 4_000


def parts(xhtml: str) -> tuple[etree._Element, ...]:
    whole = document(Chapter("a-1", "article", "长文", "zh-CN", xhtml), name="a-1.xhtml", language="zh-CN")
    made = split(whole, max_bytes=LIMIT)
    assert [one.name for one in made] == [
        "a-1.xhtml",
        *(f"a-1-{number}.xhtml" for number in range(2, len(made) + 1)),
    ]
    for one in made:
        assert len(one.to_bytes()) <= LIMIT
        etree.fromstring(one.to_bytes())
    return tuple(one.root for one in made)


def text(roots: tuple[etree._Element, ...]) -> str:
    return "".join(str(piece) for root in roots for piece in root.itertext())


def paragraphs(count: int) -> str:
    return "".join(f'<p id="p{number}">第{number}段，{"字" * 60}</p>' for number in range(count))


def test_a_long_chapter_is_cut_between_blocks_with_nothing_lost() -> None:
    body = paragraphs(60)
    roots = parts(
        f'<article id="a-1" class="article" lang="zh-CN"><h1>题</h1><div class="body">{body}</div></article>'
    )
    assert len(roots) > 3
    assert text(roots) == "题" + "".join(f"第{number}段，{'字' * 60}" for number in range(60))
    assert [root.get("class") for root in roots] == ["article"] * len(roots)
    assert [root.get("id") for root in roots] == ["a-1"] + [None] * (len(roots) - 1)
    assert all(root.find("x:div[@class='body']", HTML) is not None for root in roots)
    sizes = [len(text((root,))) for root in roots]
    assert min(sizes) * 2 > max(sizes)


def test_a_heading_stays_with_what_follows() -> None:
    body = "".join(f"<h2>标题{number}</h2><p>{'字' * 350}</p>" for number in range(12))
    for root in parts(f'<article id="a-1">{body}</article>'):
        assert etree.QName(root[-1]).localname == "p"


def test_headings_do_not_stand_alone_in_front_of_a_block_that_is_too_long() -> None:
    xhtml = f'<article id="a-1"><h1>题</h1><h2>一</h2><p>{"字" * 3000}</p><p>末</p></article>'
    whole = document(Chapter("a-1", "article", "长", "zh-CN", xhtml), name="a-1.xhtml", language="zh-CN")
    first, second = split(whole, max_bytes=LIMIT)
    assert [etree.QName(block).localname for block in first.root] == ["h1", "h2", "p"]
    assert text((second.root,)) == "末"


@pytest.mark.parametrize(
    ("attributes", "first", "step"),
    [("", 1, 1), (' start="5"', 5, 1), (' reversed="reversed"', 90, -1), (' start="x"', 1, 1)],
)
def test_a_numbered_list_goes_on_counting(attributes: str, first: int, step: int) -> None:
    items = "".join(f"<li>第{number}项{'字' * 40}</li>" for number in range(90))
    roots = parts(f'<article id="a-1"><ol{attributes}>{items}</ol></article>')
    assert len(roots) > 2
    expected = first
    for number, root in enumerate(roots):
        (numbered,) = root.iterfind("x:ol", HTML)
        start = numbered.get("start")
        if number or step < 0:
            assert start == str(expected)
        expected += step * len(numbered)
    assert expected == first + step * 90


def test_a_table_is_cut_between_rows_but_not_where_cells_span_rows() -> None:
    row = f"<tr><td>{'字' * 40}</td></tr>"
    plain = f'<article id="a-1"><table><tbody>{row * 60}</tbody></table></article>'
    assert sum(len(list(root.iter(f"{{{XHTML}}}tr"))) for root in parts(plain)) == 60
    spanned = plain.replace("<td>", '<td rowspan="2">', 1)
    whole = document(Chapter("a-1", "article", "表", "zh-CN", spanned), name="a-1.xhtml", language="zh-CN")
    assert len(split(whole, max_bytes=LIMIT)) == 1


@pytest.mark.parametrize(
    "body", [f"<p>{'字' * 3000}</p>", f"甲{paragraphs(60)}乙", f"<pre>{'x' * 9000}</pre>"]
)
def test_what_has_no_place_to_cut_stays_whole(body: str) -> None:
    xhtml = f'<article id="a-1">{body}</article>'
    whole = document(Chapter("a-1", "article", "长", "zh-CN", xhtml), name="a-1.xhtml", language="zh-CN")
    assert len(split(whole, max_bytes=LIMIT)) == 1
    assert text((whole.root,)) == text((etree.fromstring(xhtml),))


def test_a_short_chapter_is_not_touched() -> None:
    whole = document(
        Chapter("a-1", "article", "短", "zh-CN", "<p>短</p>"), name="a-1.xhtml", language="zh-CN"
    )
    assert split(whole) == (whole,)


def test_links_into_a_split_chapter_find_its_parts() -> None:
    long = "".join(f'<p id="a-000000000001-p{number}">{"字" * 900}</p>' for number in range(200))
    book, made = with_body(
        long + '<p><a href="#a-000000000001-p0">回</a></p>',
        '<p><a href="#a-000000000001-p199">末段</a><a href="#a-000000000001">首</a></p>',
    )
    data = render_epub(book, made, css=CSS, cover=None)
    files = unpacked(data)
    names = [name for name in files if name.startswith("EPUB/a-000000000001")]
    assert len(names) == 3
    assert all(len(files[name]) <= VALIDATORS_LIMIT for name in names)
    assert b'href="a-000000000001-3.xhtml#a-000000000001-p199"' in files["EPUB/a-000000000002.xhtml"]
    assert b'href="a-000000000001.xhtml#a-000000000001"' in files["EPUB/a-000000000002.xhtml"]
    assert b'href="a-000000000001.xhtml#a-000000000001-p0"' in files[names[-1]]
    refs = [ref.get("idref") for ref in package(data).iterfind(".//{*}itemref")]
    start = refs.index("a-000000000001")
    assert refs[start : start + 4] == [
        "a-000000000001",
        "a-000000000001-2",
        "a-000000000001-3",
        "a-000000000002",
    ]
    assert b"a-000000000001.xhtml" in files["EPUB/nav.xhtml"]
    assert b"a-000000000001-2" not in files["EPUB/nav.xhtml"] + files["EPUB/toc.ncx"]


def test_no_file_of_a_book_is_larger_than_old_readers_take() -> None:
    row = f"<p>{'字' * 320}</p>"
    for count in (262, 268, 274, 280):
        book, made = with_body(row * count, "<p>短</p>")
        files = unpacked(render_epub(book, made, css=CSS, cover=None))
        sizes = [len(data) for name, data in files.items() if name.endswith(".xhtml")]
        assert max(sizes) <= VALIDATORS_LIMIT
