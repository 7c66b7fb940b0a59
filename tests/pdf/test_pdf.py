"""The PDF as a file: what is in it, what it says of itself, and that it is the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from weasyprint.urls import URLFetcher

from booklet.events import Event
from booklet.fonts import Faces, find_faces
from booklet.render.pdf.engine.assets import AssetFetcher
from booklet.render.pdf.trees.names import BASE_URL

from .reading import fonts_of, opened, text_of
from .sample import BODY, make_pdf, picture


def test_metadata_comes_from_the_booklet_and_not_from_the_clock() -> None:
    pdf = opened(make_pdf([BODY]).data)
    assert str(pdf.docinfo["/Title"]) == "每周学习"
    assert str(pdf.docinfo["/Author"]) == "办公室"
    assert str(pdf.docinfo["/Keywords"]) == "新媒体"
    assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20211022043000Z"
    assert str(pdf.Root.Lang) == "zh-CN"
    assert bytes(pdf.trailer["/ID"][0]) == b"urn:uuid:6ba7b810-9dad-51d1-80b4-00c04fd430c8"


def test_every_face_is_embedded_and_a_subset() -> None:
    result = make_pdf([f"{BODY}<p><b>粗体</b> ę ❤️ ☑</p><pre>code 代码</pre>"])
    fonts = fonts_of(opened(result.data))
    assert len(fonts) >= 3
    assert all("+" in name for name in fonts)
    assert all(fonts.values()), fonts


def test_the_page_map_gives_the_printed_numbers() -> None:
    result = make_pdf([BODY, BODY * 60, BODY])
    pdf_text = text_of(result.data).replace(" ", "").split("\f")
    assert result.page_map.pages == len(pdf_text) - 1
    folios = list(result.page_map.folios.values())
    assert folios[0] == (2, 2)
    assert folios[1][0] == 3
    assert folios[1][1] > 3
    assert folios[2] == (folios[1][1] + 1, folios[1][1] + 1)
    for (first, _), title in zip(folios, ("第1篇", "第2篇", "第3篇"), strict=True):
        (page,) = [page for page in pdf_text if title in page]
        assert page.split()[-1] == str(first)


def test_bookmarks_have_section_and_article_with_inner_heads_folded() -> None:
    heading = '<h2 id="x-1">小标题</h2>'
    with opened(make_pdf([f"{heading}{BODY}", BODY]).data).open_outline() as outline:
        contents, section = outline.root
        assert (contents.title, section.title) == ("目录", "新媒体")
        first, second = section.children
        assert (first.title, second.title) == ("第 1 篇", "第 2 篇")
        assert first.is_closed
        assert [child.title for child in first.children] == ["小标题"]
        assert not section.is_closed


def test_a_picture_is_served_from_memory() -> None:
    result = make_pdf([f'{BODY}<p><img src="images/ab12.png" alt="红"/></p>'], [picture()])
    pages = opened(result.data).pages
    assert len({name for page in pages for name in page.get_images()}) == 1
    assert result.findings == ()


def test_a_picture_that_is_not_there_is_a_finding() -> None:
    result = make_pdf([f'{BODY}<p><img src="images/none.png" alt="无"/></p>'])
    (found,) = result.findings
    assert found.code == "image-missing"
    assert dict(found.params)["url"] == f"{BASE_URL}images/none.png"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "http://127.0.0.1/x.png",
        "https://example.org/x.png",
        "ftp://example.org/x",
        "data:image/png;base64,AAAA",
        f"{BASE_URL}images/../images/ab12.png",
        f"{BASE_URL}faces/unknown.otf",
        f"{BASE_URL}",
    ],
)
def test_every_url_that_is_not_an_asset_is_refused(url: str) -> None:
    fetcher = AssetFetcher({"k": picture()}, ())
    assert isinstance(fetcher, URLFetcher)
    with pytest.raises(ValueError, match="not an asset"):
        fetcher.fetch(url)
    assert fetcher.fetch(f"{BASE_URL}images/ab12.png").read() == picture().data


def test_markup_cannot_read_files_or_data_uris() -> None:
    body = (
        '<p><img src="file:///etc/hostname" alt=""/><img src="data:image/png;base64,AAAA" alt=""/></p>'
        '<p style="background: url(http://127.0.0.1:1/x.png)">好</p>'
    )
    codes = [found.code for found in make_pdf([body]).findings]
    assert codes.count("image-missing") >= 2


def test_a_character_that_no_face_has_is_spelt_out_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    result = make_pdf([BODY, "<p>这个 \U0001fae9\ue123 字</p>"])
    assert "〔U+E123〕" in text_of(result.data)
    found = [found for found in result.findings if dict(found.params).get("character") == "U+E123"]
    assert [one.source for one in found] == ["posts/2.md"]
    assert {one.code for one in result.findings} == {"glyph-missing"}


ODDITIES = "❤️ 👨‍👩‍👧 🇨🇳 1️⃣ ☺︎ ① ☑ ❇ ę ś ｡ ｢好｣ (◕‿◕✿) ¯\\_(ツ)_/¯ 🧿 𬭚㛃镕堃 ⋯ …… —— × ° · \u2060\ufeff\u200b"


def test_emoji_sequences_marks_and_kaomoji_print_without_boxes() -> None:
    assert make_pdf([f"<p>{ODDITIES}</p>"]).findings == ()


def test_digits_come_from_the_text_face_beside_emoji() -> None:
    names = fonts_of(opened(make_pdf(["<p>2021 年 ❤️ 12 月</p>"]).data))
    emoji = [name for name in names if "Emoji" in name]
    text = text_of(make_pdf(["<p>2021 年 12 月</p>"]).data)
    assert emoji
    assert "2021" in text
    assert not [name for name in fonts_of(opened(make_pdf(["<p>2021 年</p>"]).data)) if "Emoji" in name]


def extra() -> Faces:
    """The faces as on a machine that has only the optional extra."""
    pytest.importorskip("pylopdf_fonts_zh_cn")
    from pylopdf_fonts_zh_cn import sans_path, serif_path

    return find_faces(configured={"text": str(serif_path()), "heading": str(sans_path())}, wanted={})


def test_faces_given_as_files_are_used_by_the_engine() -> None:
    faces = extra()
    assert [face.family for face in faces.loaded] == ["booklet-text", "booklet-heading"]
    result = make_pdf([BODY], faces=faces)
    assert result.findings == ()
    assert any("booklet-text" in name for name in fonts_of(opened(result.data)))


def test_progress_counts_pages() -> None:
    events: list[Event] = []
    result = make_pdf([BODY, BODY], report=events.append)
    assert {event.stage for event in events} == {"pdf"}
    assert max(event.done for event in events) == result.page_map.pages


def test_the_same_input_gives_the_same_bytes_in_another_process_and_zone() -> None:
    program = (
        "import sys; from pdf.sample import BODY, make_pdf, picture;"
        'body = BODY + \'<p>❤️ ę <img src="images/ab12.png" alt=""/></p>\';'
        "sys.stdout.buffer.write(make_pdf([body, BODY], [picture()]).data)"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            check=True,
        ).stdout
        for zone, seed in (("UTC", "1"), ("Asia/Shanghai", "2"))
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].startswith(b"%PDF-1.7")
