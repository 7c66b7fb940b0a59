"""What an article that hangs or kills its worker costs: itself, and nothing else."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from booklet.findings import BookletError
from booklet.render.pdf import PdfResult
from booklet.render.pdf.chunks import book as long_book
from booklet.render.pdf.chunks import cutting, whole
from booklet.render.pdf.engine import book, engine
from booklet.render.pdf.engine.chunks import chunk
from booklet.render.pdf.values.jobs import Layout, UncutError, Whole
from tests.pdf.reading import opened, text_of
from tests.pdf.sample import picture

from .books import BODY, BOOK_CSS, Losing, cut_from, set_book

WORD = "example.org"
LOST = f'<h2 id="a-000000000006-h-3">小标题</h2>{BODY}<p><a href="https://{WORD}/">外面</a></p>'
NOTE = "本文的版式无法处理"
SHOWN = f'<p><img src="images/{picture().name}" alt=""/></p>'


def slot(target: str) -> str:
    return f'<p>见第 <a class="page-ref-number digits-2" href="#{target}"></a> 页</p>'


def with_lost(*others: str) -> list[str]:
    """Seven articles, the sixth of which loses its worker."""
    bodies = [*others, *[BODY] * 7][:7]
    bodies[5] = LOST
    return bodies


def found_in(result: PdfResult) -> list[tuple[str, str]]:
    return [(found.code, found.source) for found in result.findings]


def reference_in(result: PdfResult) -> int:
    (number,) = re.findall(r"见第 ?(\d+) ?页", text_of(result.data))
    return int(number)


def test_references_into_a_lost_article_lead_to_its_note(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_from(monkeypatch, 5)
    link = '<p><a href="#a-000000000006-h-3">小标题</a></p>'
    with Losing(WORD) as executor:
        result = set_book(with_lost(BODY + slot("a-000000000006-h-3") + link), executor=executor)
    assert found_in(result) == [("article-not-set", "posts/6.md")]
    assert reference_in(result) == result.page_map.folios["a-000000000006"][0]
    pdf = opened(result.data)
    assert "a-000000000006-h-3" in map(str, list(pdf.Root.Names.Dests.Names)[::2])


def test_a_reference_to_what_is_not_shown_names_the_page_of_its_article(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut_from(monkeypatch, 5)
    bodies = [BODY + slot("a-000000000004-h-1"), *[BODY] * 6]
    result = set_book(bodies, jobs=1)
    assert result.findings == ()
    assert reference_in(result) == result.page_map.folios["a-000000000004"][0]


def test_one_document_in_place_of_chunks_is_without_the_lost_article(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_from(monkeypatch, 5)
    with Losing(WORD) as executor:
        result = set_book(with_lost(BODY + slot("a-ffffffffffff")), executor=executor)
    assert found_in(result) == [("article-not-set", "posts/6.md"), ("set-as-one-document", "")]
    assert text_of(result.data).count(NOTE) == 1


@pytest.mark.parametrize("at", [0, 4])
def test_a_chunk_that_wants_one_document_does_not_hide_a_lost_article(
    at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_from(monkeypatch, 5)
    lay_out = chunk.lay_out

    def refusing(job: Layout) -> Any:
        if "整" in job.body:
            raise UncutError("of one piece")
        return lay_out(job)

    monkeypatch.setattr(chunk, "lay_out", refusing)
    bodies = with_lost()
    bodies[at] = "<p>整</p>"
    with Losing(WORD) as executor:
        result = set_book(bodies, executor=executor)
    assert found_in(result) == [("article-not-set", "posts/6.md"), ("set-as-one-document", "")]


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """In which threads documents are set, once for each."""
    seen: list[threading.Thread] = []
    _before(monkeypatch, book, "html_document", lambda *_: seen.append(threading.current_thread()))
    return seen


def _before(monkeypatch: pytest.MonkeyPatch, module: object, name: str, step: Callable[..., object]) -> None:
    function = getattr(module, name)

    def both(*arguments: Any) -> Any:
        step(*arguments)
        return function(*arguments)

    monkeypatch.setattr(module, name, both)


def _refuse(document: Any, *_: object) -> None:
    if any(WORD in str(link) for page in document.pages for link in page.links):
        raise ValueError("not this one")


def test_an_article_that_fails_behind_the_engine_is_named_and_never_set_here(
    threads: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    _before(monkeypatch, engine, "map_pages", _refuse)
    with ThreadPoolExecutor(1) as executor:
        result = set_book([BODY, LOST, BODY], executor=executor)
    assert found_in(result) == [("article-not-set", "posts/2.md")]
    assert text_of(result.data).count(NOTE) == 1
    assert threading.main_thread() not in threads


def test_what_fails_with_every_chapter_is_tried_here(
    threads: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            raise OSError("cannot load library")

    _before(monkeypatch, engine, "map_pages", refuse)
    with ThreadPoolExecutor(1) as executor:
        result = set_book([BODY] * 3, executor=executor)
    assert result.findings == ()
    assert threads[-1] is threading.main_thread()


def test_a_worker_without_memory_counts_as_lost(
    threads: list[threading.Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(_: object, sheets: list[Any]) -> None:
        if len(sheets) > 1:
            raise MemoryError

    _before(monkeypatch, book, "html_document", fill)
    with ThreadPoolExecutor(1) as executor, pytest.raises(BookletError, match="pdf-failed"):
        set_book([BODY] * 3, executor=executor)
    assert threading.main_thread() not in threads


def test_an_executor_that_an_article_breaks_leaves_it_to_our_processes(
    threads: list[threading.Thread],
) -> None:
    with Losing(WORD, error=BrokenProcessPool("killed")) as executor:
        result = set_book([BODY, LOST, BODY], executor=executor)
    assert result.findings == ()
    assert threads == []


def test_an_article_tried_alone_carries_nothing_of_the_others() -> None:
    with Losing(WORD) as executor:
        set_book([SHOWN, LOST, BODY], executor=executor)
    alone = [job for job in executor.jobs if isinstance(job, Whole) and len(job.sheets) == 1]
    assert [len(job.booklet.images) for job in alone] == [0, 0, 1, 0, 0]
    assert all(job.booklet.sections == () for job in alone)


def test_a_booklet_too_heavy_for_a_worker_is_set_here_without_what_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(whole, "MOST_BYTES", 10)
    with Losing(WORD) as executor:
        result = set_book([SHOWN, LOST, BODY], executor=executor)
    assert all(isinstance(job, Whole) and len(job.sheets) == 1 for job in executor.jobs)
    assert found_in(result) == [("article-not-set", "posts/2.md")]
    assert text_of(result.data).count(NOTE) == 1
    assert len(result.page_map.folios) == 3


def test_a_chunk_holds_few_articles_with_heavy_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    cut_from(monkeypatch, 5)
    monkeypatch.setattr(cutting, "HEAVY", 5000)
    monkeypatch.setattr(long_book, "_BYTES_PER_CHARACTER", 0.01)
    with Losing("no such word") as executor:
        set_book([SHOWN] * 6, executor=executor, css=BOOK_CSS)
    chunks = [job.chapters for job in executor.jobs if isinstance(job, Layout) and job.chapters]
    assert max(map(len, chunks)) == 2, "the section's opener and its first article"
