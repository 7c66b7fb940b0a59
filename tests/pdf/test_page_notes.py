"""On paper: notes at the foot of the page of their call, pages named in cross-references, codes that scan."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from lxml import etree

from booklet.model import Video
from booklet.render.drawn.qr import qr_svg
from booklet.render.pdf import PdfResult
from tests.theme.sample import article

from .geometry import justified_lines, recorded
from .printed import TEXT, page_texts, print_articles, print_bodies, rasters
from .reading import opened

DPI = 300
MM_PER_INCH = 25.4
LONG_URL = "https://example.org/" + "%E6%96%B0%E9%97%BB/" * 9 + "?id=20211020"


def call(name: str) -> str:
    return f'<a class="noteref" href="#{name}">{name.rpartition("-")[2]}</a>'


def notes(texts: dict[str, str]) -> str:
    inner = "".join(
        f'<aside class="footnote" id="{name}"><p>{text}</p></aside>' for name, text in texts.items()
    )
    return f'<section class="footnotes">{inner}</section>'


def pages_of(result: PdfResult, pattern: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, text in enumerate(page_texts(result.data)):
        for name in re.findall(pattern, re.sub(r"\s+", "", text)):
            found.setdefault(name, []).append(number)
    return found


@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_every_note_stands_on_the_page_of_its_call(paper: str) -> None:
    text = "".join(f"<p>{TEXT * 2}文{n:02}处{call(f'fn-{n}')}。{TEXT * (n % 3)}</p>" for n in range(1, 21))
    rows = "".join(f"<tr><td>{TEXT}文{n:02}处{call(f'fn-{n}')}</td><td>格</td></tr>" for n in range(21, 31))
    items = "".join(f"<li>{TEXT}文{n:02}处{call(f'fn-{n}')}</li>" for n in range(31, 41))
    body = f"{text}<table>{rows}</table><ul>{items}</ul>"
    body += notes({f"fn-{n}": f"注{n:02}条，" + TEXT * (1 + n % 4) for n in range(1, 41)})
    result = print_bodies(body, paper=paper)
    assert pages_of(result, r"注(\d\d)条") == pages_of(result, r"文(\d\d)处")
    assert len(pages_of(result, r"注(\d\d)条")) == 40


def test_the_call_of_a_note_can_be_clicked_and_makes_its_line_no_higher() -> None:
    with_call = f"<p>{TEXT * 4}处{call('fn-1')}。{TEXT * 4}</p>" + notes({"fn-1": "注"})
    pdf = opened(print_bodies(with_call).data)
    rectangles = [
        [float(value) for value in annotation.Rect]
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
        if "fn-1" in str(annotation.get("/Dest", ""))
    ]
    assert rectangles
    assert min(abs(top - bottom) for _, bottom, _, top in rectangles) > 4  # pt
    with recorded() as documents:
        print_bodies(with_call)
    heights = {round(line.bottom - line.top, 1) for line in justified_lines(documents[-1])}
    assert heights == {17.0}


def test_many_notes_of_one_line_and_notes_longer_than_a_page_leave_no_empty_pages() -> None:
    crowd = "".join(call(f"fn-{n}") for n in range(1, 13))
    body = f"<p>{TEXT * 12}众{crowd}。</p><p>{TEXT * 30}长{call('fn-13')}。{TEXT * 9}</p><p>{TEXT * 9}</p>"
    body += notes({f"fn-{n}": TEXT * 7 for n in range(1, 13)} | {"fn-13": TEXT * 90})
    texts = page_texts(print_bodies(body).data)
    assert all(text.count("\n") > 8 for text in texts[4:-2]), [text.count("\n") for text in texts]


def test_cross_references_name_the_page_where_the_article_begins() -> None:
    link = '<a href="#a-00000000000{}">{}</a>'
    first = f"<p>{TEXT}见{link.format(2, '第二')}与{link.format(3, '第三')}。</p><p>{TEXT * 40}</p>"
    result = print_bodies(first, f"<p>{TEXT * 60}</p>", f"<p>回到{link.format(1, '第一')}。</p>")
    starts = {name[-1]: pages[0] for name, pages in result.page_map.folios.items()}
    text = re.sub(r"\s+", "", "".join(page_texts(result.data)))
    named = {name: int(page) for name, page in re.findall(r"第([一二三])（见第(\d+)页）", text)}
    assert named == {"一": starts["1"], "二": starts["2"], "三": starts["3"]}


def test_codes_of_the_printed_page_scan_to_the_addresses_with_modules_that_a_copier_keeps() -> None:
    video = Video("腾讯视频", "片", "https://v.qq.com/x/page/abc123.html")
    result = print_articles(
        [
            article(1, "一", '<p>看。</p><div data-video="0"></div>', videos=(video,)),
            article(2, "二", f"<p>{TEXT}</p>", url=LONG_URL),
        ]
    )
    codes = [code for page in rasters(result.data, dpi=DPI) for code in zxingcpp.read_barcodes(page)]
    assert {code.text for code in codes} == {video.url, "https://example.org/a/1", LONG_URL}
    for code in codes:
        modules = int(etree.fromstring(qr_svg(code.text, least_mm=1)).get("viewBox", "").split()[2]) - 8
        width_px = code.position.top_right.x - code.position.top_left.x
        assert width_px / DPI * MM_PER_INCH / modules >= 0.39
