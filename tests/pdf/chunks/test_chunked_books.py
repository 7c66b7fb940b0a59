"""A book set in chunks is the book set as one document."""

from __future__ import annotations

import os
import re
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any
from unittest import mock

import pikepdf
import pytest
from weasyprint import document, layout

from booklet.events import Event
from booklet.render.pdf import PdfResult
from booklet.render.pdf.chunks.workers import WORKER
from tests.pdf.reading import fonts_of, opened, text_of
from tests.pdf.sample import picture

from .books import BODY, BOOK_CSS, PAGE_AND_A_BIT, Losing, cut_from, set_book, unlike

DEEP = "<div>" * 200 + "深" + "</div>" * 200


def reference(number: int) -> str:
    return f'<p>见第 <a class="page-ref-number digits-2" href="#a-{number:012x}"></a> 页</p>'


BODIES = [
    PAGE_AND_A_BIT,
    BODY + reference(9),
    PAGE_AND_A_BIT + "<h2 id='h-1'>小标题</h2>" + BODY,
    f'<p><img src="images/{picture().name}" alt=""/></p>' + BODY,
    PAGE_AND_A_BIT * 2 + reference(1),
    BODY + '<p><a href="#a-000000000002">前面</a><a href="https://example.org/">外面</a></p>',
    PAGE_AND_A_BIT,
    f'<p><img src="images/{picture().name}" alt=""/></p>' + PAGE_AND_A_BIT,
    BODY + reference(2),
    PAGE_AND_A_BIT,
    BODY,
    PAGE_AND_A_BIT,
]


@pytest.fixture(autouse=True)
def _short_books_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_from(monkeypatch, 5)


@pytest.fixture(scope="module")
def cut() -> PdfResult:
    """The book in chunks."""
    with pytest.MonkeyPatch.context() as patched:
        cut_from(patched, 5)
        return set_book(BODIES, jobs=1)


@pytest.fixture(scope="module")
def whole() -> PdfResult:
    """The book as one document."""
    return set_book(BODIES)


def test_all_pages_look_as_in_one_document(cut: PdfResult, whole: PdfResult) -> None:
    assert cut.page_map == whole.page_map
    assert cut.findings == whole.findings == ()
    assert unlike(cut.data, whole.data) == []
    assert text_of(cut.data) == text_of(whole.data)


def test_links_bookmarks_and_labels_lead_where_those_of_one_document_do(
    cut: PdfResult, whole: PdfResult
) -> None:
    ours, theirs = (_places(opened(result.data)) for result in (cut, whole))
    assert ours == theirs
    assert len(ours["links"]) >= len(BODIES) + 5


def _places(pdf: pikepdf.Pdf) -> dict[str, Any]:
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    names = pdf.Root.Names.Dests.Names
    named = {str(names[at]): numbers[names[at + 1][0].objgen] for at in range(0, len(names), 2)}
    with pdf.open_outline() as outline:
        marks = [
            (mark.title, numbers[mark.destination[0].objgen], len(mark.children))  # type: ignore[index]
            for mark in outline.root
        ]
    links = [
        (index, named[str(link.Dest)] if "/Dest" in link else str(link.A.URI), round(float(link.Rect[1])))
        for index, page in enumerate(pdf.pages)
        for link in page.get("/Annots", ())
    ]
    return {
        "links": sorted(set(links), key=str),
        "outline": marks,
        "labels": [page.label for page in pdf.pages],
        "title": str(pdf.docinfo.Title),
    }


def test_contents_and_references_name_the_page_that_is_printed(cut: PdfResult) -> None:
    pages = text_of(cut.data).split("\f")
    printed = {}
    for page in pages:
        folios = re.findall(r"^第? ?(\d+) ?页?$", page, re.MULTILINE)
        if title := re.search(r"^第\W*(\d+)\W*篇$", page, re.MULTILINE):
            printed[title[1]] = folios[-1]
    assert dict(re.findall(r"第 (\d+) 篇 ?\.+ ?(\d+)", pages[0])) == printed
    assert len(printed) == len(BODIES)
    assert re.findall(r"见第 ?(\d+) ?页", " ".join(pages)) == [printed[one] for one in ("9", "1", "2")]


def test_each_face_and_each_picture_is_there_once(cut: PdfResult) -> None:
    pdf = opened(cut.data)
    streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    assert sum(one.get("/Subtype") == "/OpenType" or "/Length1" in one for one in streams) == len(
        fonts_of(pdf)
    )
    assert sum(one.get("/Subtype") == "/Image" for one in streams) == 1


def test_the_face_and_the_pictures_of_emoji_are_there_once() -> None:
    bodies = [f"{body}<p>开心😀，庆祝🎉。</p>" for body in BODIES]
    data = set_book(bodies, jobs=1).data
    pdf, whole = opened(data), opened(set_book(bodies).data)
    assert [name for name in fonts_of(pdf) if "Emoji" in name]
    assert sorted(fonts_of(pdf)) == sorted(fonts_of(whole))
    pictures = [
        sum(isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image" for one in file.objects)
        for file in (pdf, whole)
    ]
    assert pictures[0] == pictures[1] == 5  # two emoji with their masks, and the article's picture
    files = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Length1" in one]
    assert len(files) == len([name for name in fonts_of(pdf) if "Emoji" in name])
    assert text_of(data).count("开心😀，庆祝🎉。") == len(bodies)


def test_chunks_are_laid_out_once_though_they_name_pages_that_are_not_known() -> None:
    with (
        mock.patch.object(document, "layout_document", wraps=layout.layout_document) as layouts,
        mock.patch.object(layout, "make_all_pages", wraps=layout.make_all_pages) as rounds,
    ):
        set_book([BODY + reference(number) for number in range(1, 9)], executor=ThreadPoolExecutor(1))
    assert layouts.call_count > 2
    assert rounds.call_count == layouts.call_count


def test_bytes_do_not_depend_on_processes_cache_folder_or_time_zone(
    cut: PdfResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Apia")
    monkeypatch.chdir(tmp_path)
    assert set_book(BODIES, jobs=2, kept=tmp_path / "cache").data == cut.data
    assert set_book(BODIES, jobs=2, kept=tmp_path / "cache").data == cut.data


def test_one_changed_article_has_its_own_chunk_laid_out_anew(tmp_path: Path) -> None:
    set_book(BODIES, jobs=1, kept=tmp_path)
    before = {path.name for path in tmp_path.rglob("pages/*/*")}
    changed = set_book([*BODIES[:-1], BODY + "<p>新</p>"], jobs=1, kept=tmp_path)
    assert len({path.name for path in tmp_path.rglob("pages/*/*")} - before) == 1
    assert changed.data == set_book([*BODIES[:-1], BODY + "<p>新</p>"], jobs=1).data


def test_an_article_that_grows_by_pages_leaves_the_other_chunks_as_they_are(tmp_path: Path) -> None:
    set_book(BODIES, jobs=1, kept=tmp_path)
    before = {path.name for path in tmp_path.rglob("pages/*/*")}
    longer = [BODIES[0] + PAGE_AND_A_BIT, *BODIES[1:]]
    grown = set_book(longer, jobs=1, kept=tmp_path)
    # That of the article, and the contents with their numbers.
    assert len({path.name for path in tmp_path.rglob("pages/*/*")} - before) == 2
    assert unlike(grown.data, set_book(longer).data) == []


def test_a_spoilt_cache_changes_time_only(cut: PdfResult, tmp_path: Path) -> None:
    set_book(BODIES, jobs=1, kept=tmp_path)
    for path in tmp_path.rglob("pages/*/*"):
        path.write_bytes(path.read_bytes()[:-10])
    assert set_book(BODIES, jobs=1, kept=tmp_path).data == cut.data


def test_an_article_that_breaks_the_engine_is_named_and_replaced_by_a_note() -> None:
    result = set_book([*BODIES[:3], DEEP, *BODIES[3:]], jobs=2)
    (found,) = result.findings
    assert (found.code, found.source) == ("article-not-set", "posts/4.md")
    text = text_of(result.data)
    assert text.count("本文的版式无法处理") == 1
    assert len(result.page_map.folios) == len(BODIES) + 1


def test_the_chunk_of_a_lost_worker_is_laid_out_again(cut: PdfResult) -> None:
    with Losing("example.org", times=1) as executor:
        result = set_book(BODIES, executor=executor)
    assert result.findings == ()
    assert result.data == cut.data


def test_an_article_that_always_loses_its_worker_is_named() -> None:
    with Losing("example.org") as executor:
        result = set_book(BODIES, executor=executor)
    assert [(found.code, found.source) for found in result.findings] == [("article-not-set", "posts/6.md")]


def test_an_executor_that_takes_no_more_work_is_replaced(cut: PdfResult, tmp_path: Path) -> None:
    with Losing("example.org", error=BrokenProcessPool("killed")) as executor:
        result = set_book(BODIES, executor=executor, kept=tmp_path)
    assert result.data == cut.data


def test_a_build_that_is_interrupted_ends_its_workers_and_keeps_what_was_laid_out(
    cut: PdfResult, tmp_path: Path
) -> None:
    at_work: set[str] = set()

    def interrupt(_: Event) -> None:
        at_work.update(_children())
        if any(not path.name.endswith(".part") for path in tmp_path.rglob("pages/*/*")):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        set_book(BODIES, jobs=1, kept=tmp_path, report=interrupt)
    assert at_work
    assert not _children()
    kept = {path.name for path in tmp_path.rglob("pages/*/*")}
    assert kept
    assert not list(tmp_path.rglob("*.part"))
    assert set_book(BODIES, jobs=1, kept=tmp_path).data == cut.data
    assert kept < {path.name for path in tmp_path.rglob("pages/*/*")}


def _children() -> list[str]:
    """Layout processes of this one (Linux)."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if int(parent) == os.getpid() and WORKER in command:
            found.append(command)
    return found


def test_in_a_short_booklet_too_an_article_that_loses_its_worker_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cut_from(monkeypatch, 50)
    with Losing("example.org") as executor:
        result = set_book(BODIES[4:7], executor=executor, kept=tmp_path)
    assert [(found.code, found.source) for found in result.findings] == [("article-not-set", "posts/2.md")]
    assert text_of(result.data).count("本文的版式无法处理") == 1


def test_a_short_booklet_is_the_same_from_a_worker_and_from_the_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cut_from(monkeypatch, 50)
    here = set_book(BODIES[:3])
    assert set_book(BODIES[:3], jobs=1, kept=tmp_path) == here
    assert set_book(BODIES[:3], jobs=1, kept=tmp_path) == here
    assert len(list(tmp_path.rglob("pages/*/*"))) == 1


@pytest.mark.parametrize(
    ("css", "reason"),
    [
        ("@page :left { margin-top: 30mm }", "height of left and right pages"),
        ("@page { @top-center { content: counter(page) ' / ' counter(pages) } }", "counter() in a margin"),
        ("@page { @bottom-center { content: counter(page, upper-roman) } }", "page numbers as upper-roman"),
        ("article { counter-increment: article }", "counter-increment on a chapter"),
        ("h1::after { content: target-counter('#a-000000000001', page) }", "target-counter(a-000000000001)"),
    ],
)
def test_a_theme_that_only_one_document_can_serve_gets_one(css: str, reason: str) -> None:
    bodies = [BODY] * 7
    result = set_book(bodies, jobs=1, css=BOOK_CSS + css)
    assert result.data == set_book(bodies, css=BOOK_CSS + css).data
    assert [(found.code, dict(found.params)) for found in result.findings] == [
        ("set-as-one-document", {"reason": reason})
    ]


CORNERS = ("top-left-corner", "top-right-corner", "bottom-left-corner", "bottom-right-corner")
IN_MARGINS = (
    *(f"{edge}-{place}" for edge in ("top", "bottom") for place in ("left", "center", "right")),
    *(f"{edge}-{place}" for edge in ("left", "right") for place in ("top", "middle", "bottom")),
    *CORNERS,
)


@pytest.mark.parametrize(
    "css",
    [
        "@page {" + "".join(f"@{name} {{ content: counter(page) }}" for name in IN_MARGINS) + "}",
        """
        @page :nth(1 of opener) { counter-reset: none } /* goes on after the front matter's numbers */
        @page :right { @bottom-right { content: counter(page) } }
        @page :blank { @bottom-left { content: none } @bottom-right { content: none } }
        """,
    ],
    ids=["all around", "no number on empty pages"],
)
def test_what_stands_in_the_margins_is_there_in_a_book_of_chunks_too(css: str) -> None:
    bodies = [BODY, PAGE_AND_A_BIT] * 3
    cut, whole = (set_book(bodies, jobs=jobs, css=BOOK_CSS + css) for jobs in (1, 0))
    assert cut.findings == ()
    assert text_of(cut.data) == text_of(whole.data)
    assert _places(opened(cut.data)) == _places(opened(whole.data))


def test_any_executor_will_do(cut: PdfResult) -> None:
    executor: Executor
    with ThreadPoolExecutor(3) as executor:
        assert set_book(BODIES, executor=executor).data == cut.data
