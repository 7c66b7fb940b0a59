"""Where listings go on overleaf, and what their blank lines become there."""

from __future__ import annotations

import pytest
import weasyprint
from lxml import etree
from weasyprint.formatting_structure import boxes

from booklet.render.pdf.engine.library.patches import in_place
from booklet.render.pdf.engine.library.table import LISTINGS
from booklet.render.pdf.engine.pages.blank_lines import drop_blank_ends
from booklet.render.pdf.trees.listing import LINE, MOST_TOGETHER, part_long_words, set_lines
from booklet.theme.pages import Room

CSS = """
@page { size: 200px 200px; margin: 20px 0 }
body, div, pre { margin: 0; font-size: 10px; line-height: 20px }
pre code, .code-line, .code-group { display: block }
.code-group { break-inside: avoid }
.code-line { min-height: 20px; border-left: 1px solid }
"""
LINES = 8
"""Of a page."""


def listing(code: str) -> etree._Element:
    root = etree.Element("div")
    etree.SubElement(etree.SubElement(root, "pre"), "code").text = code
    set_lines(root)
    return root


def groups(code: str) -> list[str]:
    """The listing, parted where a page may end."""
    parts = [
        [line for line in part.iter("span") if line.get("class") == LINE] for part in listing(code)[0][0]
    ]
    return ["\n".join("".join(map(str, line.itertext())) for line in part) for part in parts]


def filled(code: str) -> list[str]:
    """What stands between, alone or in groups, of a listing that is long enough on either side."""
    found = groups(f"x1\nx2\nx3\nx4\n\n{code}\n\ny1\ny2\ny3\ny4")
    return found[found.index("") + 1 : len(found) - found[::-1].index("") - 1]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a\nb\nc\nd\ne\nf", ["a\nb", "c", "d", "e\nf"]),
        ("a\nb\n// 注\nd\ne\nf\ng", ["a\nb", "// 注\nd", "e", "f\ng"]),
        ("a\nb\n# 注\nd\ne\nf\ng", ["a\nb", "# 注\nd", "e", "f\ng"]),
        ("a\nb\n/* 注\n * 注\n */\nd\ne\nf\ng", ["a\nb", "/* 注\n * 注\n */\nd", "e", "f\ng"]),
        ("a\nb\n@Data\n@Named('x')\nd\ne\nf\ng", ["a\nb", "@Data\n@Named('x')\nd", "e", "f\ng"]),
        ("a\nb\n[Test]\nd\ne\nf\ng", ["a\nb", "[Test]\nd", "e", "f\ng"]),
        ("a\nb\nc {\n  d\n}\ne\nf\ng", ["a\nb", "c {", "  d\n}", "e", "f\ng"]),
        ("a\nb\nc\n  d\nend\ne\nf\ng", ["a\nb", "c", "  d\nend", "e", "f\ng"]),
        ("a\nb\nc\nd\n  });\n</div>\ne\nf\ng", ["a\nb", "c", "d\n  });\n</div>", "e", "f\ng"]),
        ("a\nb // 注\nc[0]\nd\nendless\ne\nf", ["a\nb // 注", "c[0]", "d", "endless", "e\nf"]),
    ],
)
def test_no_page_parts_what_is_read_together(code: str, expected: list[str]) -> None:
    assert filled(code) == expected


def test_a_listing_begins_and_ends_with_three_lines_and_a_short_one_is_whole() -> None:
    assert groups("a\nb\nc\nd\ne\nf\ng\nh") == ["a\nb\nc", "d", "e", "f\ng\nh"]
    assert groups("a\nb\nc\n\nd\ne") == ["a\nb\nc\n\nd\ne"]
    assert groups("a") == ["a"]


def test_what_would_be_too_long_a_group_is_shared_out() -> None:
    found = filled("\n".join(["# 注"] * 9 + ["a"]))
    assert [part.count("\n") + 1 for part in found] == [5, 5]
    assert max(part.count("\n") for part in groups("}\n" * 50)) < MOST_TOGETHER


def pages(code: str, *, above: int) -> list[list[tuple[str, float]]]:
    """Page by page, the lines of a listing below so many others, each with its distance from the head."""
    markup = etree.tostring(listing(code), encoding="unicode", method="html")
    html = f'<div style="height: {above * 20}px"></div>{markup}'
    with in_place([LISTINGS]):
        document = weasyprint.HTML(string=html).render(stylesheets=[weasyprint.CSS(string=CSS)])
    drop_blank_ends(document.pages)
    return [
        [
            ("".join(box.element.itertext()), box.position_y - 20)
            for box in page._page_box.descendants()
            if isinstance(box, boxes.BlockBox) and box.element.get("class") == LINE and box.height
            if box.element_tag == "span"
        ]
        for page in document.pages
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("above", range(LINES))
def test_no_page_begins_or_ends_with_a_blank_line_of_code(above: int) -> None:
    code = "a\nb\nc\n\n\n\nd\ne\n\n\nf\n\n\n\n\ng\nh\ni"
    parts = [page for page in pages(code, above=above) if page]
    assert all(part[0][0] and part[-1][0] for part in parts)
    assert all(part[0][1] == 0 for part in parts[1:])
    assert [text for part in parts for text, _ in part if text] == [*"abcdefghi"]


def test_a_blank_line_within_a_page_has_its_height() -> None:
    (page,) = pages("a\n\nb", above=1)
    assert page == [("a", 20), ("", 40), ("b", 60)]


def parted(markup: str, *, columns: int) -> str:
    """A line of code as it may be folded where so many characters stand on the paper; `|`: a fold."""
    root = etree.fromstring(f"<div><pre><code>{markup}</code></pre></div>")
    set_lines(root)
    part_long_words(root, Room(width=(columns * 0.61 + 3) * 8, height=500, font=10, pitch=18))
    return "".join(map(str, root.itertext())).replace("\u200b", "|")


def test_a_word_of_code_longer_than_the_line_is_parted_at_its_marks_across_colours() -> None:
    coloured = 'day = when(<b>head</b>[<i>"date"</i>]).day()'
    assert parted(coloured, columns=18) == 'day = when(|head[|"date"]).|day()'
    assert parted(coloured, columns=30) == 'day = when(head["date"]).day()'


def test_a_word_without_marks_is_parted_anywhere_and_shorter_ones_stay() -> None:
    assert parted("ab <b>cdefgh</b>ijkl mn", columns=6) == "ab c|d|e|f|g|h|i|j|k|l mn"
    assert parted("getElement_by_id", columns=12) == "get|Element_|by_|id"
